// `helm c8upgrade plan RELEASE CHART …`: what the main job would do, without doing it.
#pragma once

#include "cli/command.hpp"

namespace cli {

// 0: nothing to do; 2: something to do; throws base::Failure with exit code 3 when an error stops
// it. With --images 0 in both cases.
int run_plan(const Words&);
std::string plan_help();

}  // namespace cli
