#include "decisions/brokers.hpp"

#include "rules/translation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>
#include <span>

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

constexpr std::array k_components = {"zeebeGateway", "operate", "tasklist"};
constexpr std::array k_own_pod = {"replicas",
                                  "configMap",
                                  "resources",
                                  "podSecurityContext",
                                  "nodeSelector",
                                  "tolerations",
                                  "affinity",
                                  "containerSecurityContext",
                                  "startupProbe",
                                  "readinessProbe",
                                  "livenessProbe",
                                  "metrics",
                                  "dnsPolicy",
                                  "dnsConfig",
                                  "nameOverride",
                                  "priorityClassName",
                                  "autoscaling",
                                  "fullnameOverride",
                                  "podDisruptionBudget",
                                  "zeebeClientConfigPath",
                                  "topologySpreadConstraints"};

constexpr std::array k_account = {"serviceAccount"};

// The gateway of 8.7 had no switch of its own.
bool deployed(const Translation& t, const std::string& component) {
  return t.on(component == "zeebeGateway" ? Path("zeebe.enabled") : Path(component).key("enabled"));
}

void decide_profiles(Translation& t) {
  if (t.user("zeebe.enabled") != nullptr) {
    const bool webapps = t.on("operate.enabled") || t.on("tasklist.enabled");
    if (!t.on("zeebe.enabled") && webapps) {
      t.tell("broker-without-webapps", {{"zeebe.enabled"}, {}, "zeebe.enabled", {}});
      t.claim("zeebe.enabled", FateKind::asked, {}, "broker-enabled");
    } else {
      t.move("zeebe.enabled", "orchestration.enabled", "broker-enabled");
    }
  }
  for (const char* app : {"operate", "tasklist"}) {
    t.move(Path(app).key("enabled"), Path("orchestration.profiles").key(app), "profile");
  }
}

void decide_resources(Translation& t) {
  const Value* mine = t.user("zeebe.resources");
  if (mine == nullptr) {
    return;
  }
  const bool partly = mine->is_map() && !mine->entries().empty();
  t.move("zeebe.resources", "orchestration.resources", "broker-resources");
  if (!partly) {
    return;
  }
  for (const char* leaf : {"requests.cpu", "requests.memory", "limits.cpu", "limits.memory"}) {
    const Path rest(leaf);
    const Path old = Path("zeebe.resources").join(rest);
    if (t.user(old) == nullptr && !t.effective(old).is_null()) {
      t.pin(Path("orchestration.resources").join(rest), t.effective(old), "broker-resources-kept");
    }
  }
}

// What the components set under `keys` for the pod they no longer have is dropped; what differs
// from the brokers' is told, in one finding.
void give_up(Translation& t, std::span<const char* const> keys, std::string_view finding) {
  std::vector<std::string> given_up;
  Path first;
  for (const char* component : k_components) {
    for (const char* key : keys) {
      const Path setting = Path(component).key(key);
      for (const Path& leaf : t.unclaimed(setting)) {
        const Value brokers = t.effective(Path("zeebe").join(leaf.after(1)));
        if (deployed(t, component) && t.changed(leaf) && !(t.effective(leaf) == brokers)) {
          given_up.push_back(leaf.text());
          first = first.empty() ? setting : first;
        }
      }
      t.drop(setting, "own-pod");
    }
  }
  if (!given_up.empty()) {
    t.tell(finding, {std::move(given_up), {}, first, {}});
  }
}

std::string kubernetes_name(std::string name) {
  name.resize(std::min<std::size_t>(name.size(), 63));
  if (name.ends_with('-')) {
    name.pop_back();
  }
  return name;
}

// The templates that a name is made of in practice. False when something is left to evaluate.
bool evaluate_name(const Translation& t, std::string& text) {
  std::size_t open = 0;
  while ((open = text.find("{{", open)) != std::string::npos) {
    const std::size_t close = text.find("}}", open);
    if (close == std::string::npos) {
      return false;
    }
    std::string inner = text.substr(open + 2, close - open - 2);
    std::erase_if(inner, [](char c) { return c == ' ' || c == '-'; });
    const std::string value = inner == ".Release.Name"        ? t.request().release
                              : inner == ".Release.Namespace" ? t.request().release_namespace
                                                              : "";
    if (value.empty()) {
      return false;
    }
    text.replace(open, close + 2 - open, value);
    open += value.size();
  }
  return true;
}

// camundaPlatform.componentFullname of both charts.
std::string component_name(const Translation& t, const std::string& full_name,
                           const std::string& name) {
  if (!full_name.empty()) {
    return kubernetes_name(full_name);
  }
  const std::string& release = t.request().release;
  return kubernetes_name(release.find(name) != std::string::npos ? release : release + "-" + name);
}

void decide_names(Translation& t) {
  std::string old_name = t.text("global.zeebeClusterName");
  const std::string own_account = t.text("zeebe.serviceAccount.name");
  const std::string own_name = t.text("zeebe.nameOverride");
  const std::string old_account =
      component_name(t, t.text("zeebe.fullnameOverride"), own_name.empty() ? "zeebe" : own_name);
  t.drop("zeebe.nameOverride", "broker-names");
  t.drop("zeebe.fullnameOverride", "broker-names");

  // Keys of 8.8 that its chart does not list.
  const Value* shorter = t.user("orchestration.nameOverride");
  std::string new_name =
      component_name(t, "", shorter != nullptr && shorter->truthy() ? shorter->plain() : "zeebe");
  const Value* chosen = t.user("orchestration.fullnameOverride");
  if (old_name.empty()) {
    old_name = t.request().release + "-broker";
  }
  if (chosen != nullptr && chosen->truthy()) {
    new_name = kubernetes_name(chosen->plain());
  } else if (!evaluate_name(t, old_name)) {
    t.tell("statefulset-name-unknown",
           {{"global.zeebeClusterName"}, {}, "global.zeebeClusterName", {}});
    return;
  } else if (kubernetes_name(old_name) != new_name) {
    new_name = kubernetes_name(old_name);
    t.pin("orchestration.fullnameOverride", Value::text(new_name), "statefulset-name");
  }
  if (t.on("zeebe.serviceAccount.enabled") && own_account.empty() && old_account != new_name) {
    t.pin("orchestration.serviceAccount.name", Value::text(old_account), "service-account-name");
  }
}

int pods(const Translation& t) {
  const int size = std::atoi(t.text("zeebe.clusterSize").c_str());
  const int regions = std::max(1, std::atoi(t.text("global.multiregion.regions").c_str()));
  return size / regions;
}

void decide_disruption_budget(Translation& t) {
  const Path old = "zeebe.podDisruptionBudget";
  const Path now = "orchestration.podDisruptionBudget";
  for (const Path& leaf : t.unclaimed(old)) {
    const Value* value = t.user(leaf);
    if (value == nullptr || value->is_null()) {
      t.drop(leaf, "disruption-budget");
      continue;
    }
    const std::string text = value->plain();
    if (value->is_text() && text.ends_with('%')) {
      // Kubernetes rounds both of them up.
      const double share = std::strtod(text.c_str(), nullptr) / 100;
      Value number = Value::integer(static_cast<std::int64_t>(std::ceil(share * pods(t))));
      number.origin = value->origin;
      const Path to = now.join(leaf.after(2));
      if (t.put(to, number) && t.on("zeebe.podDisruptionBudget.enabled")) {
        t.tell("disruption-budget-percent", {{leaf.text()}, {}, leaf, {}});
      }
      t.claim(leaf, FateKind::converted, {to}, "disruption-budget");
      continue;
    }
    t.move(leaf, now.join(leaf.after(2)), "disruption-budget");
  }
}

}  // namespace

void decide_brokers(rules::Translation& t) {
  decide_profiles(t);
  decide_resources(t);
  give_up(t, k_own_pod, "one-pod");
  give_up(t, k_account, "service-accounts");
  decide_names(t);
  decide_disruption_budget(t);
}

}  // namespace decisions
