#include "yaml/comments.hpp"

#include "yaml/cursor.hpp"

#include <algorithm>

namespace yaml {
namespace {

// The spans of texts in which '#' is no comment, in the order of the file.
std::vector<Span> texts_of(const Tree& tree) {
  std::vector<Span> spans;
  for (const Node& node : tree.nodes) {
    const bool holds_text = node.kind == Kind::scalar || node.kind == Kind::alias;
    if (holds_text && node.span.size() > 0) {
      // The header line of a block scalar may end in a comment; its text begins behind it.
      const bool block = node.style == Style::literal || node.style == Style::folded;
      const std::size_t line_end = tree.text.find('\n', node.content);
      const std::size_t begin = block ? std::min(line_end, node.span.end) : node.span.begin;
      spans.push_back({begin, node.span.end});
    }
  }
  std::sort(spans.begin(), spans.end(),
            [](const Span& a, const Span& b) { return a.begin < b.begin; });
  return spans;
}

}  // namespace

std::vector<std::size_t> find_comments(const Fragment& fragment) {
  std::vector<std::size_t> found(fragment.lines.size(), k_npos);
  const std::vector<Span> texts = texts_of(fragment.tree);
  const std::string& text = fragment.text;
  const std::size_t start = Cursor(text).start();
  auto next = texts.begin();
  for (std::size_t line = 0; line < found.size(); ++line) {
    const std::size_t end = fragment.line_end(line);
    for (std::size_t at = fragment.tree.lines[line]; at < end; ++at) {
      while (next != texts.end() && next->end <= at) {
        ++next;
      }
      if (next != texts.end() && next->begin <= at) {
        at = std::min(next->end, end) - 1;
        continue;
      }
      const bool begins = at == start || at == fragment.tree.lines[line] || is_blank(text[at - 1]);
      if (text[at] == '#' && begins) {
        found[line] = at;
        break;
      }
    }
  }
  return found;
}

}  // namespace yaml
