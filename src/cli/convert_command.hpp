// `c8upgrade convert FILE…`: the files that a team keeps, translated in place.
#pragma once

#include "cli/command.hpp"

#include <string>

namespace cli {

int run_convert(const Words&);
std::string convert_help();

}  // namespace cli
