// The brokers before and after: an upgrade keeps their number, partitions, replication and disks.
#pragma once

#include "text/diagnostic.hpp"
#include "upgrade/objects.hpp"
#include "values/value.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace upgrade {

struct BrokerFacts {
  std::string stateful_set;
  std::optional<long> replicas;
  std::optional<long> partitions;          // of the application.yaml, or of the container's env
  std::optional<long> replication_factor;  // likewise
  std::set<std::string> exporters;         // of the application.yaml and the env, by their ids
  std::optional<std::string> profiles;     // of 8.8: "broker,operate,tasklist"; likewise
};

// Nothing when there are no brokers among the objects.
std::optional<BrokerFacts> broker_facts(const Objects&);

// Exporters of the one that the other lacks.
std::vector<std::string> exporters_lost(const BrokerFacts& before, const BrokerFacts& after);

// The application.yaml of the brokers; null when they have none that can be read.
values::Value broker_config(const Objects&);

// `before`: the release's manifest; `live`: what stands in the cluster (its StatefulSet counts more
// than the manifest's, somebody may have scaled it); `after`: the new manifest.
text::Sink check_brokers(const Objects& before, const Objects& live, const Objects& after);

}  // namespace upgrade
