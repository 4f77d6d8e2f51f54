// What is often asked of a tree that others wrote (manifests, answers of the API server), where any
// part may be missing.
#pragma once

#include "values/value.hpp"

#include <string>
#include <vector>

namespace values {

// The scalar there as plain text; "" when there is none.
std::string plain_at(const Value& root, const Path&);
// The items of the list there; none when there is no list.
const std::vector<Value>& items_at(const Value& root, const Path&);

}  // namespace values
