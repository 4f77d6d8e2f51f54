#include "cli/words.hpp"

#include "base/failure.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>

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

void take_flags(CLI::App& parser, Words& words, std::string_view command) {
  parser.allow_extras();
  parser.set_help_flag();
  try {
    Words reversed(words.rbegin(), words.rend());
    parser.parse(reversed);
  } catch (const CLI::ParseError& error) {
    throw base::Failure(error.what(), fmt::format("See helm c8upgrade {} --help.", command));
  }
  words = parser.remaining();
}

}  // namespace cli
