#include "decisions/migration.hpp"

#include "rules/translation.hpp"

namespace decisions {

void decide_migration(rules::Translation&) {}

}  // namespace decisions
