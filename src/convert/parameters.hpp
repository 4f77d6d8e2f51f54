// The parameters of an Argo CD Application: values that Argo CD hands to Helm one by one with
// --set, or --set-string for `forceString`. They win over all other values.
#pragma once

#include "rules/plan.hpp"
#include "values/value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convert {

struct Parameters {
  values::Value values;              // as Helm reads them, each with the place of its `value`
  std::vector<std::string> refused;  // names of those that are no values by themselves
};

// Refused are items of lists, which only together with other values are a list, names that Helm
// does not read, and an earlier one of the same name.
Parameters read_parameters(const values::Value& list);

struct WrittenParameters {
  values::Value list;
  std::vector<values::Path>
      refused;  // what a parameter cannot hold: maps, fractions, lists of maps
};

// The list of parameters that Helm reads as `wanted`. One that only moved keeps its value as it is
// written; what was refused stays. `fates` say what went where, `layer` which of their sources the
// list is.
WrittenParameters write_parameters(const values::Value& list, const values::Value& wanted,
                                   const std::vector<rules::Fate>& fates, int layer);

}  // namespace convert
