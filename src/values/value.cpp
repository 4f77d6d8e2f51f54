#include "values/value.hpp"

#include "base/failure.hpp"
#include "values/number.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace values {
namespace {

// Above this size maps are compared through an index instead of one search per entry.
constexpr std::size_t k_small_map = 16;

bool equal_maps(const std::vector<Value::Entry>& a, const std::vector<Value::Entry>& b) {
  if (a.size() != b.size()) {
    return false;
  }
  if (a.size() <= k_small_map) {
    return std::all_of(a.begin(), a.end(), [&](const Value::Entry& left) {
      return std::any_of(b.begin(), b.end(), [&](const Value::Entry& right) {
        return left.first == right.first && left.second == right.second;
      });
    });
  }
  std::map<std::string_view, const Value*> index;
  for (const auto& [key, value] : b) {
    index.emplace(key, &value);
  }
  return std::all_of(a.begin(), a.end(), [&](const Value::Entry& left) {
    const auto found = index.find(left.first);
    return found != index.end() && left.second == *found->second;
  });
}

Value* step_into(Value& node, const Step& step) {
  if (!step.is_index()) {
    return node.find(step.key);
  }
  if (!node.is_list() || step.index >= node.items().size()) {
    return nullptr;
  }
  return &node.items()[step.index];
}

bool is_empty(const Value& value) {
  return value.items().empty() && value.entries().empty();
}

// Makes `node` what the next step needs. Only what holds nothing of its own gives way: a filled
// list where a map is needed is an error of the values, and replacing it would lose them.
void make_room(Value& node, const Step& step, const Path& path) {
  const Kind needed = step.is_index() ? Kind::list : Kind::map;
  if (node.kind() == needed) {
    return;
  }
  if (!is_empty(node)) {
    throw base::Failure(
        fmt::format("a {} stands in the way of {}", node.is_map() ? "map" : "list", path.text()),
        "Change the values so that every part of this path has the right type.");
  }
  const Origin origin = node.origin;
  node = step.is_index() ? Value::list() : Value::map();
  node.origin = origin;
}

void visit_leaves(const Path& path, const Value& value,
                  const std::function<void(const Path&, const Value&)>& visit) {
  if (value.is_leaf()) {
    visit(path, value);
    return;
  }
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    visit_leaves(path.at(i), value.items()[i], visit);
  }
  for (const auto& [key, child] : value.entries()) {
    visit_leaves(path.key(key), child, visit);
  }
}

bool erase_from(Value& node, const Path& path, std::size_t depth) {
  const Step& step = path.steps()[depth];
  Value* child = step_into(node, step);
  if (child == nullptr) {
    return false;
  }
  if (depth + 1 < path.size()) {
    if (!erase_from(*child, path, depth + 1)) {
      return false;
    }
    if (!child->is_map() || !child->entries().empty()) {
      return true;
    }
  }
  if (step.is_index()) {
    node.items().erase(node.items().begin() + static_cast<std::ptrdiff_t>(step.index));
  } else {
    node.erase(step.key);
  }
  return true;
}

}  // namespace

Value Value::boolean(bool boolean) {
  Value value;
  value.m_kind = Kind::boolean;
  value.m_boolean = boolean;
  return value;
}

Value Value::integer(std::int64_t integer) {
  Value value;
  value.m_kind = Kind::integer;
  value.m_integer = integer;
  return value;
}

Value Value::number(double number) {
  Value value;
  value.m_kind = Kind::number;
  value.m_number = number;
  return value;
}

Value Value::text(std::string text) {
  Value value;
  value.m_kind = Kind::text;
  value.m_text = std::move(text);
  return value;
}

Value Value::list(std::vector<Value> items) {
  Value value;
  value.m_kind = Kind::list;
  value.m_items = std::move(items);
  return value;
}

Value Value::map(std::vector<Entry> entries) {
  Value value;
  value.m_kind = Kind::map;
  value.m_entries = std::move(entries);
  return value;
}

bool Value::is_leaf() const {
  return m_items.empty() && m_entries.empty();
}

double Value::as_number() const {
  return m_kind == Kind::integer ? static_cast<double>(m_integer) : m_number;
}

bool Value::truthy() const {
  switch (m_kind) {
    case Kind::null:
      return false;
    case Kind::boolean:
      return m_boolean;
    case Kind::integer:
      return m_integer != 0;
    case Kind::number:
      return m_number != 0;
    case Kind::text:
      return !m_text.empty();
    case Kind::list:
      return !m_items.empty();
    case Kind::map:
      return !m_entries.empty();
  }
  return false;
}

std::string Value::plain() const {
  switch (m_kind) {
    case Kind::boolean:
      return m_boolean ? "true" : "false";
    case Kind::integer:
      return std::to_string(m_integer);
    case Kind::number:
      return template_number(m_number);
    case Kind::text:
      return m_text;
    default:
      return {};
  }
}

const Value* Value::find(std::string_view key) const {
  for (const Entry& entry : m_entries) {
    if (entry.first == key) {
      return &entry.second;
    }
  }
  return nullptr;
}

Value* Value::find(std::string_view key) {
  return const_cast<Value*>(static_cast<const Value*>(this)->find(key));
}

Value& Value::operator[](std::string_view key) {
  if (m_kind != Kind::map) {
    const Origin kept = origin;
    *this = map();
    origin = kept;
  }
  if (Value* found = find(key)) {
    return *found;
  }
  return m_entries.emplace_back(std::string(key), Value()).second;
}

bool Value::erase(std::string_view key) {
  return std::erase_if(m_entries, [&](const Entry& entry) { return entry.first == key; }) != 0;
}

bool operator==(const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) {
    const bool integers = a.m_kind == Kind::integer && b.m_kind == Kind::integer;
    return integers ? a.m_integer == b.m_integer : a.as_number() == b.as_number();
  }
  if (a.m_kind != b.m_kind) {
    return false;
  }
  switch (a.m_kind) {
    case Kind::boolean:
      return a.m_boolean == b.m_boolean;
    case Kind::text:
      return a.m_text == b.m_text;
    case Kind::list:
      return a.m_items == b.m_items;
    case Kind::map:
      return equal_maps(a.m_entries, b.m_entries);
    default:
      return true;
  }
}

const Value* find(const Value& root, const Path& path) {
  return find(const_cast<Value&>(root), path);
}

Value* find(Value& root, const Path& path) {
  Value* node = &root;
  for (const Step& step : path.steps()) {
    node = step_into(*node, step);
    if (node == nullptr) {
      return nullptr;
    }
  }
  return node;
}

Value& reach(Value& root, const Path& path) {
  Value* node = &root;
  for (const Step& step : path.steps()) {
    make_room(*node, step, path);
    if (step.is_index()) {
      if (step.index >= node->items().size()) {
        node->items().resize(step.index + 1);
      }
      node = &node->items()[step.index];
    } else {
      node = &(*node)[step.key];
    }
  }
  return *node;
}

bool erase(Value& root, const Path& path) {
  return !path.empty() && erase_from(root, path, 0);
}

void for_each_leaf(const Value& root, const std::function<void(const Path&, const Value&)>& visit) {
  visit_leaves(Path(), root, visit);
}

void set_origin(Value& root, Origin origin) {
  if (root.origin == Origin()) {
    root.origin = origin;
  }
  for (Value& item : root.items()) {
    set_origin(item, origin);
  }
  for (auto& [key, child] : root.entries()) {
    set_origin(child, origin);
  }
}

}  // namespace values
