// What the brokers' pods were given by the user of 8.7 and no longer have at all: blocks of values
// that the chart of 8.8 does not read, or that its compatibility layer swallowed.
#pragma once

#include "text/diagnostic.hpp"
#include "upgrade/objects.hpp"

namespace postrender {

// `before`: the manifest of the release, which runs 8.7; `after`: the new manifests. A block counts
// as lost when nothing of it has arrived: whoever wrote values of 8.8 by hand may have taken single
// entries out, or renamed them.
text::Sink check_carried(const upgrade::Objects& before, const upgrade::Objects& after);

}  // namespace postrender
