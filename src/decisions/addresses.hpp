// Where people and programs reach Camunda: context paths, Ingresses, Services.
#pragma once

namespace rules {
class Translation;
}

namespace decisions {

void decide_addresses(rules::Translation&);

}  // namespace decisions
