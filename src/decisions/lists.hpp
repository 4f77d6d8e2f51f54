// Volumes, mounts, containers and other lists and maps of four components become one.
#pragma once

namespace rules {
class Translation;
}

namespace decisions {

void decide_lists(rules::Translation&);

}  // namespace decisions
