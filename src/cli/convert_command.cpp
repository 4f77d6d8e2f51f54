#include "cli/convert_command.hpp"

#include "base/failure.hpp"
#include "cli/console.hpp"
#include "cli/convert_words.hpp"
#include "cli/help.hpp"
#include "cli/offline.hpp"
#include "cli/output_file.hpp"
#include "cli/streams.hpp"
#include "convert/convert.hpp"
#include "text/colour.hpp"
#include "text/diff.hpp"
#include "upgrade/accept.hpp"
#include "upgrade/findings.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <unistd.h>

namespace cli {
namespace {

constexpr int k_would_change = 2;

rules::Request request_of(const ConvertWords& words) {
  helm::CommandLine line;
  line.own = words.own;
  // Helm is not asked: without Helm around there is no other namespace than the flag's.
  const char* given = std::getenv("HELM_NAMESPACE");
  const std::string around = given == nullptr || *given == '\0' ? "default" : given;
  line.connection.emplace_back("HELM_NAMESPACE", words.release_namespace.value_or(around));
  rules::Request request = offline_request(line);
  request.from = chart_version("--from", words.from, 12);
  request.to = chart_version("--to", words.to, 13);
  request.release = words.release;
  return request;
}

std::vector<text::Source> read_files(const std::vector<std::string>& files) {
  std::vector<text::Source> sources;
  for (const std::string& file : files) {
    sources.emplace_back(file == "-" ? "standard input" : file, read_input(file));
  }
  return sources;
}

// Locations in findings show the line of the file.
void show_lines_of(Console& console, const std::vector<text::Source>& files) {
  std::vector<helm::Source> sources;
  for (const text::Source& file : files) {
    helm::Source source;
    source.name = file.name();
    source.bytes = std::make_shared<const std::string>(file.bytes());
    sources.push_back(std::move(source));
  }
  console.sources(sources);
}

// Where each file is written; empty when it goes to standard output.
std::vector<std::string> targets_of(const ConvertWords& words) {
  std::vector<std::string> targets;
  for (const std::string& file : words.files) {
    if (words.in_place) {
      targets.push_back(file);
    } else if (words.output) {
      targets.push_back(*words.output == "-" ? std::string() : *words.output);
    } else if (words.output_directory) {
      const std::string name =
          file == "-" ? "values.yaml" : std::filesystem::path(file).filename().string();
      targets.push_back((std::filesystem::path(*words.output_directory) / name).string());
    } else {
      targets.emplace_back();
    }
  }
  return targets;
}

void require_targets(const ConvertWords& words, std::vector<std::string> targets) {
  if (words.diff || words.check) {
    return;
  }
  if (words.output_directory) {
    std::error_code error;
    std::filesystem::create_directories(*words.output_directory, error);
    if (error) {
      throw base::Failure("cannot make the folder " + *words.output_directory + ": " +
                          error.message());
    }
  }
  for (const std::string& target : targets) {
    if (!target.empty()) {
      require_replaceable(target);
    } else if (targets.size() > 1) {
      throw base::Failure("several files cannot all go to standard output",
                          "Give --in-place, --output-dir DIR, --diff or --check.");
    }
  }
  std::sort(targets.begin(), targets.end());
  const auto twice = std::adjacent_find(targets.begin(), targets.end());
  if (twice != targets.end()) {
    throw base::Failure("two files would be written to " + *twice,
                        "Convert them one by one, or give --in-place.");
  }
}

void print_diffs(const std::vector<text::Source>& files, const std::vector<std::string>& texts,
                 bool colour) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    write_stdout(
        text::unified_diff(files[i].bytes(), texts[i], files[i].name(), files[i].name(), colour));
  }
}

bool wants_colour(const ConvertWords& words) {
  return text::wants_colour(text::parse_colour_choice(words.own.color.value_or("auto"))
                                .value_or(text::ColourChoice::automatic),
                            STDOUT_FILENO);
}

// Writes what the words ask for. Files that stay as they are are not touched in place.
int write(const ConvertWords& words, const std::vector<text::Source>& files,
          const std::vector<std::string>& texts, const std::vector<std::string>& targets) {
  bool changed = false;
  for (std::size_t i = 0; i < files.size(); ++i) {
    changed = changed || texts[i] != files[i].bytes();
  }
  if (words.diff) {
    print_diffs(files, texts, wants_colour(words));
  }
  if (words.check) {
    return changed ? k_would_change : 0;
  }
  for (std::size_t i = 0; i < files.size() && !words.diff; ++i) {
    if (targets[i].empty()) {
      write_stdout(texts[i]);
    } else if (!words.in_place || texts[i] != files[i].bytes()) {
      replace_file(targets[i], texts[i]);
    }
  }
  return 0;
}

}  // namespace

int run_convert(const Words& all_words) {
  const auto words = parse_convert(all_words);
  if (!words) {
    write_stdout(convert_help());
    return 0;
  }
  Console console(words->own);
  rules::Request request = request_of(*words);
  const std::vector<std::string> targets = targets_of(*words);
  require_targets(*words, targets);
  const std::vector<text::Source> files = read_files(words->files);
  show_lines_of(console, files);

  report::Report report = begin_report(request);
  for (const text::Source& file : files) {
    report.source_names.push_back(file.name());
  }
  convert::Conversion done = convert::convert(files, std::move(request));
  report.plan = std::move(done.plan);
  report.findings = std::move(done.notes);
  upgrade::append(report.findings, report.plan.findings);
  upgrade::accept(report.findings, words->own.accept);
  console.report(report);
  console.say("  " + report::summary(report));
  console.say("");
  console.show(report.findings);
  upgrade::stop_at_errors(report.findings);
  return write(*words, files, done.texts, targets);
}

std::string convert_help() {
  return HelpPage()
      .paragraph(
          "Translates the values files that a team keeps from 8.7 to 8.8. What had to change "
          "changes,\n"
          "and every comment, quote and blank line stays. It needs no Helm, no cluster and no "
          "network.")
      .example("what would change", "helm c8upgrade convert values.yaml --diff")
      .example("translate the file where it is", "helm c8upgrade convert values.yaml --in-place")
      .example("to a new file, with a report of what became of every key",
               "helm c8upgrade convert values.yaml -o values-8.8.yaml --report report.json")
      .example("layers, in Helm's order; each keeps its own keys",
               "helm c8upgrade convert base.yaml prod.yaml --in-place")
      .example("in a pipeline: exit code 2 when a file is still 8.7",
               "helm c8upgrade convert values.yaml --check")
      .usage({"helm c8upgrade convert FILE... [flags]"})
      .flag_group("Where the result goes (standard output without any of these)",
                  {{"-o, --output FILE", "write to this file"},
                   {"--output-dir DIR", "write files of the same names into this folder"},
                   {"-i, --in-place", "replace the files, each in one step; mode and owner stay"},
                   {"--diff", "print what would change, as patch takes it"},
                   {"--check", "write nothing, exit with 2 when something would change"}})
      .flag_group("Circumstances",
                  {{"--from VERSION", "of the chart that the values are for (default 12.13.3)"},
                   {"--to VERSION", "of the chart that will get them (default 13.12.7)"},
                   {"--release NAME", "the release, for names in the values (default camunda)"},
                   {"-n, --namespace NAME", "its namespace"}})
      .flag_group("Translation and migration",
                  {flags::k_context_path,
                   {"--migration on|off",
                    "the migration of the data (default on: the file is for the\n"
                    "upgrade; off takes its block out again afterwards)"},
                   flags::k_identity_migration,
                   flags::k_identity_migration_client_id,
                   flags::k_identity_migration_secret,
                   flags::k_identity_migration_claim,
                   flags::k_accept})
      .flag_group("Output", {flags::k_report, flags::k_quiet, flags::k_color})
      .exit_codes("", "--check: something would change")
      .text();
}

}  // namespace cli
