#include "cli/words.hpp"

#include "base/failure.hpp"

#include <algorithm>

namespace cli {

std::optional<helm::CommandLine> parse_or_help(helm::Verb verb, const Words& words) {
  try {
    helm::CommandLine line = helm::parse_command_line(verb, words);
    if (line.own.help) {
      return std::nullopt;
    }
    return line;
  } catch (const base::Failure&) {
    // Who mistyped a flag and adds --help wants the help.
    const auto end = std::find(words.begin(), words.end(), "--");
    if (std::find(words.begin(), end, "--help") != end) {
      return std::nullopt;
    }
    throw;
  }
}

}  // namespace cli
