// The words of a command that takes the flags of a Helm command.
#pragma once

#include "cli/command.hpp"
#include "helm/command_line.hpp"

#include <optional>

namespace cli {

// Nothing when the words ask for help, also when they are wrong otherwise. Throws base::Failure for
// wrong words.
std::optional<helm::CommandLine> parse_or_help(helm::Verb verb, const Words& words);

}  // namespace cli
