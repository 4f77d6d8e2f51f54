// A text for yaml-cpp with its comments cut short. yaml-cpp reads a byte at a time, and two thirds
// of a values file may be comments, which tell it nothing.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace yaml {

// Lines that look like comments and stand together become one "#" in the place of the first. What
// only looks like a comment is for the reader to notice: text inside of a scalar must not be cut.
class Thinned {
 public:
  explicit Thinned(std::string_view text);

  // As given when there is nothing to cut.
  std::string_view text() const { return m_gaps.empty() ? m_original : m_text; }
  bool is_cut() const { return !m_gaps.empty(); }
  // An offset in text() as one in the original.
  std::size_t original(std::size_t offset) const;
  // Some of the original's bytes in [begin, end) were cut.
  bool cuts(std::size_t begin, std::size_t end) const;

 private:
  struct Gap {
    std::size_t begin;  // in the original
    std::size_t end;
    std::size_t at;  // in the thinned text
  };

  std::string_view m_original;
  std::string m_text;
  std::vector<Gap> m_gaps;
};

}  // namespace yaml
