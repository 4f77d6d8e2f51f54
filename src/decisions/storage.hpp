// Secondary storage, exporters and retention.
#pragma once

namespace rules {
class Translation;
}

namespace decisions {

void decide_storage(rules::Translation&);

}  // namespace decisions
