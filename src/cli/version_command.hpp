#pragma once

#include "cli/command.hpp"

namespace cli {

// `helm c8upgrade version`: the bare number, for scripts.
int run_version(const Words&);
std::string version_help();

// "0.1.0"
std::string_view version();

}  // namespace cli
