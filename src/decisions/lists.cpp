#include "decisions/lists.hpp"

#include "rules/translation.hpp"

namespace decisions {

void decide_lists(rules::Translation&) {}

}  // namespace decisions
