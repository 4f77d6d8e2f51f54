// `helm c8upgrade validate RELEASE`: whether the release is what it should be after the upgrade.
#pragma once

#include "cli/command.hpp"

namespace cli {

// 0: nothing is wrong; 1: something is, or it could not look.
int run_validate(const Words&);
std::string validate_help();

}  // namespace cli
