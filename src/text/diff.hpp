// A unified diff that `patch` applies.
#pragma once

#include <string>
#include <string_view>

namespace text {

// Empty when the texts are equal. Three lines of context in front and up to four behind; a missing
// final line break is told as diff does.
std::string unified_diff(std::string_view old_text, std::string_view new_text,
                         std::string_view old_name, std::string_view new_name, bool colour = false);

}  // namespace text
