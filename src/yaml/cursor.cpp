#include "yaml/cursor.hpp"

#include "yaml/spans.hpp"

#include <algorithm>

namespace yaml {
namespace {

constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";

struct BlockHeader {
  long indent = 0;  // explicit indentation, or 0
  bool keep = false;
  std::size_t end = 0;
};

}  // namespace

Cursor::Cursor(std::string_view text)
    : m_text(text), m_start(text.starts_with(k_byte_order_mark) ? k_byte_order_mark.size() : 0) {}

bool Cursor::at_column_0(std::size_t p) const {
  return p == m_start || (p > 0 && at(p - 1) == '\n');
}

bool Cursor::is_marker(std::size_t p, std::string_view marker) const {
  return m_text.substr(p, 3) == marker && ends_word(p + 3);
}

std::size_t Cursor::line_end(std::size_t p) const {
  return std::min(m_text.find('\n', p), size());
}

std::size_t Cursor::skip_trivia(std::size_t p) const {
  for (;;) {
    while (p < size() && (is_blank(at(p)) || is_break(at(p)))) {
      ++p;
    }
    const bool comment = at(p) == '#' && (p == m_start || ends_word(p - 1));
    if (!comment) {
      return p;
    }
    p = line_end(p);
  }
}

std::size_t Cursor::property_end(std::size_t p, bool in_flow) const {
  if (m_text.substr(p, 2) == "!<") {
    return std::min(m_text.find('>', p), size() - 1) + 1;
  }
  while (!ends_word(p) && !(in_flow && is_flow_indicator(at(p)))) {
    ++p;
  }
  return p;
}

std::size_t Cursor::double_quoted_end(std::size_t p) const {
  for (++p; p < size(); ++p) {
    if (at(p) == '\\') {
      ++p;
      if (at(p) == '/') {
        throw ParseError("unknown escape \\/", p - 1);  // YAML 1.2, which Helm does not read
      }
    } else if (at(p) == '"') {
      return p + 1;
    }
  }
  throw SpanMismatch("unterminated double-quoted text", p);
}

std::size_t Cursor::single_quoted_end(std::size_t p) const {
  for (++p; p < size(); ++p) {
    if (at(p) != '\'') {
      continue;
    }
    if (at(p + 1) != '\'') {
      return p + 1;
    }
    ++p;
  }
  throw SpanMismatch("unterminated single-quoted text", p);
}

std::size_t Cursor::plain_end(std::size_t p, std::string_view value) const {
  std::size_t i = 0;
  while (i < value.size()) {
    std::size_t fold = p;
    while (is_blank(at(fold))) {
      ++fold;
    }
    if (is_break(at(fold))) {
      if (value[i] != ' ' && value[i] != '\n') {
        throw SpanMismatch("plain text folds differently", p);
      }
      i = value[i] == ' ' ? i + 1 : std::min(value.find_first_not_of('\n', i), value.size());
      while (fold < size() && (is_blank(at(fold)) || is_break(at(fold)))) {
        ++fold;
      }
      p = fold;
      continue;
    }
    if (p >= size() || at(p) != value[i]) {
      throw SpanMismatch("plain text differs from its value", p);
    }
    ++p;
    ++i;
  }
  return p;
}

std::size_t Cursor::block_scalar_end(std::size_t p, long parent) const {
  BlockHeader header;
  for (++p; !ends_word(p); ++p) {
    if (at(p) >= '1' && at(p) <= '9') {
      header.indent = at(p) - '0';
    }
    header.keep = header.keep || at(p) == '+';
  }
  header.end = line_end(p);
  const auto without_return = [&](std::size_t begin, std::size_t end) {
    return end > begin && at(end - 1) == '\r' ? end - 1 : end;
  };
  long indent = header.indent > 0 ? std::max(parent, 0L) + header.indent : -1;
  std::size_t end = without_return(p, header.end);
  std::size_t kept = end;
  for (std::size_t line = header.end + 1; line < size();) {
    std::size_t content = line;
    while (at(content) == ' ') {
      ++content;
    }
    const long spaces = static_cast<long>(content - line);
    const std::size_t stop = line_end(content);
    const std::size_t text_end = without_return(line, stop);
    if (content < text_end) {
      if (indent < 0 && spaces > parent) {
        indent = spaces;
      }
      const bool marker = spaces == 0 && (is_marker(line, "---") || is_marker(line, "..."));
      if (indent < 0 || spaces < indent || marker) {
        break;
      }
      end = kept = text_end;
    } else if (indent >= 0 && spaces > indent) {
      end = kept = text_end;  // blanks beyond the indentation are content
    } else {
      kept = text_end;
    }
    line = stop + 1;
  }
  return header.keep ? kept : end;
}

}  // namespace yaml
