// Which source every value came from. Helm merges without saying, so the sources are laid over each
// other here by the same rule, with their places, and compared with what Helm made of them.
#pragma once

#include "values/value.hpp"

#include <vector>

namespace helm {

// A layer of values: a file's tree with its places, or the paths that a --set writes.
struct Layer {
  int source = 0;
  bool is_tree = true;
  values::Value tree;               // is_tree: every node with its origin
  std::vector<values::Path> paths;  // else
};

// Gives every node of `merged` its origin from the layers (in the order of merging). False when the
// layers cannot have been what Helm merged; the origins are then as good as they can be.
bool give_origins(values::Value& merged, const std::vector<Layer>& layers);

// Gives `tree` the lines and columns of `places`, where both have the same path.
void give_places(values::Value& tree, const values::Value& places, int source);

}  // namespace helm
