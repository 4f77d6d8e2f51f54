#include "yaml/quote.hpp"

#include "base/utf8.hpp"
#include "yaml/scalar.hpp"

#include <fmt/format.h>

namespace yaml {
namespace {

bool is_line_break_or_control(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x2028 || code == 0x2029 ||
         code == 0xFEFF || code == 0xFFFE || code == 0xFFFF;
}

std::string single_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    out += c;
    if (c == '\'') {
      out += c;
    }
  }
  return out += '\'';
}

}  // namespace

std::string double_quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const base::Character character = base::character_at(text, at);
    switch (character.code) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        if (is_line_break_or_control(character.code)) {
          out += fmt::format("\\u{:04x}", character.code);
        } else {
          base::append_utf8(out, character.code);
        }
    }
    at += character.length;
  }
  return out += '"';
}

bool is_printable(std::string_view text, std::string_view also) {
  for (std::size_t at = 0; at < text.size();) {
    const base::Character character = base::character_at(text, at);
    const bool allowed = character.code < 0x80 &&
                         also.find(static_cast<char>(character.code)) != std::string_view::npos;
    if (!character.valid || (is_line_break_or_control(character.code) && !allowed)) {
      return false;
    }
    at += character.length;
  }
  return true;
}

std::string inline_text(std::string_view text) {
  if (is_safe_plain(text)) {
    return std::string(text);
  }
  // Text with quotes or backslashes (JSON, Windows paths) reads better between single quotes.
  const bool has_escapes = text.find_first_of("\"\\") != std::string_view::npos;
  return has_escapes && is_printable(text, "") ? single_quoted(text) : double_quoted(text);
}

}  // namespace yaml
