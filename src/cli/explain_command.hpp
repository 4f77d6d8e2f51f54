#pragma once

#include "cli/command.hpp"

namespace cli {

// `helm c8upgrade explain [KEY | RULE | VARIABLE]`: where it goes, why, and how that is known.
int run_explain(const Words&);
std::string explain_help();

}  // namespace cli
