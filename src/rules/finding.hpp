// Findings whose words stand in the catalogue ("finding:" rules); what a check knows is laid into
// the gaps ("{secret}").
#pragma once

#include "text/diagnostic.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rules {

using Gaps = std::vector<std::pair<std::string_view, std::string>>;

// Throws base::InternalError when the catalogue has no such rule, or when a gap stays open.
text::Diagnostic finding(std::string_view rule, std::vector<std::string> subjects,
                         const Gaps& gaps = {});

}  // namespace rules
