// Values of a chart that has the translated one as a dependency: its values stand in a block under
// the dependency's name or alias, and `global` at the root reaches it from above (Helm, "Subcharts
// and Global Values": the root's `global` wins over the block's own).
#pragma once

#include "rules/engine.hpp"

#include <string>

namespace rules {

// Translates the block `under` of `user` and leaves everything beside it as it is. What stood in
// the root's `global` and is global in the new chart too stays there, the rest goes under the
// block. Paths in fates, pins, findings and the result are those of the whole file. An empty
// `under` translates the whole tree; when that holds nothing of the chart but one block does, the
// finding "umbrella-block" says so.
Plan translate_under(const Catalogue&, std::span<const Decision> decisions, const Request&,
                     const std::string& under, values::Value user);

}  // namespace rules
