// A tree of values as a flat list in pre-order, so that nodes of two trees can be paired by number.
#pragma once

#include "values/path.hpp"
#include "values/value.hpp"

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace convert {

inline constexpr std::size_t k_none = static_cast<std::size_t>(-1);

class Outline {
 public:
  struct Node {
    const values::Value* value = nullptr;
    std::size_t parent = k_none;
    std::size_t end = 0;  // one past the last node below it
    values::Step step;    // empty key at the root
  };

  // The tree must outlive the outline and stay as it is.
  explicit Outline(const values::Value& root);

  std::size_t size() const { return m_nodes.size(); }
  const Node& operator[](std::size_t id) const { return m_nodes[id]; }
  bool is_leaf(std::size_t id) const { return m_nodes[id].end == id + 1; }
  bool is_within(std::size_t id, std::size_t ancestor) const {
    return id >= ancestor && id < m_nodes[ancestor].end;
  }
  std::vector<std::size_t> children(std::size_t id) const;
  values::Path path(std::size_t id) const;
  // The node at the path, or k_none.
  std::size_t find(const values::Path& path) const;
  // The node at the path or the nearest one above it.
  std::size_t find_nearest(const values::Path& path) const;

 private:
  void add(const values::Value& value, std::size_t parent, values::Step step);

  std::vector<Node> m_nodes;
  std::unordered_map<const values::Value*, std::size_t> m_ids;
};

}  // namespace convert
