// Where comments stand in YAML text, also those behind a value and inside a flow collection.
#pragma once

#include "yaml/layout.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace yaml {

// For each line of the fragment the offset of its '#', or k_npos when it has no comment.
std::vector<std::size_t> find_comments(const Fragment& fragment);

}  // namespace yaml
