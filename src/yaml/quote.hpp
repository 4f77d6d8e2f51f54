// Text as it stands in YAML within one line.
#pragma once

#include <string>
#include <string_view>

namespace yaml {

// Plain where every reader takes it for this text, else between quotes: double ones, or single ones
// for text with quotes and backslashes in it. Bytes that are no UTF-8 become U+FFFD.
std::string inline_text(std::string_view text);

// Between double quotes, with escapes that YAML and JSON read alike. Bytes that are no UTF-8 become
// U+FFFD.
std::string double_quoted(std::string_view text);

// True when no character needs an escape, except those in `also`.
bool is_printable(std::string_view text, std::string_view also);

}  // namespace yaml
