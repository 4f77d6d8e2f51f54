// `helm c8upgrade secrets RELEASE`: what the chart has made and Helm may delete; saves it.
#pragma once

#include "cli/command.hpp"

namespace cli {

int run_secrets(const Words&);
std::string secrets_help();

}  // namespace cli
