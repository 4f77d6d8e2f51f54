#include "postrender/words.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "helm/sources.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <sys/stat.h>
#include <utility>

namespace postrender {
namespace {

constexpr const char* k_by_hand =
    "Hand it Helm's words, each behind --post-renderer-args: RELEASE CHART -f values.yaml …";

// Read a second time it would be empty, or wait for ever.
bool read_only_once(std::string_view path) {
  path = base::trim(path);
  if (path == "-" || path.starts_with("/dev/") || path.starts_with("/proc/")) {
    return true;
  }
  struct stat status {};
  return ::stat(std::string(path).c_str(), &status) == 0 && S_ISFIFO(status.st_mode);
}

void require_lasting_sources(const helm::CommandLine& line) {
  for (const helm::ValueWord& word : line.values) {
    std::string_view path = word.text;
    if (word.kind == helm::ValueKind::set_file) {
      const std::size_t equals = path.find('=');
      path = equals == std::string_view::npos ? path : path.substr(equals + 1);
    } else if (word.kind != helm::ValueKind::file) {
      continue;
    }
    if (read_only_once(path)) {
      throw Doubt{fmt::format("its values come from {}, which can be read only once", path),
                  "Give them as a file."};
    }
  }
}

bool has(const std::vector<std::string>& words, std::string_view flag) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return word == flag ||
           (word.starts_with(flag) && word[flag.size()] == '=' && !word.ends_with("=false"));
  });
}

// As they were written, but for the order of kinds, which means nothing to Helm.
std::vector<std::string> plain_words(const helm::CommandLine& line) {
  std::vector<std::string> words = line.positionals;
  words.insert(words.end(), line.passed.begin(), line.passed.end());
  std::vector<helm::Source> sources;
  for (const helm::ValueWord& word : line.values) {
    sources.push_back({word, "", nullptr, -1});
  }
  const auto values = helm::value_words(sources);
  words.insert(words.end(), values.begin(), values.end());
  for (const auto& [given, flag] : {std::pair{line.reuse_values, "--reuse-values"},
                                    {line.reset_values, "--reset-values"},
                                    {line.reset_then_reuse_values, "--reset-then-reuse-values"}}) {
    if (given) {
      words.emplace_back(flag);
    }
  }
  return words;
}

helm::CommandLine line_of(const std::vector<std::string>& words) {
  helm::CommandLine line = helm::parse_command_line(helm::Verb::values, words);
  line.passed = helm::without_flags(line.passed, {"post-renderer", "post-renderer-args"});
  line.post_renderer.reset();
  return line;
}

}  // namespace

helm::CommandLine own_line(std::vector<std::string> own) {
  if (!own.empty() && helm::task_of(own.front())) {
    own.erase(own.begin());
  }
  return line_of(own);
}

HelmWords find_words(const std::vector<std::string>& own,
                     const std::optional<helm::CallingHelm>& caller, const std::string& directory) {
  HelmWords words;
  const helm::CommandLine ours = own_line(own);
  const bool by_hand = !ours.positionals.empty();
  const auto named = own.empty() ? std::nullopt : helm::task_of(own.front());
  if (!caller && !by_hand) {
    throw Doubt{"the words of the Helm that runs this are not to be seen", k_by_hand};
  }
  words.task = named ? *named : caller ? caller->task : helm::Task::upgrade;
  if (by_hand) {
    words.line = ours;
  } else {
    if (caller->directory != directory) {
      throw Doubt{"it runs in another directory than the Helm that runs it", k_by_hand};
    }
    try {
      words.line = line_of(caller->words);
    } catch (const base::InternalError&) {
      throw;
    } catch (const base::Failure& failure) {
      throw Doubt{fmt::format("Helm's words are not understood: {}", failure.what())};
    }
    words.line.own = ours.own;
  }
  helm::CommandLine& line = words.line;
  if (line.positionals.size() != 2) {
    throw Doubt{"Helm's words do not name a release and a chart"};
  }
  if (has(line.passed, "--output-dir")) {
    throw Doubt{"with --output-dir Helm hands over nothing"};
  }
  require_lasting_sources(line);
  words.plain = plain_words(line);
  const bool dry = line.dry_run != helm::DryRun::none;
  words.changes_cluster = caller && caller->task == helm::Task::upgrade &&
                          words.task == helm::Task::upgrade && !by_hand && !dry;
  if (words.task == helm::Task::template_) {
    words.printed = !caller;
    words.sees_cluster = has(line.passed, "--validate") || has(line.passed, "--is-upgrade") ||
                         line.dry_run == helm::DryRun::server;
    line.dry_run = helm::DryRun::server;  // whatever comes of it, nothing is applied
  } else if (!dry) {
    words.plain.emplace_back("--dry-run=server");
  }
  // Whether there is a release is Helm's to judge, which has done so before it rendered.
  line.install = true;
  return words;
}

}  // namespace postrender
