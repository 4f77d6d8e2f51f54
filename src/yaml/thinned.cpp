#include "yaml/thinned.hpp"

#include <algorithm>
#include <iterator>

namespace yaml {
namespace {

std::size_t end_of_line(std::string_view text, std::size_t at) {
  const std::size_t end = text.find('\n', at);
  return end == std::string_view::npos ? text.size() : end;
}

// Offset of the first byte of the line that is not blank; that of its end when there is none.
std::size_t first_byte(std::string_view text, std::size_t line, std::size_t end) {
  const std::size_t found = text.find_first_not_of(" \t\r", line);
  return std::min(found, end);
}

// Cheap and wrong at times, which costs a second reading and nothing else.
bool seems_to_open_block_scalar(std::string_view text, std::size_t line, std::size_t end) {
  const std::size_t last = text.find_last_not_of(" \t\r+-", end == 0 ? 0 : end - 1);
  return last != std::string_view::npos && last >= line && (text[last] == '|' || text[last] == '>');
}

}  // namespace

Thinned::Thinned(std::string_view text) : m_original(text) {
  constexpr std::size_t k_none = std::string_view::npos;
  std::size_t scalar = k_none;  // column of the line that opened a block scalar
  std::size_t copied = 0;
  for (std::size_t line = 0; line < text.size();) {
    const std::size_t end = end_of_line(text, line);
    const std::size_t first = first_byte(text, line, end);
    if (scalar != k_none && first != end && first - line <= scalar) {
      scalar = k_none;
    }
    if (scalar != k_none || first == end || text[first] != '#') {
      if (scalar == k_none && first != end && seems_to_open_block_scalar(text, line, end)) {
        scalar = first - line;
      }
      line = end + 1;
      continue;
    }
    std::size_t last = end;
    for (std::size_t next = last + 1; next < text.size(); next = last + 1) {
      const std::size_t next_end = end_of_line(text, next);
      const std::size_t next_first = first_byte(text, next, next_end);
      if (next_first == next_end || text[next_first] != '#') {
        break;
      }
      last = next_end;
    }
    if (last > first + 1) {
      m_text.append(text, copied, first + 1 - copied);
      m_gaps.push_back({first + 1, last, m_text.size()});
      copied = last;
    }
    line = last + 1;
  }
  if (is_cut()) {
    m_text.append(text, copied);
  }
}

std::size_t Thinned::original(std::size_t offset) const {
  const auto next = std::upper_bound(m_gaps.begin(), m_gaps.end(), offset,
                                     [](std::size_t at, const Gap& gap) { return at < gap.at; });
  return next == m_gaps.begin() ? offset : offset - std::prev(next)->at + std::prev(next)->end;
}

bool Thinned::cuts(std::size_t begin, std::size_t end) const {
  const auto next = std::upper_bound(m_gaps.begin(), m_gaps.end(), begin,
                                     [](std::size_t at, const Gap& gap) { return at < gap.end; });
  return next != m_gaps.end() && next->begin < end;
}

}  // namespace yaml
