#include "decisions/environment.hpp"

#include "rules/translation.hpp"

namespace decisions {

void decide_environment(rules::Translation&) {}

}  // namespace decisions
