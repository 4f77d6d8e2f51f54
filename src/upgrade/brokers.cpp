#include "upgrade/brokers.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "upgrade/findings.hpp"
#include "values/lookup.hpp"
#include "values/yaml_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <iterator>
#include <string_view>
#include <vector>

namespace upgrade {
namespace {

using values::Path;
using values::Value;

std::optional<long> number(std::string_view text) {
  long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

std::optional<long> number_at(const Value& config, std::initializer_list<Path> paths) {
  for (const Path& path : paths) {
    if (const Value* found = values::find(config, path)) {
      if (const auto value = number(found->plain())) {
        return value;
      }
    }
  }
  return std::nullopt;
}

// The plain values of a variable, one for each container that has it.
std::vector<std::string> values_of_env(const Value& pods, std::string_view name) {
  std::vector<std::string> found;
  const Value* containers = pods.find("containers");
  if (containers == nullptr) {
    return found;
  }
  for (const Value& container : containers->items()) {
    const Value* env = container.find("env");
    if (env == nullptr) {
      continue;
    }
    for (const Value& variable : env->items()) {
      const Value* key = variable.find("name");
      const Value* value = variable.find("value");
      if (key != nullptr && value != nullptr && key->as_text() == name) {
        found.push_back(value->plain());
      }
    }
  }
  return found;
}

// Spring reads "A_B" and "A_B_C" for a-b.c alike, and the environment wins over the file.
std::optional<long> number_of_env(const Value& pods,
                                  std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    for (const std::string& value : values_of_env(pods, name)) {
      if (const auto found = number(value)) {
        return found;
      }
    }
  }
  return std::nullopt;
}

// The application.yaml that the brokers mount, from the ConfigMaps of the same manifest.
Value application_of(const Objects& objects, const Value& pods) {
  const Value* volumes = pods.find("volumes");
  if (volumes == nullptr) {
    return {};
  }
  for (const Value& volume : volumes->items()) {
    const Value* name = values::find(volume, "configMap.name");
    const Object* config = name == nullptr ? nullptr : find(objects, "ConfigMap", name->plain());
    const Value* data = config == nullptr ? nullptr : config->find("data");
    for (const std::string_view file : {"application.yaml", "application.yml"}) {
      if (const Value* text = data == nullptr ? nullptr : data->find(file)) {
        try {
          std::vector<Value> documents = values::read_documents(text->as_text());
          return documents.empty() ? Value() : std::move(documents.front());
        } catch (const base::Failure&) {
          return {};  // Camunda will judge its own file; what it says is not known here
        }
      }
    }
  }
  return {};
}

// Exporters that the environment makes; Spring takes ids from it in lower case.
void add_exporters_of_env(const Value& pods, std::set<std::string>& ids) {
  constexpr std::string_view k_prefix = "ZEEBE_BROKER_EXPORTERS_";
  constexpr std::string_view k_class = "_CLASSNAME";
  for (const Value& container : values::items_at(pods, "containers")) {
    for (const Value& variable : values::items_at(container, "env")) {
      const std::string name = values::plain_at(variable, "name");
      if (name.starts_with(k_prefix) && name.ends_with(k_class)) {
        ids.insert(base::lower(
            name.substr(k_prefix.size(), name.size() - k_prefix.size() - k_class.size())));
      }
    }
  }
}

std::string shown(const std::optional<long>& value) {
  return value ? std::to_string(*value) : std::string("unknown");
}

void compare(text::Sink& findings, std::string_view rule, const std::string& name,
             const std::optional<long>& before, const std::optional<long>& after) {
  if (before && after && *before != *after) {
    findings.push_back(finding(
        rule, {name}, {{"name", name}, {"before", shown(before)}, {"after", shown(after)}}));
  }
}

}  // namespace

std::optional<BrokerFacts> broker_facts(const Objects& objects) {
  const Object* brokers = brokers_of(objects);
  if (brokers == nullptr) {
    return std::nullopt;
  }
  BrokerFacts facts;
  facts.stateful_set = brokers->name();
  facts.replicas = number(brokers->plain("spec.replicas"));
  const Value* pods = pod_spec(*brokers);
  if (pods == nullptr) {
    return facts;
  }
  facts.partitions = number_of_env(
      *pods, {"ZEEBE_BROKER_CLUSTER_PARTITIONSCOUNT", "CAMUNDA_CLUSTER_PARTITIONCOUNT"});
  facts.replication_factor = number_of_env(
      *pods, {"ZEEBE_BROKER_CLUSTER_REPLICATIONFACTOR", "CAMUNDA_CLUSTER_REPLICATIONFACTOR"});
  if (const auto profiles = values_of_env(*pods, "SPRING_PROFILES_ACTIVE"); !profiles.empty()) {
    facts.profiles = profiles.back();
  }
  const Value config = application_of(objects, *pods);
  if (const Value* exporters = values::find(config, "zeebe.broker.exporters")) {
    for (const auto& [id, exporter] : exporters->entries()) {
      facts.exporters.insert(id);
    }
  }
  add_exporters_of_env(*pods, facts.exporters);
  if (!facts.partitions) {
    facts.partitions =
        number_at(config, {"zeebe.broker.cluster.partitionsCount",
                           "camunda.cluster.partition-count", "camunda.cluster.partitionCount"});
  }
  if (!facts.replication_factor) {
    facts.replication_factor = number_at(
        config, {"zeebe.broker.cluster.replicationFactor", "camunda.cluster.replication-factor",
                 "camunda.cluster.replicationFactor"});
  }
  if (!facts.profiles) {
    const Value* active = values::find(config, "spring.profiles.active");
    if (active != nullptr && active->is_text()) {
      facts.profiles = active->plain();
    }
  }
  return facts;
}

std::vector<std::string> exporters_lost(const BrokerFacts& before, const BrokerFacts& after) {
  std::vector<std::string> lost;
  std::set_difference(before.exporters.begin(), before.exporters.end(), after.exporters.begin(),
                      after.exporters.end(), std::back_inserter(lost));
  return lost;
}

Value broker_config(const Objects& objects) {
  const Object* brokers = brokers_of(objects);
  const Value* pods = brokers == nullptr ? nullptr : pod_spec(*brokers);
  return pods == nullptr ? Value() : application_of(objects, *pods);
}

text::Sink check_brokers(const Objects& before, const Objects& live, const Objects& after) {
  text::Sink findings;
  std::optional<BrokerFacts> old_facts = broker_facts(before);
  if (const Object* running = brokers_of(live)) {
    if (!old_facts) {
      old_facts.emplace();
    }
    old_facts->stateful_set = running->name();
    old_facts->replicas = number(running->plain("spec.replicas"));
  }
  if (!old_facts) {
    return findings;
  }
  const std::optional<BrokerFacts> new_facts = broker_facts(after);
  if (!new_facts) {
    findings.push_back(
        finding("brokers-gone", {old_facts->stateful_set}, {{"name", old_facts->stateful_set}}));
    return findings;
  }
  if (old_facts->stateful_set != new_facts->stateful_set) {
    findings.push_back(
        finding("brokers-renamed", {old_facts->stateful_set, new_facts->stateful_set},
                {{"before", old_facts->stateful_set}, {"after", new_facts->stateful_set}}));
    return findings;
  }
  const std::string& name = new_facts->stateful_set;
  compare(findings, "broker-count", name, old_facts->replicas, new_facts->replicas);
  compare(findings, "partition-count", name, old_facts->partitions, new_facts->partitions);
  compare(findings, "replication-factor", name, old_facts->replication_factor,
          new_facts->replication_factor);
  for (const std::string& id : exporters_lost(*old_facts, *new_facts)) {
    findings.push_back(finding("exporter-goes", {id}, {{"exporter", id}, {"name", name}}));
  }
  return findings;
}

}  // namespace upgrade
