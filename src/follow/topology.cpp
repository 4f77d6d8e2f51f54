#include "follow/topology.hpp"

#include "base/failure.hpp"
#include "values/json.hpp"
#include "values/lookup.hpp"

#include <fmt/format.h>

namespace follow {
namespace {

using values::items_at;
using values::plain_at;
using values::Value;

// The two APIs call the same things differently.
std::string either(const Value& map, const char* one, const char* other) {
  const std::string found = plain_at(map, one);
  return found.empty() ? plain_at(map, other) : found;
}

void add_partitions(const Value& broker, const std::string& id, Topology& topology) {
  for (const Value& partition : items_at(broker, "partitions")) {
    const std::string number = either(partition, "id", "partitionId");
    topology.partitions.insert(number);
    const std::string health = plain_at(partition, "health");
    if (!health.empty() && health != "healthy") {
      topology.troubles.push_back(
          fmt::format("partition {} of broker {} is {}", number, id, health));
    }
  }
}

}  // namespace

std::optional<Topology> topology_of(const std::string& json) {
  Value answer;
  try {
    answer = values::from_json(json);
  } catch (const base::Failure&) {
    return std::nullopt;
  }
  if (answer.find("brokers") == nullptr) {
    return std::nullopt;
  }
  Topology topology;
  for (const Value& broker : items_at(answer, "brokers")) {
    const std::string id = either(broker, "id", "nodeId");
    const std::string state = plain_at(broker, "state");
    if (!state.empty() && state != "ACTIVE") {
      topology.troubles.push_back(fmt::format("broker {} is {}", id, state));
    }
    ++topology.brokers;
    add_partitions(broker, id, topology);
  }
  return topology;
}

}  // namespace follow
