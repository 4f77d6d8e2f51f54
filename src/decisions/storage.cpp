#include "decisions/storage.hpp"

#include "rules/translation.hpp"

namespace decisions {

void decide_storage(rules::Translation&) {}

}  // namespace decisions
