// Findings of the main job's checks. Their words stand in catalogue/8.7-to-8.8/checks.yaml; what a
// check knows is laid into the gaps ("{secret}").
#pragma once

#include "rules/finding.hpp"
#include "text/diagnostic.hpp"

namespace upgrade {

using rules::finding;
using rules::Gaps;

bool holds_errors(const text::Sink&);

// Adds what `more` holds at the end.
void append(text::Sink& findings, text::Sink more);

}  // namespace upgrade
