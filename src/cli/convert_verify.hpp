// convert --verify: the real Helm reads what was written.
#pragma once

#include "convert/convert.hpp"

#include <vector>

namespace cli {

// Throws base::InternalError, with the first setting that differs, when Helm reads something else
// than the plan has; base::Failure when Helm cannot be asked.
void verify(const std::vector<convert::Reading>& readings);

}  // namespace cli
