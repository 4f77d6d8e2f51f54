#include "cli/finish_command.hpp"

#include "cli/console.hpp"
#include "cli/help.hpp"
#include "cli/streams.hpp"
#include "cli/values_files.hpp"
#include "cli/words.hpp"
#include "upgrade/finish.hpp"
#include "upgrade/request.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <optional>

namespace cli {
namespace {

// What the files are for once the migration is over.
rules::Request ended(const helm::CommandLine& line, const upgrade::Prepared& prepared) {
  rules::Request request = upgrade::request_of(line);
  request.release = prepared.release;
  request.release_namespace = prepared.release_namespace;
  request.under = prepared.under;
  request.to = base::Version::parse(prepared.report.to_chart).value_or(request.to);
  request.data_migration = false;
  request.identity_migration = rules::Switch::off;
  return request;
}

void write_files(const ValuesFiles& files, bool dry_run, Console& console) {
  if (!dry_run) {
    files.write();
  }
  for (const std::string& path : files.changed()) {
    console.say(fmt::format("  {}: {}, for 8.8 and without the migration",
                            dry_run ? "would be written" : "written", path));
  }
}

}  // namespace

int run_finish(const Words& all_words) {
  Words words = all_words;
  bool in_place = false;
  CLI::App parser;
  parser.add_flag("--in-place", in_place);
  take_flags(parser, words, "finish");
  const auto line = parse_or_help(helm::Verb::upgrade, words);
  if (!line) {
    write_stdout(finish_help());
    return 0;
  }
  Console console(line->own);
  upgrade::FinishWords finish{*line};
  std::optional<ValuesFiles> files;
  if (in_place) {
    files.emplace(*line);
    finish.before_change = [&](const upgrade::Prepared& prepared) {
      files->convert(ended(*line, prepared));
    };
  }
  const int code = upgrade::finish(finish, console);
  if (code == 0 && files) {
    write_files(*files, line->dry_run != helm::DryRun::none, console);
  }
  return code;
}

std::string finish_help() {
  return HelpPage()
      .paragraph(
          "Ends the migration when it is complete: the same release with importer and migration\n"
          "Jobs off, by the words of the upgrade. It refuses as long as a migration Job is not\n"
          "complete. Exporters that only the migration needed are disabled in the brokers first.\n"
          "Values that still switch the migration on are named, or taken out of the files with\n"
          "--in-place; what is left of 8.7 is listed with the command that removes it, and "
          "nothing\n"
          "with data is deleted.")
      .example("after the migration, with the words of the upgrade",
               "helm c8upgrade finish camunda camunda/camunda-platform --version 13.12.7 -f "
               "values.yaml")
      .example("and the files that the pipeline uses from now on",
               "helm c8upgrade finish camunda camunda/camunda-platform -f values.yaml --in-place")
      .example("what it would delete and restart",
               "helm c8upgrade finish camunda camunda/camunda-platform -f values.yaml --dry-run")
      .example("although a Job is gone or has failed, and you know why",
               "helm c8upgrade finish camunda camunda/camunda-platform -f values.yaml --accept "
               "finish-too-early")
      .usage({"helm c8upgrade finish RELEASE CHART [flags]"})
      .flag_group("Flags", {{"--in-place",
                             "afterwards write the values files: for 8.8, without what was only\n"
                             "for the migration; comments stay"},
                            flags::k_accept,
                            flags::k_report,
                            flags::k_quiet,
                            flags::k_color})
      .paragraph("Every flag of the upgrade and of helm upgrade may be given.")
      .exit_codes("helm upgrade")
      .text();
}

}  // namespace cli
