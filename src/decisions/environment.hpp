// The environment variables of brokers, gateway, Operate and Tasklist become those of one
// container, variable by variable.
#pragma once

namespace rules {
class Translation;
}

namespace decisions {

void decide_environment(rules::Translation&);

}  // namespace decisions
