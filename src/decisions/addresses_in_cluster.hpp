// Addresses inside the cluster that values mention.
#pragma once

namespace rules {
class Translation;
}

namespace decisions {

// URLs of Services that 8.8 does not have, and of the REST API when its context path changed, are
// rewritten wherever a value names them, and told. To be called when all values are in place.
void rewrite_in_cluster_addresses(rules::Translation&);

}  // namespace decisions
