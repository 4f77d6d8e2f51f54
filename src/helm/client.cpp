#include "helm/client.hpp"

#include "base/strings.hpp"
#include "helm/call.hpp"
#include "helm/json_cut.hpp"
#include "text/source.hpp"
#include "values/yaml_reader.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace helm {
namespace {

// The manifest may hold any line, so its length stands before it. The apply method comes last:
// Helm 3 has no such field and fails there, when everything else is already written.
constexpr const char* k_release_template =
    "{{with .Release}}{{.Name}}\n{{.Namespace}}\n{{.Version}}\n{{.Info.Status}}\n"
    "{{.Chart.Metadata.Name}}\n{{.Chart.Metadata.Version}}\n{{.Chart.Metadata.AppVersion}}\n"
    "{{len .Manifest}}\n{{.Manifest}}\n{{.ApplyMethod}}{{end}}";
constexpr std::string_view k_no_apply_method = "can't evaluate field ApplyMethod";

process::Outcome run(const std::string& step, std::vector<std::string> words) {
  announce(step);
  process::Outcome outcome = process::capture(helm_command(std::move(words)));
  require_ran(outcome);
  return outcome;
}

int to_int(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

[[noreturn]] void misread(const std::string& what) {
  throw base::Failure(fmt::format("'{}' answered something else than {}", binary(), what),
                      "Is HELM_BIN a Helm 3.14 or newer?");
}

ReleaseState read_release(std::string_view text) {
  std::vector<std::string> fields;
  while (fields.size() < 8) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {
      misread("a release");
    }
    fields.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  const auto length = static_cast<std::size_t>(std::max(0, to_int(fields[7])));
  const auto version = base::Version::parse(fields[5]);
  if (length > text.size() || !version) {
    misread("a release");
  }
  ReleaseState state;
  state.name = fields[0];
  state.release_namespace = fields[1];
  state.revision = to_int(fields[2]);
  state.status = fields[3];
  state.chart_name = fields[4];
  state.chart_version = *version;
  state.app_version = fields[6];
  state.manifest = std::string(text.substr(0, length));
  state.apply_method = std::string(base::trim(text.substr(length)));
  return state;
}

nlohmann::json read_json(std::string_view answer, const std::string& what) {
  // Helm may say something before the document ("Release … does not exist. Installing it now.").
  const std::size_t begin = answer.find_first_of("[{");
  if (begin == std::string_view::npos) {
    misread(what);
  }
  answer.remove_prefix(begin);
  auto json = nlohmann::json::parse(answer.begin(), answer.end(), nullptr, false);
  if (json.is_discarded()) {
    misread(what);
  }
  return json;
}

base::Failure chart_failure(const std::string& chart, const process::Outcome& outcome) {
  const std::string words = error_words(outcome.err);
  std::string next;
  if (words.starts_with("path ") || base::contains(words, "no such file or directory")) {
    return base::Failure(
        fmt::format("There is no chart at {}", chart),
        "Give a chart as repository/camunda-platform, a directory, an archive or a "
        "URL (oci://…, https://…).");
  }
  if (words.starts_with("repo ")) {
    next = fmt::format("helm repo add {} URL", chart.substr(0, chart.find('/')));
  } else if (base::contains(words, "non-absolute URLs")) {
    return base::Failure(fmt::format("'{}' names no chart that Helm can find", chart),
                         "Give it as repository/chart, a directory, an archive, a URL, or with "
                         "--repo URL.");
  } else if (base::contains(words, "not found in") || base::contains(words, "no chart version")) {
    next = "helm repo update";
  } else if (base::contains(words, "connection refused") ||
             base::contains(words, "cannot be reached")) {
    next = "Check the network, or give a downloaded chart (helm pull).";
  }
  return base::Failure(fmt::format("Helm could not get chart {}: {}", chart, words), next);
}

// What the user wants to see of a dry run is not what we need to judge.
std::vector<std::string> without_secrets_hidden(const std::vector<std::string>& words) {
  std::vector<std::string> kept;
  std::copy_if(words.begin(), words.end(), std::back_inserter(kept), [](const std::string& word) {
    return word != "--hide-secret" && !word.starts_with("--hide-secret=");
  });
  return kept;
}

}  // namespace

std::optional<ReleaseState> get_release(const std::string& release) {
  const auto outcome =
      run("reading release " + release, {"get", "all", release, "--template", k_release_template});
  const bool all_but_method = base::contains(outcome.err, k_no_apply_method);
  if (outcome.exit_code != 0 && !all_but_method) {
    if (trouble_of(error_words(outcome.err)) == Trouble::no_release) {
      return std::nullopt;
    }
    throw cluster_failure("read release " + release, outcome);
  }
  return read_release(outcome.out);
}

std::vector<Revision> history(const std::string& release) {
  const auto outcome = run("reading the history of " + release, {"history", release, "-o", "json"});
  if (outcome.exit_code != 0) {
    if (trouble_of(error_words(outcome.err)) == Trouble::no_release) {
      return {};
    }
    throw cluster_failure("read the history of release " + release, outcome);
  }
  std::vector<Revision> revisions;
  for (const auto& entry : read_json(outcome.out, "a history")) {
    revisions.push_back({entry.value("revision", 0), entry.value("status", std::string()),
                         entry.value("chart", std::string())});
  }
  return revisions;
}

std::string get_values(const std::string& release, int revision) {
  std::vector<std::string> words = {"get", "values", release, "-o", "json"};
  if (revision > 0) {
    words.insert(words.end(), {"--revision", std::to_string(revision)});
  }
  const auto outcome = run("reading the values of " + release, words);
  if (outcome.exit_code != 0) {
    throw cluster_failure("read the values of release " + release, outcome);
  }
  return std::string(base::trim(outcome.out));
}

ChartFacts show_chart(const std::string& chart, const std::vector<std::string>& chart_words) {
  std::vector<std::string> words = {"show", "chart", chart};
  words.insert(words.end(), chart_words.begin(), chart_words.end());
  const auto outcome = run("looking at chart " + chart, words);
  if (outcome.exit_code != 0) {
    throw chart_failure(chart, outcome);
  }
  const values::Value facts = values::read_yaml(text::Source("Chart.yaml", outcome.out));
  const auto field = [&](std::string_view name) {
    const values::Value* value = facts.find(name);
    return value == nullptr ? std::string() : value->plain();
  };
  const auto version = base::Version::parse(field("version"));
  if (!version || field("name").empty()) {
    misread("a chart's facts");
  }
  ChartFacts out{field("name"), *version, field("appVersion"), {}};
  if (const values::Value* dependencies = facts.find("dependencies")) {
    for (const values::Value& one : dependencies->items()) {
      const auto word = [&](std::string_view name) {
        const values::Value* value = one.find(name);
        return value == nullptr ? std::string() : value->plain();
      };
      out.dependencies.push_back({word("name"), word("alias"), word("version")});
    }
  }
  return out;
}

std::string dry_run_manifest(const std::string& release, const std::string& chart,
                             const std::vector<std::string>& passed,
                             const std::vector<std::string>& value_words) {
  std::vector<std::string> words = {"upgrade", release, chart};
  const auto kept = without_secrets_hidden(passed);
  words.insert(words.end(), kept.begin(), kept.end());
  words.insert(words.end(), value_words.begin(), value_words.end());
  // Of a repeated flag the last one counts.
  words.insert(words.end(), {"--dry-run=server", "-o", "json"});
  const auto outcome = run("rendering " + chart, words);
  if (outcome.exit_code != 0) {
    const std::string said = error_words(outcome.err);
    const Trouble trouble = trouble_of(said);
    if (trouble == Trouble::forbidden || trouble == Trouble::unreachable) {
      throw cluster_failure("render the chart", outcome);
    }
    throw base::Failure("Helm could not render the chart: " + said);
  }
  // The chart comes back in it, megabytes that nobody needs.
  const auto release_json = read_json(without_member(outcome.out, "chart"), "a release");
  return release_json.value("manifest", std::string());
}

}  // namespace helm
