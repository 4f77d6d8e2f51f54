// Small changes inside a value whose lines are not addressed one by one: a compact list item
// ("- name: x"), a flow collection, a scalar.
#pragma once

#include "values/value.hpp"
#include "yaml/layout.hpp"

namespace convert {

// Makes the node, which holds `before`, hold `after` by replacing scalars in place, each in its own
// quotes. False, and nothing is changed, when that is not enough.
bool patch(yaml::Fragment& source, yaml::NodeId node, const values::Value& before,
           const values::Value& after);

}  // namespace convert
