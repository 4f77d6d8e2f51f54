#include "cli/convert_command.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "cli/console.hpp"
#include "cli/convert_inputs.hpp"
#include "cli/convert_verify.hpp"
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
#include <fmt/format.h>
#include <iterator>
#include <set>
#include <unistd.h>

namespace cli {
namespace {

constexpr int k_would_change = 2;

// A file and what became of it.
struct Result {
  const ConvertInput* input = nullptr;
  std::string text;
  std::string target;  // empty: standard output

  bool changed() const { return text != input->source.bytes(); }
};

rules::Request request_of(const ConvertWords& words) {
  helm::CommandLine line;
  line.own = words.own;
  // Helm is not asked: without Helm around there is no other namespace than the flag's.
  const char* given = std::getenv("HELM_NAMESPACE");
  const std::string around = given == nullptr || *given == '\0' ? "default" : given;
  line.connection.emplace_back("HELM_NAMESPACE", words.release_namespace.value_or(around));
  rules::Request request = offline_request(line);
  request.from = chart_version("--from", words.from, 12);
  request.to = chart_version("--to", words.set_version.value_or(words.to), 13);
  request.release = words.release.value_or(request.release);
  request.release_assumed = !words.release;
  return request;
}

// Locations in findings show the line of the file.
void show_lines_of(Console& console, const std::vector<ConvertBatch>& batches) {
  std::vector<helm::Source> sources;
  for (const ConvertBatch& batch : batches) {
    for (const ConvertInput& input : batch.inputs) {
      helm::Source source;
      source.name = input.source.name();
      source.bytes = std::make_shared<const std::string>(input.source.bytes());
      sources.push_back(std::move(source));
    }
  }
  console.sources(sources);
}

std::string target_of(const ConvertWords& words, const ConvertInput& input) {
  if (words.in_place) {
    return input.path;
  }
  if (words.output) {
    return *words.output == "-" ? std::string() : *words.output;
  }
  if (words.output_directory) {
    return (std::filesystem::path(*words.output_directory) / input.relative).string();
  }
  return {};
}

void make_folder_of(const std::string& target) {
  const std::filesystem::path folder = std::filesystem::path(target).parent_path();
  std::error_code error;
  if (!folder.empty()) {
    std::filesystem::create_directories(folder, error);
  }
  if (error) {
    throw base::Failure(
        fmt::format("cannot make the folder {}: {}", folder.string(), error.message()));
  }
}

// Known before anything is translated: a run that cannot write says so at once.
void require_targets(const ConvertWords& words, const std::vector<ConvertBatch>& batches) {
  if (words.diff || words.check) {
    return;
  }
  std::vector<std::string> targets;
  for (const ConvertBatch& batch : batches) {
    for (const ConvertInput& input : batch.inputs) {
      targets.push_back(target_of(words, input));
    }
  }
  if (words.output && targets.size() > 1) {
    throw base::Failure("-o takes one file, and there are several",
                        "Give --output-dir DIR or --in-place.");
  }
  for (const std::string& target : targets) {
    if (target.empty() && targets.size() > 1) {
      throw base::Failure("several files cannot all go to standard output",
                          "Give --in-place, --output-dir DIR, --diff or --check.");
    }
    if (!target.empty()) {
      if (words.output_directory) {
        make_folder_of(target);
      }
      require_replaceable(target);
    }
  }
  std::sort(targets.begin(), targets.end());
  const auto twice = std::adjacent_find(targets.begin(), targets.end());
  if (twice != targets.end()) {
    throw base::Failure("two files would be written to " + *twice,
                        "Convert them one by one, or give --in-place.");
  }
}

void add_plan(rules::Plan& all, rules::Plan plan, int first_source) {
  const auto append = [](auto& to, auto& from) {
    std::move(from.begin(), from.end(), std::back_inserter(to));
  };
  for (rules::Fate& fate : plan.fates) {
    fate.origin.source += fate.origin.source < 0 ? 0 : first_source;
  }
  append(all.fates, plan.fates);
  append(all.pins, plan.pins);
  append(all.findings, plan.findings);
}

// All that a finding says, to know it again.
std::string words_of(const text::Diagnostic& finding) {
  return fmt::format("{}\n{}\n{}:{}:{}\n{}\n{}", finding.rule, finding.message,
                     finding.location.file, finding.location.line, finding.location.column,
                     finding.next, base::join(finding.subjects, "\n"));
}

std::string summary(const report::Report& report, const convert::Conversion& done) {
  return done.concerns_camunda ? report::summary(report) : "nothing in it is for the Camunda chart";
}

class Run {
 public:
  explicit Run(const ConvertWords& words)
      : m_words(words), m_console(words.own), m_request(request_of(words)) {}

  int run() {
    const std::vector<ConvertBatch> batches = read_inputs(m_words);
    require_targets(m_words, batches);
    show_lines_of(m_console, batches);
    report::Report all = begin_report(m_request);
    for (const ConvertBatch& batch : batches) {
      translate(batch, all, batches.size() > 1);
    }
    if (batches.empty()) {
      m_console.say("  no file there is for the Camunda chart");
    }
    m_console.report(all);
    for (const std::string& line : m_summaries) {
      m_console.say("  " + line);
    }
    if (m_one_values_file) {
      m_console.say(
          "  Where Helm is given several values files, convert them in one call, in its order.");
    }
    m_console.say("");
    m_console.show(all.findings);
    upgrade::stop_at_errors(all.findings);
    if (m_words.verify) {
      verify(m_readings);
    }
    return write();
  }

 private:
  void translate(const ConvertBatch& batch, report::Report& all, bool several) {
    std::vector<text::Source> files;
    for (const ConvertInput& input : batch.inputs) {
      files.push_back(input.source);
    }
    rules::Request request = m_request;
    request.under = batch.under;
    convert::Conversion done =
        convert::convert(files, request,
                         {m_words.set_version, m_words.release.has_value(),
                          m_words.release_namespace.has_value(), m_words.annotate});
    m_one_values_file = m_one_values_file || done.one_values_file;
    report::Report report = begin_report(m_request);
    report.plan = std::move(done.plan);
    m_summaries.push_back((several ? batch.inputs.front().source.name() + ": " : std::string()) +
                          summary(report, done));
    // Of a thousand files only what is asked for is kept.
    if (m_words.verify) {
      std::move(done.readings.begin(), done.readings.end(), std::back_inserter(m_readings));
    }
    if (!m_words.own.report) {
      report.plan.fates.clear();
      report.plan.pins.clear();
    }
    const int first_source = static_cast<int>(all.source_names.size());
    for (std::size_t i = 0; i < batch.inputs.size(); ++i) {
      all.source_names.push_back(batch.inputs[i].source.name());
      m_results.push_back(
          {&batch.inputs[i], std::move(done.texts[i]), target_of(m_words, batch.inputs[i])});
    }
    upgrade::append(done.notes, report.plan.findings);
    upgrade::accept(done.notes, m_words.own.accept);
    for (text::Diagnostic& finding : done.notes) {
      // Several files of one installation have much the same to say.
      if (m_told.insert(words_of(finding)).second) {
        all.findings.push_back(std::move(finding));
      }
    }
    add_plan(all.plan, std::move(report.plan), first_source);
  }

  int write() {
    if (m_words.diff) {
      print_diffs();
    }
    if (m_words.check) {
      return std::any_of(m_results.begin(), m_results.end(),
                         [](const Result& result) { return result.changed(); })
                 ? k_would_change
                 : 0;
    }
    for (const Result& result : m_results) {
      if (m_words.diff) {
        break;
      }
      if (result.target.empty()) {
        write_stdout(result.text);
      } else if (!m_words.in_place || result.changed()) {
        replace_file(result.target, result.text);
      }
    }
    return 0;
  }

  void print_diffs() const {
    const bool colour =
        text::wants_colour(text::parse_colour_choice(m_words.own.color.value_or("auto"))
                               .value_or(text::ColourChoice::automatic),
                           STDOUT_FILENO);
    for (const Result& result : m_results) {
      const text::Source& source = result.input->source;
      write_stdout(
          text::unified_diff(source.bytes(), result.text, source.name(), source.name(), colour));
    }
  }

  const ConvertWords& m_words;
  Console m_console;
  rules::Request m_request;
  std::vector<Result> m_results;
  std::vector<std::string> m_summaries;
  bool m_one_values_file = false;
  std::vector<convert::Reading> m_readings;
  std::set<std::string> m_told;
};

}  // namespace

int run_convert(const Words& all_words) {
  const auto words = parse_convert(all_words);
  if (!words) {
    write_stdout(convert_help());
    return 0;
  }
  return Run(*words).run();
}

std::string convert_help() {
  return HelpPage()
      .paragraph(
          "Translates the files that a team keeps from 8.7 to 8.8: values files, HelmReleases of "
          "Flux,\n"
          "Applications of Argo CD, helmfiles, ConfigMaps and Secrets with values in them. What "
          "had to\n"
          "change changes, and every comment, quote and blank line stays. It needs no Helm, no\n"
          "cluster and no network.")
      .example("what would change", "helm c8upgrade convert values.yaml --diff")
      .example("translate the file where it is", "helm c8upgrade convert values.yaml --in-place")
      .example("to a new file, with a report of what became of every key",
               "helm c8upgrade convert values.yaml -o values-8.8.yaml --report report.json")
      .example("layers, in Helm's order; each keeps its own keys",
               "helm c8upgrade convert base.yaml prod.yaml --in-place")
      .example("a HelmRelease or an Application, the chart's version raised in the same commit",
               "helm c8upgrade convert camunda.yaml --in-place --set-version 13.12.7")
      .example("all files of a folder that are for Camunda",
               "helm c8upgrade convert clusters/ --exclude 'legacy/**' --in-place")
      .example("when the migration is over: its block goes",
               "helm c8upgrade convert values-8.8.yaml --migration off --in-place")
      .example("in a pipeline: exit code 2 when a file is still 8.7",
               "helm c8upgrade convert values.yaml --check")
      .usage({"helm c8upgrade convert FILE|FOLDER... [flags]",
              "c8upgrade convert FILE|FOLDER... [flags]    - is standard input"})
      .flag_group("Where the result goes (standard output without any of these)",
                  {{"-o, --output FILE", "write to this file"},
                   {"--output-dir DIR", "write files of the same names into this folder"},
                   {"-i, --in-place", "replace the files, each in one step; mode and owner stay"},
                   {"--diff", "print what would change, as patch takes it"},
                   {"--annotate", "put a comment (# c8upgrade: …) above what wants a person"},
                   {"--verify",
                    "let the real Helm read what was written before it goes to its\n"
                    "place (the only flag here that needs Helm)"},
                   {"--check", "write nothing, exit with 2 when something would change"}})
      .flag_group("Circumstances",
                  {{"--from VERSION", "of the chart that the values are for (default 12.13.3)"},
                   {"--to VERSION", "of the chart that will get them (default 13.12.7)"},
                   {"--set-version VERSION",
                    "the same, and write it where a manifest, a helmfile or a\n"
                    "Chart.yaml names the chart's version"},
                   {"--release NAME",
                    "the release, for names in the values (default: what the\n"
                    "manifest says, or camunda)"},
                   {"-n, --namespace NAME", "its namespace"},
                   {"--each",
                    "the files are no layers: each is translated for itself, and\n"
                    "those that are not for Camunda are left alone"},
                   {"--exclude GLOB",
                    "of a folder, leave out files and folders like this; what Git\n"
                    "ignores is left out anyway; may be given several times"}})
      .flag_group("Translation and migration",
                  {flags::k_mode,
                   {"--under NAME",
                    "the block with Camunda's values in those of an umbrella chart\n"
                    "(default: what the Chart.yaml beside the file says)"},
                   flags::k_context_path,
                   {"--migration on|off",
                    "the migration of the data (default on: the file is for the\n"
                    "upgrade); off takes its block out of a file that is 8.8"},
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
