#include "cli/pager.hpp"

#include "cli/streams.hpp"
#include "process/launch.hpp"
#include "process/memfd.hpp"

#include <cstdlib>
#include <string_view>
#include <unistd.h>

namespace cli {
namespace {

constexpr int k_not_found = 127;
constexpr int k_not_executable = 126;

std::string pager() {
  const char* chosen = std::getenv("PAGER");
  if (chosen != nullptr) {
    return chosen == std::string_view("cat") ? "" : chosen;
  }
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal == nullptr || terminal == std::string_view("dumb");
  return dumb ? "" : "less";
}

}  // namespace

void show_long(const std::string& text) {
  const std::string program = ::isatty(STDOUT_FILENO) == 1 ? pager() : "";
  if (program.empty()) {
    write_stdout(text);
    return;
  }
  process::Command command;
  command.program = "/bin/sh";
  // PAGER may have words of its own. The text stands in memory: it may be longer than a pipe.
  command.args = {"-c", program + " \"$1\"", "pager",
                  process::descriptor_path(process::make_memfd("plan", text))};
  if (std::getenv("LESS") == nullptr) {
    // Colours as they are, no pager for what fits on the screen, and it stays there afterwards.
    command.environment = {"LESS=FRX"};
  }
  const int code = process::attend(command);
  if (code == k_not_found || code == k_not_executable) {
    write_stdout(text);
  }
}

}  // namespace cli
