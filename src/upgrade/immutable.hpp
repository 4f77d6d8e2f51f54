// Fields that Kubernetes never lets anybody change on an object that exists.
#pragma once

#include "text/diagnostic.hpp"
#include "upgrade/objects.hpp"

#include <set>
#include <string>

namespace upgrade {

// Objects of the new manifest against the live ones of the same kind and name (the release's
// manifest stands in where nothing is known of the cluster). Titles of the objects that were told
// go into `told`: the API server says the same about them.
text::Sink check_immutable(const Objects& before, const Objects& live, const Objects& after,
                           std::set<std::string>& told);

}  // namespace upgrade
