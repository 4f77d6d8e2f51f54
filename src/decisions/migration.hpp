// The migration blocks.
#pragma once

namespace rules {
class Translation;
}

namespace decisions {

void decide_migration(rules::Translation&);

}  // namespace decisions
