#include "upgrade/verdict.hpp"

#include "base/strings.hpp"
#include "upgrade/findings.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

namespace upgrade {
namespace {

using kube::Client;

// What kubectl calls an object when it has done something with it:
// "statefulset.apps/camunda-zeebe".
std::string printed_name(const Object& object) {
  const std::string& version = object.api_version();
  const std::size_t slash = version.find('/');
  const std::string group = slash == std::string::npos ? "" : "." + version.substr(0, slash);
  return base::lower(object.kind()) + group + "/" + object.name();
}

std::set<std::string> accepted_names(std::string_view out) {
  std::set<std::string> names;
  for (const std::string_view line : base::split_lines(out)) {
    if (const std::size_t space = line.find(' '); space != std::string_view::npos) {
      names.emplace(line.substr(0, space));
    }
  }
  return names;
}

// kubectl prints one line for an error; the causes of a single refusal stand on lines of their own
// that begin with "* ".
std::vector<std::string> error_messages(std::string_view err) {
  std::vector<std::string> messages;
  for (const std::string_view line : base::split_lines(err)) {
    if (base::trim(line).empty() || line.starts_with("Warning:")) {
      continue;
    }
    const bool continues = line.starts_with("* ") || line.starts_with(" ");
    if (continues && !messages.empty()) {
      messages.back() += " " + std::string(base::trim(line.substr(line.find_first_not_of("* "))));
    } else {
      messages.emplace_back(line);
    }
  }
  return messages;
}

bool names(std::string_view message, const Object& object) {
  const std::string quoted = "\"" + object.name() + "\"";
  const std::string typed = "/" + object.name() + "; ";  // "(h4/camunda-zeebe; apps/v1, Kind=…)"
  if (!base::contains(message, quoted) && !base::contains(message, typed)) {
    return false;
  }
  return base::contains(base::lower(message), base::lower(object.kind()));
}

// kubectl's preamble says what it tried; the reader wants the server's sentence.
std::string shortened(std::string message) {
  for (const std::string_view start : {"Error from server (", "error: ", "Error from server: "}) {
    if (message.starts_with(start)) {
      const std::size_t end = message.find(": ");
      message = end == std::string::npos ? message : message.substr(end + 2);
      break;
    }
  }
  if (const std::size_t at = message.find("error when "); at == 0) {
    const std::size_t end = message.find("\": ");
    message = end == std::string::npos ? message : message.substr(end + 3);
  }
  return kube::without_objects(message);
}

// The webhook or the server cannot say without doing it.
bool cannot_judge(std::string_view message) {
  return kube::lacks_rights(message) || base::contains(message, "does not support dry run") ||
         base::contains(message, "dryRun");
}

class Count {
 public:
  Count(const VerdictQuestion& question, Verdict& verdict)
      : m_question(question), m_verdict(verdict) {}

  void add(const Ballot& ballot, const Client::Answer& answer) {
    const std::set<std::string> accepted = accepted_names(answer.out);
    std::vector<const Object*> open;
    for (const Object* object : ballot.objects) {
      if (accepted.contains(printed_name(*object))) {
        ++m_verdict.accepted;
      } else {
        open.push_back(object);
      }
    }
    if (open.empty()) {
      return;
    }
    const kube::Trouble trouble = answer.trouble();
    if (accepted.empty() && (trouble.kind == kube::Trouble::Kind::unreachable ||
                             trouble.kind == kube::Trouble::Kind::missing ||
                             trouble.kind == kube::Trouble::Kind::forbidden)) {
      m_not_asked = shortened(trouble.message);
      return;
    }
    attribute(open, error_messages(answer.err));
  }

  void finish() {
    if (!m_not_asked.empty()) {
      m_verdict.findings.push_back(
          finding("server-check-not-done", {"kubectl"}, {{"reason", m_not_asked}}));
    }
  }

 private:
  void attribute(std::vector<const Object*> open, std::vector<std::string> messages) {
    for (auto object = open.begin(); object != open.end();) {
      const auto message = std::find_if(messages.begin(), messages.end(),
                                        [&](const auto& text) { return names(text, **object); });
      if (message == messages.end()) {
        ++object;
        continue;
      }
      refused(**object, *message);
      messages.erase(message);
      object = open.erase(object);
    }
    // What is left names nobody: errors come in the order of the objects.
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (messages.size() == open.size()) {
        refused(*open[i], messages[i]);
      } else if (!messages.empty()) {
        refused(*open[i], messages.front());
      } else {
        m_not_asked = "no answer about " + open[i]->title();
      }
    }
  }

  void refused(const Object& object, const std::string& message) {
    const std::string words = shortened(message);
    if (cannot_judge(message)) {
      m_not_asked = words;
    } else if (!m_question.told.contains(object.title())) {
      m_verdict.findings.push_back(finding("server-refuses", {object.name()},
                                           {{"object", object.title()}, {"words", words}}));
    }
  }

  const VerdictQuestion& m_question;
  Verdict& m_verdict;
  std::string m_not_asked;
};

}  // namespace

std::vector<Ballot> ballots_of(const VerdictQuestion& question) {
  std::map<std::pair<std::string, std::string>, Ballot> by_call;  // (namespace, verb)
  for (const Object& object : question.after) {
    const bool exists = question.existing.contains(object.title());
    // A Job's selector is the server's own: replacing one is refused whatever it says.
    const bool fixed_job =
        object.kind() == "Job" && exists && question.applying == Applying::client_side;
    if (object.kind() == "PersistentVolumeClaim" || fixed_job ||
        question.leave_out.contains(object.title())) {
      continue;
    }
    const std::string verb = question.applying != Applying::client_side ? "apply"
                             : exists                                   ? "replace"
                                                                        : "create";
    Ballot& ballot = by_call[{foreign_namespace(object, question.release_namespace), verb}];
    ballot.objects.push_back(&object);
    ballot.call.input += "---\n" + object.text() + "\n";
  }
  std::vector<Ballot> ballots;
  for (auto& [key, ballot] : by_call) {
    std::vector<std::string>& words = ballot.call.words;
    words = {key.second};
    if (key.second == "apply") {
      words.insert(words.end(), {"--server-side", "--field-manager=helm"});
      if (question.applying == Applying::server_side_forced) {
        words.emplace_back("--force-conflicts");
      }
    }
    // Helm judges unknown fields by itself, and has done so when it rendered.
    words.insert(words.end(), {"--dry-run=server", "--validate=ignore", "-f", "-"});
    ballot.call.in_namespace = key.first;
    ballots.push_back(std::move(ballot));
  }
  return ballots;
}

Verdict verdict_of(const VerdictQuestion& question, const std::vector<Ballot>& ballots,
                   const std::vector<Client::Answer>& answers) {
  Verdict verdict;
  Count count(question, verdict);
  for (std::size_t i = 0; i < ballots.size() && i < answers.size(); ++i) {
    count.add(ballots[i], answers[i]);
  }
  count.finish();
  return verdict;
}

}  // namespace upgrade
