#include "cli/upgrade_command.hpp"

#include "cli/console.hpp"
#include "cli/help.hpp"
#include "cli/streams.hpp"
#include "cli/watch_command.hpp"
#include "cli/words.hpp"
#include "text/colour.hpp"
#include "upgrade/run.hpp"

#include <unistd.h>

namespace cli {

int run_upgrade(const Words& words) {
  const auto line = parse_or_help(helm::Verb::upgrade, words);
  if (!line) {
    write_stdout(upgrade_help());
    return 0;
  }
  {
    Console console(line->own);
    if (const int code = upgrade::run(*line, console); code != 0) {
      return code;
    }
  }
  // Only --watch returns here.
  const bool colour = text::wants_colour(text::parse_colour_choice(line->own.color.value_or("auto"))
                                             .value_or(text::ColourChoice::automatic),
                                         STDOUT_FILENO);
  return watch_release({.release = line->positionals.at(0)}, watch_format(), colour);
}

std::string upgrade_help() {
  return HelpPage()
      .paragraph(
          "Upgrades a Camunda 8.7 release (chart camunda-platform 12.x) to 8.8 (chart 13.x): the\n"
          "words of helm upgrade, with c8upgrade in the place of upgrade. The 8.7 values are\n"
          "translated, the migration is switched on, and what would go wrong stops the run before\n"
          "anything has changed. Then Helm does the upgrade.")
      .example("the upgrade, with the values file you have",
               "helm c8upgrade camunda camunda/camunda-platform --version 13.12.7 -f values.yaml")
      .example("what it would do, before it",
               "helm c8upgrade plan camunda camunda/camunda-platform --version 13.12.7 -f "
               "values.yaml")
      .example("with the values that the release has now",
               "helm c8upgrade camunda camunda/camunda-platform --version 13.12.7")
      .example("go on in spite of an error that you have looked at, by its id",
               "helm c8upgrade camunda camunda/camunda-platform -f values.yaml --accept RULE")
      .example("only the translated values; needs no cluster",
               "helm c8upgrade values -f values.yaml > values-8.8.yaml")
      .usage({"helm c8upgrade RELEASE CHART [flags]",
              "helm c8upgrade upgrade RELEASE CHART [flags]    for a release called like a command",
              "helm c8upgrade COMMAND [flags]"})
      .command_list()
      .flag_group("Translation and migration",
                  {flags::k_mode, flags::k_under, flags::k_context_path, flags::k_migration,
                   flags::k_identity_migration, flags::k_identity_migration_client_id,
                   flags::k_identity_migration_secret, flags::k_identity_migration_claim})
      .flag_group("Checks",
                  {flags::k_accept,
                   {"--secrets keep|copy|leave",
                    "Secrets that Helm would delete and 8.8 needs: keep them (default),\n"
                    "copy them to names of their own, or leave them and stop"},
                   {"--no-server-check", "do not ask the API server for its verdict first"}})
      .flag_group("Afterwards", {{"--watch", "follow rollout and migration to their end"}})
      .flag_group("Output", {flags::k_report, flags::k_quiet, flags::k_color})
      .paragraph(
          "Every flag of helm upgrade passes through unchanged: helm upgrade --help lists them.\n"
          "Without values, or with --reuse-values, those of the last deployed revision are taken.")
      .exit_codes("helm upgrade")
      .text();
}

}  // namespace cli
