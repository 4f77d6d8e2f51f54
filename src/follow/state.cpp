#include "follow/state.hpp"

#include "base/secrets.hpp"
#include "upgrade/findings.hpp"
#include "upgrade/migration.hpp"
#include "values/lookup.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace follow {
namespace {

using upgrade::finding;
using upgrade::Object;
using upgrade::Objects;
using values::items_at;
using values::Path;
using values::plain_at;
using values::Value;

long number(const Object& object, const Path& path, long otherwise = 0) {
  const Value* found = object.find(path);
  return found == nullptr || !found->is_number() ? otherwise
                                                 : static_cast<long>(found->as_number());
}

// A condition of that type that is as wanted, or nullptr.
const Value* condition(const Object& object, std::string_view type, std::string_view status) {
  for (const Value& one : items_at(object.value(), "status.conditions")) {
    if (plain_at(one, "type") == type && plain_at(one, "status") == status) {
      return &one;
    }
  }
  return nullptr;
}

Item rollout(const Object& object) {
  Item item{object.title(), Phase::waiting, {}};
  const long wanted = number(object, "spec.replicas", 1);
  const long updated = number(object, "status.updatedReplicas");
  const long ready = number(object, "status.readyReplicas");
  const long there = number(object, "status.replicas");
  const bool seen =
      number(object, "status.observedGeneration") >= number(object, "metadata.generation");
  const bool old_pods = object.kind() == "StatefulSet" ? object.plain("status.currentRevision") !=
                                                             object.plain("status.updateRevision")
                                                       : there > updated;
  if (seen && updated >= wanted && ready >= wanted && !old_pods) {
    item.phase = Phase::done;
    item.detail = fmt::format("{} of {} pods ready", ready, wanted);
  } else {
    item.detail = fmt::format("{} of {} pods updated, {} ready", seen ? updated : 0, wanted, ready);
  }
  return item;
}

Item job(const Object& object) {
  Item item{object.title(), Phase::waiting, {}};
  switch (upgrade::state_of(&object)) {
    case upgrade::JobState::complete:
      item.phase = Phase::done;
      item.detail = "complete";
      break;
    case upgrade::JobState::failed:
      item.phase = Phase::failed;
      item.detail = "failed";
      break;
    default: {
      const long active = number(object, "status.active");
      const long failed = number(object, "status.failed");
      item.detail = active > 0 ? "running" : "no pod yet";
      if (failed > 0) {
        item.detail += fmt::format(", {} failed before", failed);
      }
    }
  }
  return item;
}

// What a container waits for, when it will not go away by itself.
std::string_view rule_of(std::string_view reason) {
  struct Known {
    std::string_view reason;
    std::string_view rule;
  };
  static constexpr std::array<Known, 7> k_known = {{{"CrashLoopBackOff", "pod-crashes"},
                                                    {"ImagePullBackOff", "image-not-pulled"},
                                                    {"ErrImagePull", "image-not-pulled"},
                                                    {"InvalidImageName", "image-not-pulled"},
                                                    {"CreateContainerConfigError", "pod-not-made"},
                                                    {"CreateContainerError", "pod-not-made"},
                                                    {"RunContainerError", "pod-not-made"}}};
  for (const Known& known : k_known) {
    if (known.reason == reason) {
      return known.rule;
    }
  }
  return {};
}

// "exit code 137, OOMKilled" of the last time, or what the kubelet says now.
std::string why(const Value& container) {
  const Value* last = values::find(container, Path("lastState.terminated"));
  if (last != nullptr) {
    const std::string reason = plain_at(*last, "reason");
    return fmt::format("exit code {}{}{}", plain_at(*last, "exitCode"), reason.empty() ? "" : ", ",
                       reason);
  }
  return base::hide_secrets(plain_at(container, "state.waiting.message"));
}

void look_at_pod(const Object& pod, text::Sink& troubles) {
  for (const Path& list :
       {Path("status.initContainerStatuses"), Path("status.containerStatuses")}) {
    for (const Value& container : items_at(pod.value(), list)) {
      const std::string reason = plain_at(container, "state.waiting.reason");
      const std::string_view rule = rule_of(reason);
      if (rule.empty()) {
        continue;
      }
      const std::string words = why(container);
      troubles.push_back(finding(rule, {pod.name()},
                                 {{"pod", pod.name()},
                                  {"container", plain_at(container, "name")},
                                  {"image", plain_at(container, "image")},
                                  {"reason", words.empty() ? reason : reason + ": " + words}}));
      return;  // containers of one pod mostly wait for the same
    }
  }
  if (const Value* scheduled = condition(pod, "PodScheduled", "False")) {
    if (plain_at(*scheduled, "reason") == "Unschedulable") {
      troubles.push_back(
          finding("pod-unschedulable", {pod.name()},
                  {{"pod", pod.name()}, {"reason", plain_at(*scheduled, "message")}}));
    }
  }
}

void look_at_job(const Object& object, text::Sink& troubles) {
  const Value* failed = condition(object, "Failed", "True");
  if (failed == nullptr) {
    return;
  }
  const std::string reason = plain_at(*failed, "reason");
  const std::string message = plain_at(*failed, "message");
  troubles.push_back(finding("job-failed", {object.name()},
                             {{"job", object.name()},
                              {"reason", reason + (message.empty() ? "" : ": " + message)},
                              {"flag", migration_flag(object.name())}}));
}

bool is_workload(const Object& object) {
  return object.kind() == "StatefulSet" || object.kind() == "Deployment";
}

}  // namespace

std::string migration_flag(std::string_view job) {
  return job.ends_with("-identity") ? "--identity-migration" : "--migration";
}

std::string_view name(Phase phase) {
  return phase == Phase::done ? "done" : phase == Phase::failed ? "failed" : "waiting";
}

bool State::done() const {
  return std::all_of(items.begin(), items.end(),
                     [](const Item& item) { return item.phase == Phase::done; });
}

bool State::failed() const {
  return std::any_of(items.begin(), items.end(),
                     [](const Item& item) { return item.phase == Phase::failed; });
}

State state_of(const Objects& live) {
  State state;
  for (const Object& object : live) {
    const std::string component = object.label(upgrade::component::k_label);
    if (is_workload(object)) {
      state.items.push_back(rollout(object));
      if (component == upgrade::component::k_importer) {
        state.importer = object.name();
      }
    } else if (object.kind() == "Job") {
      state.items.push_back(job(object));
      state.has_migration = state.has_migration || component == upgrade::component::k_migration;
      state.data_migration_runs =
          state.data_migration_runs ||
          (component == upgrade::component::k_migration && object.name().ends_with("-data") &&
           state.items.back().phase == Phase::waiting);
      look_at_job(object, state.troubles);
    } else if (object.kind() == "Pod") {
      look_at_pod(object, state.troubles);
    } else if (object.kind() == "PersistentVolumeClaim" &&
               object.plain("status.phase") == "Pending") {
      state.troubles.push_back(finding("claim-unbound", {object.name()},
                                       {{"claim", object.name()},
                                        {"size", object.plain("spec.resources.requests.storage")},
                                        {"class", object.plain("spec.storageClassName")}}));
    }
  }
  return state;
}

}  // namespace follow
