// Where yaml-cpp takes more than Helm's reader does, or reads it in another way.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace yaml {

// These throw ParseError.

// Control characters, which yaml-cpp's scanner partly takes for the end of the text, and carriage
// returns without a line feed, about which versions differ.
void require_plain_bytes(std::string_view text);
// The directive in the line at `p` is none that Helm refuses.
void require_known_directive(std::string_view text, std::size_t p);
// The anchor's name at [begin, end) ends there for Helm too.
void require_anchor_name(std::string_view text, std::size_t begin, std::size_t end);
// A plain value holds no character that is a line break in YAML 1.1; `p` is its place.
void require_no_line_separator(std::string_view value, std::size_t p);

// yaml-cpp's value of a double-quoted text, with the escapes \N and \_ as what they mean.
std::string mend_escapes(std::string value);

}  // namespace yaml
