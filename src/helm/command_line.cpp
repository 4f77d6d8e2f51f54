#include "helm/command_line.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "helm/client.hpp"
#include "helm/flag_value.hpp"
#include "helm/words.hpp"

#include <cstdlib>
#include <fmt/format.h>
#include <map>
#include <set>

namespace helm {
namespace {

std::string command_name(Verb verb) {
  switch (verb) {
    case Verb::upgrade:
      return "helm upgrade";
    case Verb::template_:
      return "helm template";
    case Verb::values:
      break;
  }
  return "helm c8upgrade values";
}

std::uint8_t bits(Verb verb, int major) {
  const std::uint8_t upgrade = major == 3   ? k_upgrade3
                               : major == 4 ? k_upgrade4
                                            : k_upgrade3 | k_upgrade4;
  const std::uint8_t render = major == 3   ? k_template3
                              : major == 4 ? k_template4
                                           : k_template3 | k_template4;
  switch (verb) {
    case Verb::upgrade:
      return upgrade;
    case Verb::template_:
      return render;
    case Verb::values:
      break;
  }
  return static_cast<std::uint8_t>(upgrade | render);
}

bool is_color(const Flag& flag) {
  return flag.name == "color" || flag.name == "colour";
}

// Of two rows with one name (a flag that means something else in another command) the first that
// this command knows.
template <typename Matches>
const Flag* find_flag(std::uint8_t known, const Matches& matches) {
  for (const Flag& flag : flag_table()) {
    if (matches(flag) && (flag.group == FlagGroup::own || (flag.known & known) != 0)) {
      return &flag;
    }
  }
  return nullptr;
}

// What to write in Helm 3 instead of a flag of Helm 4, and the other way round.
std::string counterpart(std::string_view name) {
  static const std::map<std::string_view, std::string_view> k_names = {
      {"rollback-on-failure", "atomic"}, {"force-replace", "force"}};
  const auto found = k_names.find(name);
  return found == k_names.end() ? std::string() : fmt::format("Write --{}.", found->second);
}

class Interpreter {
 public:
  Interpreter(Verb verb, const std::function<int()>& helm_major)
      : m_verb(verb), m_helm_major(helm_major) {}

  CommandLine interpret(const std::vector<std::string>& words) {
    const std::uint8_t known = bits(m_verb, 0);
    const Lookup lookup{
        [&](std::string_view name) {
          return find_flag(known, [&](const Flag& flag) { return flag.name == name; });
        },
        [&](char shorthand) {
          return find_flag(known, [&](const Flag& flag) { return flag.shorthand == shorthand; });
        }};
    const auto groups = read_words(words, lookup, [&](const std::string& flag) { refuse(flag); });
    for (const Group& group : groups) {
      if (group.flags.empty()) {
        m_line.positionals.push_back(group.words.front());
      } else {
        take(group);
      }
    }
    if (!m_line.own.help) {
      judge_positionals();
    }
    return std::move(m_line);
  }

 private:
  int major() {
    if (m_major == 0) {
      m_major = m_helm_major ? m_helm_major() : major_version();
    }
    return m_major;
  }

  void take(const Group& group) {
    std::vector<std::string> passed;
    bool all = true;
    for (const Occurrence& occurrence : group.flags) {
      check_version(*occurrence.flag);
      check_type(occurrence);
      if (apply(occurrence)) {
        passed.insert(passed.end(), occurrence.words.begin(), occurrence.words.end());
      } else {
        all = false;
      }
    }
    const auto& words = all ? group.words : passed;
    m_line.passed.insert(m_line.passed.end(), words.begin(), words.end());
  }

  // A flag that only the other Helm knows would fail at the hand-over, when it is late.
  void check_version(const Flag& flag) {
    if (flag.group == FlagGroup::own || is_color(flag)) {
      return;
    }
    const bool in3 = (flag.known & bits(m_verb, 3)) != 0;
    const bool in4 = (flag.known & bits(m_verb, 4)) != 0;
    if (in3 == in4) {
      return;
    }
    const int only = in3 ? 3 : 4;
    if (major() != only) {
      throw base::Failure(
          fmt::format("--{} is a flag of Helm {}, and this is Helm {}", flag.name, only, major()),
          counterpart(flag.name));
    }
  }

  void check_type(const Occurrence& occurrence) {
    const Flag& flag = *occurrence.flag;
    if (!occurrence.has_value) {
      return;
    }
    std::string complaint = type_complaint(flag.type, occurrence.value);
    if (flag.name == "wait" && parse_go_bool(occurrence.value)) {
      const bool spelled_out = occurrence.value == "true" || occurrence.value == "false";
      complaint = spelled_out || major() == 3 ? "" : complaint;
    } else if (flag.name == "wait" && complaint.empty() && major() == 3) {
      complaint = "true or false: Helm 3 knows no ways of waiting";
    }
    if (!complaint.empty()) {
      throw base::Failure(
          fmt::format("--{}={} cannot be: it must be {}", flag.name, occurrence.value, complaint));
    }
  }

  static bool is_on(const Occurrence& occurrence) {
    return !occurrence.has_value || parse_go_bool(occurrence.value).value_or(true);
  }

  // Notes what the flag means; returns whether Helm gets it.
  bool apply(const Occurrence& occurrence) {
    const Flag& flag = *occurrence.flag;
    switch (flag.group) {
      case FlagGroup::own:
        apply_own(flag.name, occurrence);
        return false;
      case FlagGroup::values:
        add_values(flag.name, occurrence.value);
        return false;
      case FlagGroup::reuse:
        (flag.name == "reuse-values"   ? m_line.reuse_values
         : flag.name == "reset-values" ? m_line.reset_values
                                       : m_line.reset_then_reuse_values) = is_on(occurrence);
        return false;
      case FlagGroup::chart:
        m_line.chart_words.insert(m_line.chart_words.end(), occurrence.words.begin(),
                                  occurrence.words.end());
        if (flag.name == "version") {
          m_line.chart_version = occurrence.value;
        }
        return true;
      case FlagGroup::stripped:
      case FlagGroup::global:
        if (is_color(flag)) {
          m_line.own.color = occurrence.value;
          return major() == 4;
        }
        connect(flag, occurrence);
        return true;
      case FlagGroup::klog:
        return true;
      case FlagGroup::other:
        break;
    }
    return apply_other(flag.name, occurrence);
  }

  void connect(const Flag& flag, const Occurrence& occurrence) {
    const std::string name(flag.environment);
    std::string value = occurrence.value;
    if (flag.takes == Takes::nothing) {
      value = is_on(occurrence) ? "true" : "false";
    }
    for (auto& [known, previous] : m_line.connection) {
      if (known == name) {
        previous = flag.type == "stringArray" ? fmt::format("{},{}", previous, value) : value;
        return;
      }
    }
    m_line.connection.emplace_back(name, value);
  }

  void add_values(std::string_view name, const std::string& value) {
    static const std::map<std::string_view, ValueKind> k_kinds = {
        {"set", ValueKind::set},
        {"set-string", ValueKind::set_string},
        {"set-json", ValueKind::set_json},
        {"set-file", ValueKind::set_file},
        {"set-literal", ValueKind::set_literal}};
    const auto kind = k_kinds.find(name);
    if (kind != k_kinds.end()) {
      m_line.values.push_back({kind->second, value});
      return;
    }
    for (const std::string& file : parse_csv_record(value).value_or(std::vector<std::string>())) {
      m_line.values.push_back({ValueKind::file, file});
    }
  }

  bool apply_other(std::string_view name, const Occurrence& occurrence) {
    const bool on = is_on(occurrence);
    if (name == "help") {
      m_line.own.help = on;
      return false;
    }
    if (name == "install") {
      m_line.install = on;
    } else if (name == "atomic" || name == "rollback-on-failure") {
      m_line.atomic = on;
    } else if (name == "force" || name == "force-replace") {
      m_line.force = on;
    } else if (name == "wait") {
      m_line.wait = on && occurrence.value != "hookOnly";
    } else if (name == "wait-for-jobs") {
      m_line.wait_for_jobs = on;
    } else if (name == "timeout") {
      m_line.timeout = parse_go_duration(occurrence.value);
    } else if (name == "post-renderer") {
      m_line.post_renderer = occurrence.value;
    } else if (name == "dry-run") {
      m_line.dry_run = occurrence.value == "server"                                ? DryRun::server
                       : occurrence.value == "none" || occurrence.value == "false" ? DryRun::none
                                                                                   : DryRun::client;
    }
    return true;
  }

  void apply_own(std::string_view name, const Occurrence& occurrence) {
    OwnFlags& own = m_line.own;
    const std::string& value = occurrence.value;
    if (name == "no-server-check") {
      own.server_check = !is_on(occurrence);
      return;
    }
    if (name == "watch") {
      own.watch = is_on(occurrence);
      return;
    }
    if (name == "quiet") {
      own.quiet = is_on(occurrence);
      return;
    }
    if (value.empty()) {
      throw base::Failure(fmt::format("--{} needs a value, and \"\" is none", name));
    }
    const OnOffAuto choice = value == "on"    ? OnOffAuto::on
                             : value == "off" ? OnOffAuto::off
                                              : OnOffAuto::automatic;
    if (name == "report") {
      own.report = value;
    } else if (name == "accept") {
      own.accept.push_back(value);
    } else if (name == "context-path") {
      own.context_path = value;
    } else if (name == "under") {
      own.under = value;
    } else if (name == "mode") {
      own.mode = value == "compat" ? TranslationMode::compat : TranslationMode::translate;
    } else if (name == "migration") {
      own.migration = choice;
    } else if (name == "identity-migration") {
      own.identity_migration = choice;
    } else if (name == "identity-migration-client-id") {
      own.identity_migration_client_id = value;
    } else if (name == "identity-migration-secret") {
      own.identity_migration_secret = value;
    } else if (name == "identity-migration-claim") {
      own.identity_migration_claim = value;
    } else if (name == "secrets") {
      own.secrets = value == "keep"   ? SecretsMode::keep
                    : value == "copy" ? SecretsMode::copy
                                      : SecretsMode::leave;
    } else {
      throw base::InternalError(fmt::format("--{} has no meaning", name));
    }
  }

  [[noreturn]] void refuse(const std::string& written) const {
    const std::string_view name =
        std::string_view(written).substr(written.starts_with("--") ? 2 : 1);
    const bool is_short = !written.starts_with("--");
    const Verb other = m_verb == Verb::template_ ? Verb::upgrade : Verb::template_;
    const Flag* elsewhere = find_flag(bits(other, 0), [&](const Flag& flag) {
      return is_short ? flag.shorthand == name.front() : flag.name == name;
    });
    if (elsewhere != nullptr) {
      throw base::Failure(fmt::format("{} is a flag of {}, not of {}", written, command_name(other),
                                      command_name(m_verb)));
    }
    std::vector<std::string_view> candidates;
    for (const Flag& flag : flag_table()) {
      if (!flag.hidden && (flag.group == FlagGroup::own || (flag.known & bits(m_verb, 0)) != 0)) {
        candidates.push_back(flag.name);
      }
    }
    const std::string_view near =
        is_short ? std::string_view() : base::nearest_word(base::lower(name), candidates);
    throw base::Failure(
        fmt::format("{} is a flag neither of {} nor of c8upgrade", written, command_name(m_verb)),
        near.empty() ? "`helm c8upgrade --help` lists the flags."
                     : fmt::format("Did you mean --{}?", near));
  }

  void judge_positionals() const {
    const auto& given = m_line.positionals;
    const std::size_t least = m_verb == Verb::upgrade ? 2 : m_verb == Verb::template_ ? 1 : 0;
    if (given.size() < least) {
      refuse_missing();
    }
    if (given.size() > 2) {
      refuse_surplus(given[2]);
    }
  }

  [[noreturn]] void refuse_missing() const {
    const auto& given = m_line.positionals;
    const std::string message =
        given.empty()
            ? (m_verb == Verb::template_ ? "The chart is missing"
                                         : "The names of release and chart are missing")
            : fmt::format("Release and chart are needed, and only '{}' was given", given.front());
    const char* insecure = std::getenv("HELM_KUBEINSECURE_SKIP_TLS_VERIFY");
    if (insecure != nullptr && parse_go_bool(insecure).value_or(false)) {
      throw base::Failure(message,
                          "Helm takes the word after --kube-insecure-skip-tls-verify away from a "
                          "plugin. Write --kube-insecure-skip-tls-verify=true.");
    }
    throw base::Failure(message, "helm c8upgrade RELEASE CHART --version 13.12.7 -f values.yaml");
  }

  // A value written after a flag that takes one only with "=" ends up as a positional.
  [[noreturn]] void refuse_surplus(const std::string& last) const {
    const auto& given = m_line.positionals;
    for (const std::string& word : given) {
      for (const Flag& flag : flag_table()) {
        if (flag.takes != Takes::value && passes_bare(flag) &&
            type_complaint(flag.type, word).empty()) {
          throw base::Failure(
              fmt::format(
                  "'{}' is taken for the name of a release or chart: --{} takes a value only "
                  "with an equals sign",
                  word, flag.name),
              fmt::format("Write --{}={}.", flag.name, word));
        }
      }
    }
    throw base::Failure(
        fmt::format("'{}' is one name too many: release and chart are '{}' and '{}'", last,
                    given[0], given[1]),
        "helm c8upgrade RELEASE CHART --version 13.12.7 -f values.yaml");
  }

  bool passes_bare(const Flag& flag) const {
    const std::string bare = fmt::format("--{}", flag.name);
    for (const std::string& word : m_line.passed) {
      if (word == bare) {
        return true;
      }
    }
    return false;
  }

  Verb m_verb;
  const std::function<int()>& m_helm_major;
  int m_major = 0;
  CommandLine m_line;
};

}  // namespace

CommandLine parse_command_line(Verb verb, const std::vector<std::string>& words,
                               const std::function<int()>& helm_major) {
  return Interpreter(verb, helm_major).interpret(words);
}

}  // namespace helm
