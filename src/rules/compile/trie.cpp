#include "rules/compile/trie.hpp"

#include "values/path.hpp"

#include <deque>
#include <fmt/format.h>

namespace rules::compile {

std::vector<Alternative> expand_alternatives(const std::string& pattern) {
  const std::size_t open = pattern.find('{');
  if (open == std::string::npos) {
    const bool items = pattern.size() > 2 && pattern.ends_with("[]");
    return {{items ? pattern.substr(0, pattern.size() - 2) : pattern, ""}};
  }
  const std::size_t close = pattern.find('}', open);
  std::vector<Alternative> out;
  std::size_t begin = open + 1;
  while (begin <= close) {
    const std::size_t end = std::min(pattern.find(',', begin), close);
    const std::string one = pattern.substr(begin, end - begin);
    for (auto& whole :
         expand_alternatives(pattern.substr(0, open) + one + pattern.substr(close + 1))) {
      if (whole.chosen.empty()) {
        whole.chosen = one;
      }
      out.push_back(std::move(whole));
    }
    begin = end + 1;
  }
  return out;
}

void Trie::add(const std::string& match, int rule) {
  Node* node = &m_root;
  const values::Path path(match);
  for (const auto& step : path.steps()) {
    node = &node->children[step.key];
  }
  node->rule = rule;
}

std::string Trie::rows() const {
  std::string out;
  std::deque<std::pair<std::string, const Node*>> queue{{"", &m_root}};
  std::size_t next = 1;  // index of the first row not yet given away
  while (!queue.empty()) {
    const auto [key, node] = queue.front();
    queue.pop_front();
    std::string literal;
    for (const char c : key) {
      literal += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    }
    out += fmt::format("    {{\"{}\", {}, {}, {}}},\n", literal, node->rule, next,
                       node->children.size());
    next += node->children.size();
    for (const auto& [name, child] : node->children) {
      queue.emplace_back(name, &child);
    }
  }
  return out;
}

}  // namespace rules::compile
