#pragma once

#include "cli/command.hpp"

namespace cli {

// `helm c8upgrade template RELEASE CHART …`: becomes `helm template` with the translated values.
int run_template(const Words&);
std::string template_help();

}  // namespace cli
