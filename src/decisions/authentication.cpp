#include "decisions/authentication.hpp"

#include "rules/translation.hpp"

namespace decisions {

void decide_authentication(rules::Translation&) {}

}  // namespace decisions
