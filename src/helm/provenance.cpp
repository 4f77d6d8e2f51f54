#include "helm/provenance.hpp"

#include <algorithm>

namespace helm {
namespace {

using values::Origin;
using values::Path;
using values::Value;

void overwrite_origin(Value& root, Origin origin) {
  root.origin = origin;
  for (Value& item : root.items()) {
    overwrite_origin(item, origin);
  }
  for (auto& [key, value] : root.entries()) {
    overwrite_origin(value, origin);
  }
}

// As Helm merges files: maps into each other, everything else replaces.
void lay_over(Value& below, const Value& above) {
  if (!below.is_map() || !above.is_map()) {
    below = above;
    return;
  }
  below.origin = above.origin;
  for (const auto& [key, value] : above.entries()) {
    Value* known = below.find(key);
    if (known == nullptr) {
      below[key] = value;
    } else {
      lay_over(*known, value);
    }
  }
}

bool agree(const Value& merged, const Value& expected) {
  if (merged.kind() != expected.kind()) {
    return merged.is_number() && merged == expected;
  }
  return merged.is_map() || merged.is_list() || merged == expected;
}

// Copies origins from a tree of about the same shape. Paths that --set touched may differ: what it
// writes is not known here.
class Comparison {
 public:
  explicit Comparison(const std::vector<Path>& touched) : m_touched(touched) {}

  bool run(Value& merged, const Value& expected) {
    compare(merged, expected, {});
    return m_agree;
  }

 private:
  void compare(Value& merged, const Value& expected, const Path& path) {
    merged.origin = expected.origin;
    if (!agree(merged, expected)) {
      differ(path);
      overwrite_origin(merged, expected.origin);
      return;
    }
    if (merged.is_map()) {
      for (auto& [key, value] : merged.entries()) {
        const Value* other = expected.find(key);
        if (other == nullptr) {
          differ(path.key(key));
          overwrite_origin(value, expected.origin);
        } else {
          compare(value, *other, path.key(key));
        }
      }
      for (const auto& [key, value] : expected.entries()) {
        if (merged.find(key) == nullptr) {
          differ(path.key(key));
        }
      }
    } else if (merged.is_list()) {
      for (std::size_t i = 0; i < merged.items().size(); ++i) {
        if (i < expected.items().size()) {
          compare(merged.items()[i], expected.items()[i], path.at(i));
        } else {
          differ(path.at(i));
          overwrite_origin(merged.items()[i], expected.origin);
        }
      }
      if (merged.items().size() < expected.items().size()) {
        differ(path);
      }
    }
  }

  void differ(const Path& path) {
    m_agree = m_agree && std::any_of(m_touched.begin(), m_touched.end(), [&](const Path& touched) {
                return touched.starts_with(path) || path.starts_with(touched);
              });
  }

  const std::vector<Path>& m_touched;
  bool m_agree = true;
};

}  // namespace

bool give_origins(Value& merged, const std::vector<Layer>& layers) {
  Value expected = Value::map();
  expected.origin = {0, 0, 0};
  std::vector<Path> touched;
  for (const Layer& layer : layers) {
    if (layer.is_tree && layer.tree.is_map()) {
      lay_over(expected, layer.tree);
    } else if (!layer.is_tree) {
      touched.insert(touched.end(), layer.paths.begin(), layer.paths.end());
    }
  }
  const bool agreed = Comparison(touched).run(merged, expected);
  // A path that is not there any more was replaced by a later flag.
  for (const Layer& layer : layers) {
    for (const Path& path : layer.paths) {
      if (Value* target = values::find(merged, path)) {
        overwrite_origin(*target, {layer.source, 0, 0});
      }
    }
  }
  return agreed;
}

void give_places(Value& tree, const Value& places, int source) {
  tree.origin = {source, places.origin.line, places.origin.column};
  for (auto& [key, value] : tree.entries()) {
    const Value* place = places.find(key);
    give_places(value, place == nullptr ? Value() : *place, source);
  }
  for (std::size_t i = 0; i < tree.items().size(); ++i) {
    give_places(tree.items()[i], i < places.items().size() ? places.items()[i] : Value(), source);
  }
}

}  // namespace helm
