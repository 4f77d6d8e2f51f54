#include "decisions/templates.hpp"

#include "rules/translation.hpp"

namespace decisions {

void decide_templates(rules::Translation&) {}

}  // namespace decisions
