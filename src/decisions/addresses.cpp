#include "decisions/addresses.hpp"

#include "rules/translation.hpp"

namespace decisions {

void decide_addresses(rules::Translation&) {}

}  // namespace decisions
