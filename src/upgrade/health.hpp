// Whether what is to be upgraded is well: an upgrade repairs nothing, and hides what was wrong
// before.
#pragma once

#include "text/diagnostic.hpp"
#include "upgrade/objects.hpp"

namespace upgrade {

// `live`: StatefulSets and Deployments of the cluster, whole; other objects are passed over.
text::Sink check_health(const Objects& live);

}  // namespace upgrade
