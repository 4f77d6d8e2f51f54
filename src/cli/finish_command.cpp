#include "cli/finish_command.hpp"

#include "cli/console.hpp"
#include "cli/help.hpp"
#include "cli/streams.hpp"
#include "cli/words.hpp"
#include "upgrade/finish.hpp"

namespace cli {

int run_finish(const Words& words) {
  const auto line = parse_or_help(helm::Verb::upgrade, words);
  if (!line) {
    write_stdout(finish_help());
    return 0;
  }
  Console console(line->own);
  return upgrade::finish(*line, console);
}

std::string finish_help() {
  return HelpPage()
      .paragraph(
          "Ends the migration when it is complete: the same release with importer and migration\n"
          "Jobs off, by the words of the upgrade. It refuses as long as a migration Job is not\n"
          "complete. Values files that still switch the migration on are named; what is left of\n"
          "8.7 is listed with the command that removes it, and nothing with data is deleted.")
      .example("after the migration, with the words of the upgrade",
               "helm c8upgrade finish camunda camunda/camunda-platform --version 13.12.7 -f "
               "values.yaml")
      .example("what it would delete and restart",
               "helm c8upgrade finish camunda camunda/camunda-platform -f values.yaml --dry-run")
      .example("although a Job is gone or has failed, and you know why",
               "helm c8upgrade finish camunda camunda/camunda-platform -f values.yaml --accept "
               "finish-too-early")
      .usage({"helm c8upgrade finish RELEASE CHART [flags]"})
      .flag_group("Flags", {flags::k_accept, flags::k_report, flags::k_quiet, flags::k_color})
      .paragraph("Every flag of the upgrade and of helm upgrade may be given.")
      .exit_codes("helm upgrade")
      .text();
}

}  // namespace cli
