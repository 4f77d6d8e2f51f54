#include "decisions/secret_forms.hpp"

#include "rules/translation.hpp"

namespace decisions {

void decide_secret_forms(rules::Translation&) {}

}  // namespace decisions
