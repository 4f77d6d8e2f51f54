// One report of one run; JSON and text are views of it. DESIGN.md "The report" fixes the names.
#pragma once

#include "rules/plan.hpp"
#include "text/diagnostic.hpp"

#include <string>
#include <vector>

namespace report {

struct Report {
  std::string tool_version;
  std::string from_chart;  // "12.13.3", or "12.x" when it is not known
  std::string from_app;    // "8.7"; of "8.7.x" or "8.7.37" the first two numbers are shown
  std::string to_chart;
  std::string to_app;
  std::vector<std::string> source_names;  // by values::Origin::source
  rules::Plan plan;
  text::Sink findings;  // of the plan and of the checks, in the order of the run
};

// The JSON document of DESIGN.md, indented by two, with a final newline. Values of pins whose path
// names a secret are redacted.
std::string to_json(const Report&);

// "48 settings kept, 31 moved, 4 merged, 2 dropped; 9 defaults of 8.7 pinned; data migration on, …"
std::string summary(const Report&);

}  // namespace report
