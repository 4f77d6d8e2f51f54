#pragma once

#include "cli/command.hpp"

namespace cli {

// `helm c8upgrade RELEASE CHART …` and `helm c8upgrade upgrade RELEASE CHART …`: the main job. It
// becomes Helm when all is well.
int run_upgrade(const Words&);
std::string upgrade_help();

}  // namespace cli
