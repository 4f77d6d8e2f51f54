#include "yaml/strict.hpp"

#include "yaml/spans.hpp"

namespace yaml {

void require_plain_bytes(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') {
      throw ParseError("control character", i);
    }
    if (byte == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')) {
      throw ParseError("a carriage return without a line feed", i);
    }
  }
}

void require_known_directive(std::string_view text, std::size_t p) {
  const std::string_view line = text.substr(p, text.find('\n', p) - p);
  if (line.starts_with("%YAML") && line.find("1.1") == std::string_view::npos) {
    throw ParseError("Helm reads YAML 1.1 only", p);
  }
}

// Helm ends the name at any other character, yaml-cpp takes it into the name.
void require_anchor_name(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::string_view k_allowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  if (text.substr(begin, end - begin).find_first_not_of(k_allowed) != std::string_view::npos) {
    throw ParseError("only letters, digits, '-' and '_' can be in an anchor's name", begin);
  }
}

// Line breaks in YAML 1.1, as Helm reads it, and ordinary characters for yaml-cpp.
void require_no_line_separator(std::string_view value, std::size_t p) {
  for (const std::string_view separator : {"\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"}) {
    if (value.find(separator) != std::string_view::npos) {
      throw ParseError("an unquoted line separator character (U+0085, U+2028 or U+2029)", p);
    }
  }
}
// yaml-cpp writes the escapes \N and \_ as the bytes 85 and A0. No other lone byte can be in a
// value, since the text is UTF-8.
std::string mend_escapes(std::string value) {
  std::string mended;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const auto byte = static_cast<unsigned char>(value[i]);
    if (byte >= 0xC0) {  // a whole character
      const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
      mended.append(value, i, length);
      i += length - 1;
    } else {
      if (byte == 0x85 || byte == 0xA0) {
        mended += '\xC2';
      }
      mended += value[i];
    }
  }
  return mended;
}

}  // namespace yaml
