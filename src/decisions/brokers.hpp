// Names, sizes, resources and scheduling of the brokers' pods.
#pragma once

namespace rules {
class Translation;
}

namespace decisions {

void decide_brokers(rules::Translation&);

}  // namespace decisions
