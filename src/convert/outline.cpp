#include "convert/outline.hpp"

#include <utility>

namespace convert {

using values::Path;
using values::Value;

Outline::Outline(const Value& root) {
  add(root, k_none, {});
}

void Outline::add(const Value& value, std::size_t parent, values::Step step) {
  const std::size_t id = m_nodes.size();
  m_nodes.push_back({&value, parent, 0, std::move(step)});
  m_ids.emplace(&value, id);
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    add(value.items()[i], id, {{}, i});
  }
  for (const auto& [key, child] : value.entries()) {
    add(child, id, {key, values::Step::k_no_index});
  }
  m_nodes[id].end = m_nodes.size();
}

std::vector<std::size_t> Outline::children(std::size_t id) const {
  std::vector<std::size_t> found;
  for (std::size_t child = id + 1; child < m_nodes[id].end; child = m_nodes[child].end) {
    found.push_back(child);
  }
  return found;
}

Path Outline::path(std::size_t id) const {
  if (m_nodes[id].parent == k_none) {
    return {};
  }
  const Path above = path(m_nodes[id].parent);
  const values::Step& step = m_nodes[id].step;
  return step.is_index() ? above.at(step.index) : above.key(step.key);
}

std::size_t Outline::find(const Path& path) const {
  const Value* found = values::find(*m_nodes.front().value, path);
  return found == nullptr ? k_none : m_ids.at(found);
}

std::size_t Outline::find_nearest(const Path& path) const {
  for (std::size_t length = path.size(); length > 0; --length) {
    if (const std::size_t found = find(path.first(length)); found != k_none) {
      return found;
    }
  }
  return 0;
}

}  // namespace convert
