#include "postrender/carried.hpp"

#include "base/strings.hpp"
#include "upgrade/drift.hpp"
#include "upgrade/findings.hpp"
#include "values/lookup.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace postrender {
namespace {

using upgrade::Object;
using values::Value;

using Names = std::vector<std::string>;

// What chart 12.x gives the brokers by itself (templates/zeebe/statefulset.yaml).
constexpr std::array<std::string_view, 20> k_own_variables{
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "CAMUNDA_DATABASE_PASSWORD",
    "CAMUNDA_LICENSE_KEY",
    "GOOGLE_APPLICATION_CREDENTIALS",
    "JAVA_TOOL_OPTIONS",
    "K8S_NAME",
    "K8S_NAMESPACE",
    "K8S_POD_NAME",
    "K8S_SERVICE_NAME",
    "LC_ALL",
    "ZEEBE_BROKER_CLUSTER_INITIALCONTACTPOINTS",
    "ZEEBE_BROKER_EXPORTERS_ELASTICSEARCH_ARGS_AUTHENTICATION_PASSWORD",
    "ZEEBE_BROKER_EXPORTERS_ELASTICSEARCH_ARGS_INDEX_PREFIX",
    "ZEEBE_BROKER_EXPORTERS_ELASTICSEARCH_ARGS_URL",
    "ZEEBE_BROKER_EXPORTERS_ELASTICSEARCH_CLASSNAME",
    "ZEEBE_BROKER_EXPORTERS_OPENSEARCH_ARGS_AUTHENTICATION_PASSWORD",
    "ZEEBE_BROKER_GATEWAY_ENABLE",
    "ZEEBE_BROKER_NETWORK_ADVERTISEDHOST",
    "ZEEBE_LOG_LEVEL"};
constexpr std::array<std::string_view, 6> k_own_volumes{
    "config", "data", "exporters", "gcp-credentials-volume", "keystore", "tmp"};
constexpr std::array<std::string_view, 1> k_own_containers{"zeebe"};

// Fields of the pod that the chart takes from the values as they are.
constexpr std::array<std::string_view, 7> k_pod_fields{
    "affinity",          "dnsConfig",   "imagePullSecrets",         "nodeSelector",
    "priorityClassName", "tolerations", "topologySpreadConstraints"};

bool is_empty(const Value* value) {
  return value == nullptr ||
         (value->entries().empty() && value->items().empty() && value->plain().empty());
}

// The brokers' own container comes first in both charts.
const Value* broker_container(const Value& pod) {
  const std::vector<Value>& containers = items_at(pod, "containers");
  return containers.empty() ? nullptr : &containers.front();
}

template <std::size_t Size>
Names names_but(const std::vector<Value>& list, const std::array<std::string_view, Size>& own) {
  Names names;
  for (const Value& item : list) {
    std::string name = plain_at(item, "name");
    if (!name.empty() && std::find(own.begin(), own.end(), name) == own.end()) {
      names.push_back(std::move(name));
    }
  }
  return names;
}

bool any_arrived(const Names& names, const std::vector<Value>& after) {
  return std::any_of(after.begin(), after.end(), [&](const Value& item) {
    return std::find(names.begin(), names.end(), plain_at(item, "name")) != names.end();
  });
}

// A variable may have a new name in 8.8: then its value is there.
bool any_value_arrived(const Names& names, const std::vector<Value>& before,
                       const std::vector<Value>& after) {
  return std::any_of(before.begin(), before.end(), [&](const Value& old) {
    return std::find(names.begin(), names.end(), plain_at(old, "name")) != names.end() &&
           std::any_of(after.begin(), after.end(), [&](const Value& now) {
             const std::string value = plain_at(old, "value");
             return !value.empty() && plain_at(now, "value") == value;
           });
  });
}

class Comparison {
 public:
  Comparison(const Value& before, const Value& after) : m_before(before), m_after(after) {}

  Names run() {
    for (const std::string_view field : k_pod_fields) {
      if (!is_empty(m_before.find(field)) && is_empty(m_after.find(field))) {
        m_lost.emplace_back(field);
      }
    }
    list("initContainers", names_but(items_at(m_before, "initContainers"), k_own_containers));
    list("containers", names_but(items_at(m_before, "containers"), k_own_containers));
    list("volumes", names_but(items_at(m_before, "volumes"), k_own_volumes));
    const Value* old = broker_container(m_before);
    const Value* now = broker_container(m_after);
    if (old != nullptr && now != nullptr) {
      variables(items_at(*old, "env"), items_at(*now, "env"));
      if (!is_empty(old->find("envFrom")) && is_empty(now->find("envFrom"))) {
        m_lost.emplace_back("envFrom");
      }
      memory(*old, *now);
    }
    return std::move(m_lost);
  }

 private:
  void lost(std::string_view what, const Names& names) {
    m_lost.push_back(std::string(what) + " (" + base::enumerate(names) + ")");
  }

  void list(const char* field, const Names& names) {
    if (!names.empty() && !any_arrived(names, items_at(m_after, field))) {
      lost(field, names);
    }
  }

  void variables(const std::vector<Value>& before, const std::vector<Value>& after) {
    const Names names = names_but(before, k_own_variables);
    if (!names.empty() && !any_arrived(names, after) && !any_value_arrived(names, before, after)) {
      lost("env", names);
    }
  }

  void memory(const Value& before, const Value& after) {
    const std::string old = plain_at(before, "resources.limits.memory");
    const std::string now = plain_at(after, "resources.limits.memory");
    const auto had = upgrade::quantity(old);
    const auto has = upgrade::quantity(now);
    if (had && has && *has < *had) {
      m_lost.push_back("resources (memory " + old + ", now " + now + ")");
    }
  }

  const Value& m_before;
  const Value& m_after;
  Names m_lost;
};

}  // namespace

text::Sink check_carried(const upgrade::Objects& before, const upgrade::Objects& after) {
  const Object* old = upgrade::brokers_of(before);
  const Object* now = upgrade::brokers_of(after);
  const Value* old_pod = old == nullptr ? nullptr : upgrade::pod_spec(*old);
  const Value* new_pod = now == nullptr ? nullptr : upgrade::pod_spec(*now);
  if (old_pod == nullptr || new_pod == nullptr) {
    return {};
  }
  const Names lost = Comparison(*old_pod, *new_pod).run();
  if (lost.empty()) {
    return {};
  }
  return {upgrade::finding("settings-lost", {now->title()},
                           {{"object", now->title()}, {"settings", base::enumerate(lost)}})};
}

}  // namespace postrender
