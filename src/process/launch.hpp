// The only door to other programs. Nothing else in the tree includes Boost.Process.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace process {

struct Command {
  std::string program;                   // looked up in PATH unless it has a '/'
  std::vector<std::string> args;         // never passed through a shell
  std::string input;                     // fed to stdin; stdin is /dev/null when empty
  std::chrono::milliseconds timeout{0};  // 0: none
  std::vector<std::string> environment;  // "NAME=value" added to ours; "NAME" alone removes it
};

struct Outcome {
  int exit_code = 0;  // 128 + n when a signal ended it, 127 not found, 126 not executable
  bool timed_out = false;
  std::string out;
  std::string err;
};

// Both streams are read at once, so neither pipe can fill up and block the child. INT and TERM that
// reach us while it runs end the child too and are raised again after it has gone.
Outcome capture(const Command&);

// Runs all of them side by side; outcomes in the order of the commands.
std::vector<Outcome> capture_all(const std::vector<Command>&);

// The child shares our terminal and streams; we wait and hand on TERM and HUP.
int attend(const Command&);

// Become the program: same pid, so every signal and the exit code reach it directly.
[[noreturn]] void replace(const Command&);

}  // namespace process
