// `helm c8upgrade finish RELEASE CHART …`: ends the migration when it is complete.
#pragma once

#include "cli/command.hpp"

namespace cli {

int run_finish(const Words&);
std::string finish_help();

}  // namespace cli
