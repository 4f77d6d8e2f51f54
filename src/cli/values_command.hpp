#pragma once

#include "cli/command.hpp"

namespace cli {

// `helm c8upgrade values …`: the translated, merged values as YAML on stdout; nothing there when an
// error stops it. Needs Helm to read the values, but no cluster.
int run_values(const Words&);
std::string values_help();

}  // namespace cli
