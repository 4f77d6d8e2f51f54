// The cluster as the brokers see it themselves.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace follow {

struct Topology {
  long brokers = 0;
  std::set<std::string> partitions;   // their numbers
  std::vector<std::string> troubles;  // "broker 2 is LEFT", "partition 1 of broker 0 is unhealthy"
};

// Of the management API's /actuator/cluster, or the REST API's /v2/topology. Nothing for anything
// else.
std::optional<Topology> topology_of(const std::string& json);

}  // namespace follow
