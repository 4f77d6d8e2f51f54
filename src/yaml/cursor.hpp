// Where things end in YAML text: trivia, quoted scalars, plain scalars, block scalars.
#pragma once

#include <cstddef>
#include <string_view>

namespace yaml {

inline bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
inline bool is_break(char c) {
  return c == '\n' || c == '\r';
}
inline bool is_flow_indicator(char c) {
  return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}

class Cursor {
 public:
  explicit Cursor(std::string_view text);

  std::string_view text() const { return m_text; }
  std::size_t size() const { return m_text.size(); }
  std::size_t start() const { return m_start; }  // behind the byte order mark
  char at(std::size_t p) const { return p < m_text.size() ? m_text[p] : '\0'; }
  bool at_column_0(std::size_t p) const;
  // "---" or "..." that is not the beginning of a longer word.
  bool is_marker(std::size_t p, std::string_view marker) const;
  bool ends_word(std::size_t p) const { return p >= size() || is_blank(at(p)) || is_break(at(p)); }
  std::size_t line_end(std::size_t p) const;  // of the "\n", or the end of the text
  // Behind white space, line breaks and comments.
  std::size_t skip_trivia(std::size_t p) const;
  // Behind a word of properties: an anchor, an alias or a tag.
  std::size_t property_end(std::size_t p, bool in_flow) const;

  // One past the last byte of the scalar that starts at `p`. They throw SpanMismatch.
  std::size_t double_quoted_end(std::size_t p) const;
  std::size_t single_quoted_end(std::size_t p) const;
  // The decoded value guides the scan: only line folding can differ from the text.
  std::size_t plain_end(std::size_t p, std::string_view value) const;
  // Of the last line with content, without its line break; with "+" of the last blank line.
  // `parent` is the column of the collection around it, -1 at the root.
  std::size_t block_scalar_end(std::size_t p, long parent) const;

 private:
  std::string_view m_text;
  std::size_t m_start;
};

}  // namespace yaml
