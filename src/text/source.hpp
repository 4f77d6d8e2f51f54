// A text and the name under which its owner knows it, so that no message lacks its file. Lines and
// columns count from 1; a column counts characters, not bytes.
#pragma once

#include "text/diagnostic.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace text {

class Source {
 public:
  struct Position {
    int line = 0;
    int column = 0;

    friend bool operator==(const Position&, const Position&) = default;
  };

  Source(std::string name, std::string bytes);

  const std::string& name() const { return m_name; }
  const std::string& bytes() const { return m_bytes; }

  int line_count() const { return static_cast<int>(m_line_starts.size()); }
  // Without its line end; empty for a line that does not exist.
  std::string_view line(int number) const;
  // Of the byte at `offset`; an offset behind the end gives the place behind the last character.
  Position position(std::size_t offset) const;
  // The byte of a line and column; the line's end when the column is behind it.
  std::size_t offset(Position) const;
  Location location(std::size_t offset) const;

 private:
  std::string m_name;
  std::string m_bytes;
  std::vector<std::size_t> m_line_starts;
};

// Throws base::Failure, with the place, for what no values file can hold: bytes that are no UTF-8
// (UTF-16 is recognised and named) and control characters.
void require_text(const Source&);

}  // namespace text
