#include "cli/version_command.hpp"

#include "base/failure.hpp"
#include "cli/help.hpp"
#include "cli/streams.hpp"

namespace cli {

std::string_view version() {
  return C8UPGRADE_VERSION;
}

int run_version(const Words& words) {
  if (!words.empty()) {
    throw base::Failure("version takes no argument, got '" + words[0] + "'");
  }
  write_stdout(std::string(version()) + "\n");
  return 0;
}

std::string version_help() {
  return HelpPage()
      .paragraph("Prints the version of c8upgrade.")
      .usage({"helm c8upgrade version", "helm c8upgrade --version"})
      .exit_codes("")
      .text();
}

}  // namespace cli
