// Base64 as Go's StdEncoding and Kubernetes Secrets have it: padded.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace base {

// Line breaks are ignored; nothing for text that is no base64.
std::optional<std::string> decode_base64(std::string_view text);
std::string encode_base64(std::string_view bytes);

}  // namespace base
