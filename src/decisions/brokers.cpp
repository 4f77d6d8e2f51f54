#include "decisions/brokers.hpp"

#include "rules/translation.hpp"

namespace decisions {

void decide_brokers(rules::Translation&) {}

}  // namespace decisions
