#include "cli/template_command.hpp"

#include "cli/console.hpp"
#include "cli/help.hpp"
#include "cli/offline.hpp"
#include "cli/streams.hpp"
#include "cli/words.hpp"
#include "helm/client.hpp"
#include "helm/sources.hpp"
#include "process/launch.hpp"
#include "upgrade/release.hpp"

namespace cli {
namespace {

// Sets what the target says: its version, and the block of its values if it is an umbrella chart.
void look_at_target(const helm::CommandLine& line, rules::Request& request) {
  helm::ChartFacts target = helm::show_chart(line.positionals.back(), line.chart_words);
  request.under = upgrade::enter_umbrella(target, line.own.under);
  upgrade::require_target(target);
  request.to = target.version;
}

}  // namespace

int run_template(const Words& words) {
  const auto line = parse_or_help(helm::Verb::template_, words);
  if (!line) {
    write_stdout(template_help());
    return 0;
  }
  Console console(line->own);
  rules::Request request = offline_request(*line);
  if (line->positionals.size() < 2) {
    request.release = "release-name";  // as Helm calls it then
  }
  look_at_target(*line, request);
  const helm::Handed handed =
      helm::hand_values(translate_offline(*line, std::move(request), console));

  process::Command command;
  command.program = helm::binary();
  command.args = {"template"};
  for (const auto* more : {&line->positionals, &line->passed, &handed.words}) {
    command.args.insert(command.args.end(), more->begin(), more->end());
  }
  process::replace(command);
}

std::string template_help() {
  return HelpPage()
      .paragraph(
          "Renders the chart of 8.8 with the values of 8.7, translated: helm template, for pipes,\n"
          "helmfile and plugins of Argo CD. It needs no cluster.")
      .example("the manifests of 8.8",
               "helm c8upgrade template camunda camunda/camunda-platform --version 13.12.7 -f "
               "values.yaml")
      .example("what would change in the cluster",
               "helm c8upgrade template camunda camunda/camunda-platform -f values.yaml | kubectl "
               "diff -f -")
      .usage({"helm c8upgrade template RELEASE CHART [flags]"})
      .flag_group(
          "Translation and migration",
          {flags::k_mode, flags::k_under, flags::k_context_path, flags::k_migration,
           flags::k_identity_migration, flags::k_identity_migration_client_id,
           flags::k_identity_migration_secret, flags::k_identity_migration_claim, flags::k_accept})
      .flag_group("Output", {flags::k_report, flags::k_quiet, flags::k_color})
      .paragraph(
          "Every flag of helm template passes through unchanged: helm template --help lists "
          "them.")
      .exit_codes("helm template")
      .text();
}

}  // namespace cli
