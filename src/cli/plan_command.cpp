#include "cli/plan_command.hpp"

#include "base/failure.hpp"
#include "cli/console.hpp"
#include "cli/help.hpp"
#include "cli/pager.hpp"
#include "cli/plan_view.hpp"
#include "cli/streams.hpp"
#include "cli/words.hpp"
#include "text/colour.hpp"
#include "upgrade/accept.hpp"
#include "upgrade/preview.hpp"

#include <CLI/CLI.hpp>
#include <unistd.h>

namespace cli {
namespace {

constexpr int k_something_to_do = 2;

struct PlanWords {
  std::string format = "text";
  bool images = false;
  bool no_diff = false;
};

// Takes the plan's own flags out of the words; the rest is for Helm's parser, in the same order.
PlanWords take_own(Words& words) {
  PlanWords own;
  CLI::App parser;
  parser.add_option("--format", own.format)->check(CLI::IsMember({"text", "json"}));
  parser.add_flag("--images", own.images);
  parser.add_flag("--no-diff", own.no_diff);
  take_flags(parser, words, "plan");
  return own;
}

void print(const upgrade::Preview& preview, const PlanWords& own, const helm::CommandLine& line,
           const Console& console) {
  if (own.images) {
    std::string text;
    for (const std::string& image : upgrade::images_of(preview.prepared.after)) {
      text += image + "\n";
    }
    write_stdout(text);
  } else if (own.format == "json") {
    write_stdout(plan_json(preview, !own.no_diff));
  } else {
    const bool colour =
        text::wants_colour(text::parse_colour_choice(line.own.color.value_or("auto"))
                               .value_or(text::ColourChoice::automatic),
                           STDOUT_FILENO);
    show_long(plan_text(preview, {colour, !own.no_diff,
                                  console.text_of(preview.prepared.report.findings, colour)}));
  }
}

}  // namespace

int run_plan(const Words& all_words) {
  Words words = all_words;
  const PlanWords own = take_own(words);
  const auto line = parse_or_help(helm::Verb::upgrade, words);
  if (!line) {
    write_stdout(plan_help());
    return 0;
  }
  Console console(line->own);
  const upgrade::Preview preview = upgrade::preview(*line, console);
  console.clear_progress();
  print(preview, own, *line, console);
  upgrade::stop_at_errors(preview.prepared.report.findings);
  if (preview.prepared.failure) {
    throw base::Failure(*preview.prepared.failure);
  }
  return own.images || !preview.something_to_do() ? 0 : k_something_to_do;
}

std::string plan_help() {
  return HelpPage()
      .paragraph(
          "Shows what the upgrade would do, and changes nothing: the lines that matter, what was\n"
          "found, the API server's verdict, every object that is made, changed or deleted, and\n"
          "the difference between the manifests of now and then. Secrets are hidden. The words\n"
          "are those of the upgrade itself.")
      .example("before the upgrade",
               "helm c8upgrade plan camunda camunda/camunda-platform --version 13.12.7 -f "
               "values.yaml")
      .example("the short form, for a change request",
               "helm c8upgrade plan camunda camunda/camunda-platform -f values.yaml --no-diff")
      .example("images that a private registry needs",
               "helm c8upgrade plan camunda camunda/camunda-platform -f values.yaml --images")
      .example("for a pipeline",
               "helm c8upgrade plan camunda camunda/camunda-platform -f values.yaml --format json")
      .usage({"helm c8upgrade plan RELEASE CHART [flags]"})
      .flag_group("What is shown", {{"--no-diff", "without the difference of the manifests"},
                                    {"--images", "only the images of the new manifest, one a line"},
                                    {"--format text|json",
                                     "for a person (default; in $PAGER on a terminal) or for\n"
                                     "a program"},
                                    flags::k_report,
                                    flags::k_color})
      .flag_group("Translation, migration and checks, as in the upgrade itself",
                  {flags::k_context_path,
                   flags::k_migration,
                   flags::k_identity_migration,
                   flags::k_identity_migration_client_id,
                   flags::k_identity_migration_secret,
                   flags::k_identity_migration_claim,
                   flags::k_accept,
                   {"--secrets keep|copy|leave", ""},
                   {"--no-server-check", ""}})
      .paragraph(
          "Every flag of helm upgrade may be given, so that the words of the upgrade can stay.")
      .exit_codes("", "there is something to do")
      .text();
}

}  // namespace cli
