#include "kube/client.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "kube/connection.hpp"
#include "process/launch.hpp"
#include "process/memfd.hpp"
#include "values/json.hpp"

#include <chrono>
#include <cstdlib>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace kube {
namespace {

std::chrono::seconds call_timeout() {
  constexpr std::chrono::seconds k_default{120};
  const char* given = std::getenv("C8UPGRADE_KUBECTL_TIMEOUT");
  const int seconds = given == nullptr ? 0 : std::atoi(given);
  return seconds > 0 ? std::chrono::seconds(seconds) : k_default;
}

std::string find_kubectl() {
  if (const char* chosen = std::getenv("C8UPGRADE_KUBECTL"); chosen != nullptr && *chosen != 0) {
    return access(chosen, X_OK) == 0 ? chosen : "";
  }
  const char* path = std::getenv("PATH");
  for (const std::string_view folder : base::split(path == nullptr ? "" : path, ':')) {
    std::string candidate = std::string(folder.empty() ? "." : folder) + "/kubectl";
    if (access(candidate.c_str(), X_OK) == 0) {
      return candidate;
    }
  }
  return "";
}

// What the caller's kubeconfig says, without what Helm's words will replace. Nothing there is no
// trouble: server and token may be all there is.
values::Value kubeconfig_of_caller(const std::string& program, const std::string& context) {
  process::Command view;
  view.program = program;
  view.args = {"config", "view", "--minify", "--flatten", "--raw", "-o", "json"};
  if (!context.empty()) {
    view.args.insert(view.args.end(), {"--context", context});
  }
  view.timeout = call_timeout();
  const process::Outcome outcome = process::capture(view);
  if (outcome.exit_code != 0) {
    if (!context.empty()) {
      const Trouble trouble = classify(outcome.exit_code, outcome.timed_out, outcome.err);
      throw base::Failure("kubectl cannot use context " + context + ": " + trouble.message,
                          "Name a context of your kubeconfig with --kube-context.");
    }
    return {};
  }
  return values::from_json(outcome.out);
}

Client::Answer answer(process::Outcome outcome) {
  return {outcome.exit_code, outcome.timed_out, std::move(outcome.out), std::move(outcome.err)};
}

[[noreturn]] void fail(const Trouble& trouble, const std::string& what) {
  std::string next;
  switch (trouble.kind) {
    case Trouble::Kind::missing:
      next = "Install kubectl, or set C8UPGRADE_KUBECTL to it.";
      break;
    case Trouble::Kind::unreachable:
      next = "Check the kube context: kubectl config current-context";
      break;
    case Trouble::Kind::forbidden:
      next = "Use an account that may do this, or ask for the right.";
      break;
    default:
      break;
  }
  throw base::Failure("cannot read " + what + ": " + trouble.message, next);
}

}  // namespace

Client::Client(std::string release_namespace)
    : m_program(find_kubectl()), m_namespace(std::move(release_namespace)) {
  if (m_program.empty()) {
    return;
  }
  const Connection words = connection_from_environment();
  if (words.needs_kubeconfig()) {
    const values::Value config = overlay(kubeconfig_of_caller(m_program, words.context), words);
    m_kubeconfig =
        process::descriptor_path(process::make_memfd("kubeconfig", values::to_json(config)));
  } else {
    m_context = words.context;
  }
}

Client Client::with_kubeconfig(const values::Value& kubeconfig) {
  Client client;
  client.m_program = find_kubectl();
  if (client.m_program.empty()) {
    throw base::Failure("there is no kubectl", "Install kubectl, or set C8UPGRADE_KUBECTL to it.");
  }
  client.m_kubeconfig =
      process::descriptor_path(process::make_memfd("kubeconfig", values::to_json(kubeconfig)));
  return client;
}

std::vector<Client::Answer> Client::run_all(const std::vector<Call>& calls) const {
  std::vector<process::Command> commands;
  for (const Call& call : calls) {
    process::Command command;
    command.program = m_program.empty() ? "kubectl" : m_program;
    command.args = {"--request-timeout=30s"};
    const std::string& in_namespace = call.in_namespace.empty() ? m_namespace : call.in_namespace;
    if (!in_namespace.empty()) {
      command.args.insert(command.args.end(), {"--namespace", in_namespace});
    }
    if (!m_context.empty()) {
      command.args.insert(command.args.end(), {"--context", m_context});
    }
    if (!m_kubeconfig.empty()) {
      command.environment = {"KUBECONFIG=" + m_kubeconfig};
    }
    command.args.insert(command.args.end(), call.words.begin(), call.words.end());
    command.input = call.input;
    command.timeout = call_timeout();
    commands.push_back(std::move(command));
  }
  std::vector<Answer> answers;
  for (process::Outcome& outcome : process::capture_all(commands)) {
    answers.push_back(answer(std::move(outcome)));
  }
  return answers;
}

Client::Answer Client::run(const std::vector<std::string>& words, const std::string& input) const {
  return std::move(run_all({Call{words, input, {}}}).front());
}

std::optional<values::Value> Client::get(const std::string& kind, const std::string& name) const {
  const Answer answer = run({"get", kind, name, "--ignore-not-found", "-o", "json"});
  if (!answer.ok()) {
    fail(answer.trouble(), kind + " " + name);
  }
  std::vector<values::Value> found = items_of(answer.out);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<values::Value> Client::list(const std::string& kinds,
                                        const std::string& selector) const {
  std::vector<std::string> words = {"get", kinds, "-o", "json"};
  if (!selector.empty()) {
    words.insert(words.end(), {"--selector", selector});
  }
  const Answer answer = run(words);
  if (!answer.ok()) {
    fail(answer.trouble(), kinds);
  }
  return items_of(answer.out);
}

std::vector<values::Value> items_of(const std::string& json) {
  if (base::trim(json).empty()) {
    return {};
  }
  values::Value answer = values::from_json(json);
  const values::Value* kind = answer.find("kind");
  if (kind == nullptr || !kind->as_text().ends_with("List")) {
    return {std::move(answer)};
  }
  values::Value* items = answer.find("items");
  return items == nullptr ? std::vector<values::Value>() : std::move(items->items());
}

}  // namespace kube
