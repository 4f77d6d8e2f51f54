#include "cli/values_command.hpp"

#include "base/failure.hpp"
#include "cli/console.hpp"
#include "cli/help.hpp"
#include "cli/offline.hpp"
#include "cli/streams.hpp"
#include "cli/words.hpp"
#include "values/yaml_writer.hpp"

#include <CLI/CLI.hpp>
#include <optional>

namespace cli {
namespace {

// What this command has besides Helm's words for values: what the main job knows from the cluster.
struct Circumstances {
  std::string from = rules::Request().from.text();
  std::string to = rules::Request().to.text();
  std::optional<std::string> release;
};

// Takes its own flags out of the words; what is left is for Helm's parser, in the same order.
Circumstances take_own(Words& words) {
  Circumstances own;
  CLI::App parser;
  parser.add_option("--from", own.from);
  parser.add_option("--to", own.to);
  parser.add_option("--release", own.release);
  take_flags(parser, words, "values");
  return own;
}

}  // namespace

int run_values(const Words& all_words) {
  Words words = all_words;
  const Circumstances own = take_own(words);
  const auto line = parse_or_help(helm::Verb::values, words);
  if (!line) {
    write_stdout(values_help());
    return 0;
  }
  if (!line->positionals.empty()) {
    throw base::Failure("values takes no argument, got '" + line->positionals[0] + "'",
                        "Name values files with -f: helm c8upgrade values -f values.yaml");
  }
  Console console(line->own);
  rules::Request request = offline_request(*line);
  request.from = chart_version("--from", own.from, 12);
  request.to = chart_version("--to", own.to, 13);
  request.release = own.release.value_or(request.release);
  request.release_assumed = !own.release;
  write_stdout(values::to_yaml(translate_offline(*line, std::move(request), console)));
  return 0;
}

std::string values_help() {
  return HelpPage()
      .paragraph(
          "Prints the values of 8.7, translated for 8.8 and merged, as Helm would be given them.\n"
          "Messages go to stderr. It needs Helm, which reads the values, but no cluster.")
      .example("translate a file", "helm c8upgrade values -f values.yaml > values-8.8.yaml")
      .example("several layers become one",
               "helm c8upgrade values -f base.yaml -f prod.yaml --set zeebe.clusterSize=5")
      .example("from a pipe, and with a report of what became of every key",
               "sops -d values.yaml | helm c8upgrade values -f - --report report.json")
      .example("what a release has now",
               "helm get values camunda -o yaml | helm c8upgrade values -f -")
      .usage({"helm c8upgrade values [flags]"})
      .flag_group("Values, as helm upgrade takes them",
                  {{"-f, --values FILE", "a values file, a URL, or - for standard input"},
                   {"--set, --set-string, --set-json, --set-file, --set-literal KEY=VALUE", ""}})
      .flag_group("Circumstances",
                  {{"--from VERSION", "of the chart that the values are for (default 12.13.3)"},
                   {"--to VERSION", "of the chart that will get them (default 13.12.7)"},
                   {"--release NAME", "the release, for names in the values (default camunda)"},
                   {"-n, --namespace NAME", "its namespace"}})
      .flag_group(
          "Translation and migration",
          {flags::k_mode, flags::k_under, flags::k_context_path, flags::k_migration,
           flags::k_identity_migration, flags::k_identity_migration_client_id,
           flags::k_identity_migration_secret, flags::k_identity_migration_claim, flags::k_accept})
      .flag_group("Output", {flags::k_report, flags::k_quiet, flags::k_color})
      .exit_codes("")
      .text();
}

}  // namespace cli
