// What a translation adds to the brokers' environment for the migration's sake only, and what has
// to go with it: the importer reads the environment of the brokers.
#pragma once

#include "rules/plan.hpp"
#include "values/path.hpp"

namespace decisions {

// Takes out of a plan that translated nothing: variables of a standalone gateway beside the
// broker's own, exporters of records per region beside Camunda's own (Optimize reads records, then
// they stay), and the Jobs' trust store. `under` is the path of Camunda's block, empty for all. The
// fates follow.
void take_leavings(rules::Plan& plan, const values::Path& under);

}  // namespace decisions
