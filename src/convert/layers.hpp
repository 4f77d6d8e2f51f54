// Values in several files, which Helm merges in order: as many files again, each with what its own
// words came to.
#pragma once

#include "rules/plan.hpp"
#include "values/value.hpp"

#include <functional>
#include <vector>

namespace convert {

// As Helm merges values files: maps deep, everything else is replaced by the later file. Every node
// keeps its origin.
values::Value merged(const std::vector<values::Value>& layers);

// What each of `layers` files has to hold so that merged() of them is the plan's result. A setting
// stands in the last file that had a word in it, a list in the last that touched it, and what we
// add in file `home`. `prefixes[i]` is the plan for the first i + 1 files alone (the last of them
// is `plan`): it knows what a word came to that a later file overrules. Throws base::InternalError
// when the files cannot add up to the result.
std::vector<values::Value> distribute(const std::vector<rules::Plan>& prefixes, std::size_t home);

// The fates of all words, those that a later file overrules included.
std::vector<rules::Fate> all_fates(const std::vector<rules::Plan>& prefixes);

// Visits what Helm replaces as one: scalars, lists and empty maps. `path` is that of the value.
void for_each_unit(const values::Value&, const values::Path& path,
                   const std::function<void(const values::Path&, const values::Value&)>& visit);

}  // namespace convert
