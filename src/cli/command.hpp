// The commands by name. A new one is a file of its own here and a line in commands().
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

using Words = std::vector<std::string>;

struct Command {
  std::string_view name;
  std::string_view purpose;  // half a sentence for the list of commands
  int (*run)(const Words&);  // the words after the command's name; returns the exit code
  std::string (*help)();     // what --help prints
};

// In the order of the list of commands.
std::span<const Command> commands();

// The command of that name, or nullptr.
const Command* find_command(std::string_view name);

// Finds the command that the words name and runs it; without a command's name it is the main job.
// Throws what the command throws, and base::Failure for a name that is kept for a command of a
// later version: a release may be called so, but the meaning of the words must not change then.
int dispatch(const Words&);

}  // namespace cli
