// The words of a command that takes the flags of a Helm command.
#pragma once

#include "cli/command.hpp"
#include "helm/command_line.hpp"

#include <optional>
#include <string_view>

namespace CLI {
class App;
}

namespace cli {

// Nothing when the words ask for help, also when they are wrong otherwise. Throws base::Failure for
// wrong words.
std::optional<helm::CommandLine> parse_or_help(helm::Verb verb, const Words& words);

// Takes the flags that `parser` knows out of the words; the rest stays, in the same order. Throws
// base::Failure for wrong values; `command` is the one whose help is named then.
void take_flags(CLI::App& parser, Words& words, std::string_view command);

}  // namespace cli
