// Unicode characters in UTF-8 text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace base {

struct Character {
  std::uint32_t code = 0;  // 0xFFFD when the bytes are no UTF-8
  std::size_t length = 0;  // in bytes; 1 when they are no UTF-8, 0 at the end
  bool valid = true;
};

// The character at byte `at`. Overlong forms, surrogates and what is above U+10FFFF are no UTF-8.
Character character_at(std::string_view text, std::size_t at);

// The offset of the first byte that is no UTF-8, or npos.
std::size_t find_invalid_utf8(std::string_view text);

std::size_t count_characters(std::string_view text);

void append_utf8(std::string& text, std::uint32_t code);

// How many columns of a terminal the text takes: 0 for combining marks, 2 for wide East Asian
// characters and emoji, 1 for everything else.
std::size_t display_width(std::string_view text);

}  // namespace base
