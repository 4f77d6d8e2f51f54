// Template strings inside values that point at keys which moved.
#pragma once

namespace rules {
class Translation;
}

namespace decisions {

void decide_templates(rules::Translation&);

}  // namespace decisions
