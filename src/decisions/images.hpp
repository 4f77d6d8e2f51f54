// Registries, repositories and tags.
#pragma once

namespace rules {
class Translation;
}

namespace decisions {

void decide_images(rules::Translation&);

}  // namespace decisions
