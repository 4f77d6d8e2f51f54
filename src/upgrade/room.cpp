#include "upgrade/room.hpp"

#include "base/strings.hpp"
#include "upgrade/drift.hpp"
#include "upgrade/findings.hpp"
#include "values/lookup.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace upgrade {
namespace {

using kube::Client;
using values::items_at;
using values::Path;
using values::plain_at;
using values::Value;

// A line for each pod that has a node and has not ended: cpu and memory of its containers.
constexpr const char* k_pods_template =
    R"({{range .items}}{{if .spec.nodeName}}{{range .spec.containers}})"
    R"({{with .resources.requests}}{{with .cpu}}{{.}}{{end}},{{with .memory}}{{.}}{{end}};{{end}})"
    R"({{end}}{{"\n"}}{{end}}{{end}})";

bool runs_for_ever(const Object& object) {
  return object.kind() == "StatefulSet" || object.kind() == "Deployment" ||
         object.kind() == "DaemonSet";
}

double amount(const Value& value, const Path& path) {
  return quantity(plain_at(value, path)).value_or(0);
}

Requests of_pod(const Value& pod) {
  Requests all;
  for (const Value& container : items_at(pod, "containers")) {
    all.cpu += amount(container, "resources.requests.cpu");
    all.memory += amount(container, "resources.requests.memory");
  }
  for (const Value& container : items_at(pod, "initContainers")) {
    all.cpu = std::max(all.cpu, amount(container, "resources.requests.cpu"));
    all.memory = std::max(all.memory, amount(container, "resources.requests.memory"));
  }
  return all;
}

double replicas_of(const Object& object) {
  const Value* replicas = object.find("spec.replicas");
  return replicas == nullptr || !replicas->is_number() ? 1 : replicas->as_number();
}

bool grows(const Objects& before, const Objects& after) {
  const Requests was = requests_of(before, true);
  const Requests is = requests_of(after, true);
  return is.cpu > was.cpu || is.memory > was.memory;
}

// What a node has for pods; nothing of one that takes none.
void add_node(const Object& node, Room& room) {
  const Value* closed = node.find("spec.unschedulable");
  const auto& taints = items_at(node.value(), "spec.taints");
  const bool tainted = std::any_of(taints.begin(), taints.end(), [](const Value& taint) {
    return plain_at(taint, "effect") != "PreferNoSchedule";
  });
  if (tainted || (closed != nullptr && closed->truthy())) {
    return;
  }
  room.cpu += amount(node.value(), "status.allocatable.cpu");
  room.memory += amount(node.value(), "status.allocatable.memory");
}

void take_pods(std::string_view lines, Room& room) {
  for (const std::string_view line : base::split_lines(lines)) {
    for (const std::string_view container : base::split(line, ';')) {
      const std::size_t comma = container.find(',');
      if (comma != std::string_view::npos) {
        room.cpu -= quantity(container.substr(0, comma)).value_or(0);
        room.memory -= quantity(container.substr(comma + 1)).value_or(0);
      }
    }
  }
}

void look_at_budget(const Object& budget, text::Sink& findings) {
  const Value* allowed = budget.find("status.disruptionsAllowed");
  const Value* expected = budget.find("status.expectedPods");
  if (allowed != nullptr && !allowed->truthy() && expected != nullptr && expected->truthy()) {
    findings.push_back(finding("disruption-budget-blocks", {budget.name()},
                               {{"name", budget.name()},
                                {"healthy", budget.plain("status.currentHealthy")},
                                {"wanted", budget.plain("status.desiredHealthy")},
                                {"expected", budget.plain("status.expectedPods")}}));
  }
}

// One decimal, and none when it is 0: "8.5", "20".
std::string number(double value) {
  const double rounded = std::round(value * 10) / 10;
  return rounded == std::floor(rounded) ? fmt::format("{:.0f}", rounded)
                                        : fmt::format("{:.1f}", rounded);
}

}  // namespace

Requests requests_of(const Objects& objects, bool with_jobs) {
  Requests all;
  for (const Object& object : objects) {
    const Value* pod = pod_spec(object);
    if (pod == nullptr || !(runs_for_ever(object) || (with_jobs && object.kind() == "Job"))) {
      continue;
    }
    const Requests one = of_pod(*pod);
    const double replicas = replicas_of(object);
    all.cpu += replicas * one.cpu;
    all.memory += replicas * one.memory;
    for (const Value& claim : items_at(object.value(), "spec.volumeClaimTemplates")) {
      all.storage += replicas * amount(claim, "spec.resources.requests.storage");
    }
  }
  return all;
}

std::vector<Client::Call> calls_for_room(const Objects& before, const Objects& after) {
  std::vector<Client::Call> calls = {{{"get", "poddisruptionbudgets,nodes", "-o", "json"}, {}, {}}};
  if (grows(before, after)) {
    calls.push_back({{"get", "pods", "--all-namespaces", "--field-selector",
                      "status.phase!=Succeeded,status.phase!=Failed", "-o",
                      std::string("go-template=") + k_pods_template},
                     {},
                     {}});
  }
  return calls;
}

RoomAnswer check_room(const Objects& before, const Objects& after,
                      const std::vector<Client::Answer>& answers) {
  RoomAnswer answer;
  if (answers.empty()) {
    return answer;
  }
  Room room;
  bool nodes = false;
  // kubectl prints what it got even when one kind was forbidden.
  for (const Object& object : objects_of(kube::items_of(answers.front().out))) {
    if (object.kind() == "Node") {
      nodes = true;
      add_node(object, room);
    } else if (object.kind() == "PodDisruptionBudget") {
      look_at_budget(object, answer.findings);
    }
  }
  if (!nodes || answers.size() < 2 || !answers[1].ok()) {
    return answer;
  }
  take_pods(answers[1].out, room);
  answer.room = room;
  const Requests was = requests_of(before, true);
  const Requests is = requests_of(after, true);
  const double cpu = is.cpu - was.cpu;
  const double memory = is.memory - was.memory;
  if (cpu > room.cpu || memory > room.memory) {
    answer.findings.push_back(finding("nodes-full", {"nodes"},
                                      {{"cpu", cores(std::max(cpu, 0.0))},
                                       {"memory", gibibytes(std::max(memory, 0.0))},
                                       {"free_cpu", cores(std::max(room.cpu, 0.0))},
                                       {"free_memory", gibibytes(std::max(room.memory, 0.0))}}));
  }
  return answer;
}

std::string cores(double value) {
  return number(value);
}

std::string gibibytes(double bytes) {
  return number(bytes / (1024.0 * 1024 * 1024)) + "Gi";
}

}  // namespace upgrade
