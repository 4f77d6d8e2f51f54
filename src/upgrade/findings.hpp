// Findings of the main job's checks. Their words stand in catalogue/8.7-to-8.8/checks.yaml; what a
// check knows is laid into the gaps ("{secret}").
#pragma once

#include "text/diagnostic.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace upgrade {

using Gaps = std::vector<std::pair<std::string_view, std::string>>;

// Throws base::InternalError when the catalogue has no such rule, or when a gap stays open.
text::Diagnostic finding(std::string_view rule, std::vector<std::string> subjects,
                         const Gaps& gaps = {});

bool holds_errors(const text::Sink&);

// Adds what `more` holds at the end.
void append(text::Sink& findings, text::Sink more);

}  // namespace upgrade
