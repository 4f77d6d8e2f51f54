#include "follow/watch.hpp"

#include "base/failure.hpp"
#include "base/secrets.hpp"
#include "base/strings.hpp"
#include "rules/catalogue.hpp"
#include "upgrade/findings.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <utility>

namespace follow {
namespace {

using kube::Client;
using std::chrono::seconds;
using std::chrono::steady_clock;

// Lines of a failed Job's log: those that are searched, and those that are shown.
constexpr std::size_t k_read_of_failed = 300;
constexpr std::size_t k_shown_of_failed = 5;

// What the data migration's Job says while it waits; anything else it says is progress.
constexpr std::string_view k_waits_for_importer = "Wait for importer";

std::string shown(seconds time) {
  const auto count = time.count();
  return count % 60 == 0 ? fmt::format("{}m", count / 60) : fmt::format("{}s", count);
}

Client::Answer ask(const Client& client, const std::string& release) {
  return client.run({"get", "statefulsets,deployments,jobs,pods,persistentvolumeclaims", "-o",
                     "json", "--selector", "app.kubernetes.io/instance=" + release});
}

// A Job's name of its title, when it still runs.
std::string running_job(const Item& item) {
  const bool runs = item.title.starts_with("Job ") && item.phase == Phase::waiting &&
                    item.detail.starts_with("running");
  return runs ? item.title.substr(4) : std::string();
}

class Watch {
 public:
  Watch(const Client& client, const WatchWords& words, View& view,
        const process::Interrupt& interrupt)
      : m_client(client), m_words(words), m_view(view), m_interrupt(interrupt) {}

  End run() {
    take(state_of(look_at_release(m_client, m_words.release)));
    while (true) {
      if (m_state.failed()) {
        tell_logs_of_failed();
        return End::failed;
      }
      if (m_state.done()) {
        return End::complete;
      }
      if (m_words.timeout.count() > 0 && elapsed() >= m_words.timeout) {
        return End::timed_out;
      }
      check_stall();
      if (!m_interrupt.sleep(m_words.interval)) {
        return End::interrupted;
      }
      look_again();
    }
  }

 private:
  seconds elapsed() const {
    return std::chrono::duration_cast<seconds>(steady_clock::now() - m_began);
  }

  void look_again() {
    const Client::Answer answer = ask(m_client, m_words.release);
    if (m_interrupt.signal() != 0) {
      return;
    }
    upgrade::Objects objects = upgrade::objects_of(kube::items_of(answer.ok() ? answer.out : ""));
    if (!answer.ok()) {
      const kube::Trouble trouble = answer.trouble();
      if (trouble.kind == kube::Trouble::Kind::forbidden) {
        throw base::Failure("cannot go on watching: " + trouble.message);
      }
      if (!m_away) {
        m_away = true;
        m_view.say(
            fmt::format("the API server does not answer, asking again ({})", trouble.message));
      }
      return;
    }
    if (std::exchange(m_away, false)) {
      m_view.say("the API server answers again");
    }
    take(state_of(objects));
  }

  void take(State state) {
    if (m_words.positions != nullptr && state.data_migration_runs) {
      state.items.push_back(m_words.positions->look());
    }
    const std::set<std::string> before = std::exchange(m_troubles, {});
    for (const text::Diagnostic& one : state.troubles) {
      const std::string id = one.rule + " " + one.subjects.front();
      m_troubles.insert(id);
      if (!before.contains(id)) {
        m_view.trouble(one);
      }
    }
    std::map<std::string, std::string> logs = last_lines(state);
    if (state.items != m_state.items || moves(logs)) {
      m_moved = steady_clock::now();
      m_stall_told = false;
    }
    m_state = std::move(state);
    m_logs = logs;
    m_view.look({m_state, std::move(logs), elapsed()});
  }

  std::map<std::string, std::string> last_lines(const State& state) const {
    std::vector<std::string> titles;
    std::vector<Client::Call> calls;
    for (const Item& item : state.items) {
      if (const std::string job = running_job(item); !job.empty()) {
        titles.push_back(item.title);
        calls.push_back({{"logs", "job/" + job, "--tail=1"}, {}, {}});
      }
    }
    std::map<std::string, std::string> lines;
    if (calls.empty()) {
      return lines;
    }
    const std::vector<Client::Answer> answers = m_client.run_all(calls);
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const std::string line = base::hide_secrets(base::trim(answers[i].out));
      if (answers[i].ok() && !line.empty()) {
        lines[titles[i]] = line;
      }
    }
    return lines;
  }

  bool moves(const std::map<std::string, std::string>& logs) const {
    return std::any_of(logs.begin(), logs.end(), [&](const auto& entry) {
      const auto before = m_logs.find(entry.first);
      return !base::contains(entry.second, k_waits_for_importer) &&
             (before == m_logs.end() || before->second != entry.second);
    });
  }

  void check_stall() {
    const auto still = std::chrono::duration_cast<seconds>(steady_clock::now() - m_moved);
    if (m_stall_told || m_words.stall.count() == 0 || still < m_words.stall) {
      return;
    }
    m_stall_told = true;
    std::vector<std::string> waiting;
    bool migration = false;
    for (const Item& item : m_state.items) {
      if (item.phase == Phase::waiting) {
        waiting.push_back(item.title);
        migration = migration || item.title.starts_with("Job ");
      }
    }
    if (!migration) {
      m_view.say(fmt::format("nothing has moved for {}; still waiting: {}", shown(m_words.stall),
                             base::enumerate(waiting)));
      return;
    }
    m_view.trouble(
        upgrade::finding("migration-stalled", waiting,
                         {{"time", shown(m_words.stall)}, {"items", base::enumerate(waiting)}}));
    if (m_words.restart_importer && !m_state.importer.empty() &&
        !std::exchange(m_restarted, true)) {
      restart_importer();
    }
  }

  void restart_importer() {
    const Client::Answer answer =
        m_client.run({"rollout", "restart", "deployment/" + m_state.importer});
    m_view.say(answer.ok() ? fmt::format("restarted Deployment {}", m_state.importer)
                           : fmt::format("cannot restart Deployment {}: {}", m_state.importer,
                                         answer.trouble().message));
  }

  void tell_logs_of_failed() {
    for (const Item& item : m_state.items) {
      if (item.phase == Phase::failed) {
        const std::string job = item.title.substr(item.title.find(' ') + 1);
        const Client::Answer answer =
            m_client.run({"logs", "job/" + job, fmt::format("--tail={}", k_read_of_failed)});
        if (answer.ok() && !base::trim(answer.out).empty()) {
          tell_last_words(item.title, answer.out);
          tell_known_causes(job, answer.out);
        }
      }
    }
  }

  void tell_last_words(const std::string& title, std::string_view log) {
    const std::string safe = base::hide_secrets(base::trim(log));
    const auto lines = base::split_lines(safe);
    m_view.say(fmt::format("the last words of {}:", title));
    for (std::size_t i = lines.size() - std::min(lines.size(), k_shown_of_failed); i < lines.size();
         ++i) {
      m_view.say(fmt::format("  {}", lines[i]));
    }
  }

  void tell_known_causes(const std::string& job, std::string_view log) {
    for (const rules::Rule& rule : rules::catalogue_8_7_to_8_8().rules) {
      if (rule.verb == rules::Verb::finding && !rule.value.empty() &&
          base::contains(log, rule.value)) {
        m_view.trouble(
            upgrade::finding(rule.id, {job}, {{"job", job}, {"flag", migration_flag(job)}}));
      }
    }
  }

  const Client& m_client;
  const WatchWords& m_words;
  View& m_view;
  const process::Interrupt& m_interrupt;
  const steady_clock::time_point m_began = steady_clock::now();
  steady_clock::time_point m_moved = steady_clock::now();
  State m_state;
  std::map<std::string, std::string> m_logs;
  std::set<std::string> m_troubles;  // rule and subject of those that are told
  bool m_away = false;
  bool m_stall_told = false;
  bool m_restarted = false;
};

}  // namespace

upgrade::Objects look_at_release(const Client& client, const std::string& release) {
  const Client::Answer answer = ask(client, release);
  upgrade::Objects objects = upgrade::objects_of(kube::items_of(answer.out));
  if (!answer.ok()) {
    throw base::Failure("cannot look at the release: " + answer.trouble().message,
                        "It needs the right to get and list StatefulSets, Deployments, Jobs, pods "
                        "and claims.");
  }
  if (objects.empty()) {
    throw base::Failure(
        fmt::format("nothing of a release {} runs in this namespace", release),
        "helm list --all-namespaces shows what is there; --namespace names another one.");
  }
  return objects;
}

End watch(const Client& client, const WatchWords& words, View& view,
          const process::Interrupt& interrupt) {
  return Watch(client, words, view, interrupt).run();
}

}  // namespace follow
