#include "values/lookup.hpp"

namespace values {

std::string plain_at(const Value& root, const Path& path) {
  const Value* found = find(root, path);
  return found == nullptr ? std::string() : found->plain();
}

const std::vector<Value>& items_at(const Value& root, const Path& path) {
  static const std::vector<Value> k_none;
  const Value* found = find(root, path);
  return found == nullptr ? k_none : found->items();
}

}  // namespace values
