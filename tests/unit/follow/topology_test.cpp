#include "follow/topology.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace follow {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Topology, the_management_api) {
  const auto seen = topology_of(R"({"version": 1, "brokers": [
    {"id": 0, "state": "ACTIVE", "partitions": [{"id": 1, "state": "ACTIVE"}, {"id": 2}]},
    {"id": 1, "state": "LEFT", "partitions": [{"id": 1}]}]})");
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->brokers, 2);
  EXPECT_THAT(seen->partitions, ElementsAre("1", "2"));
  EXPECT_THAT(seen->troubles, ElementsAre("broker 1 is LEFT"));
}

TEST(Topology, the_rest_api) {
  const auto seen = topology_of(R"({"clusterSize": 1, "brokers": [{"nodeId": 0, "partitions": [
    {"partitionId": 1, "role": "leader", "health": "healthy"},
    {"partitionId": 2, "role": "follower", "health": "unhealthy"}]}]})");
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->brokers, 1);
  EXPECT_THAT(seen->troubles, ElementsAre("partition 2 of broker 0 is unhealthy"));
  EXPECT_THAT(topology_of(R"({"brokers": []})")->troubles, IsEmpty());
}

TEST(Topology, anything_else) {
  EXPECT_FALSE(topology_of("<html>"));
  EXPECT_FALSE(topology_of(R"({"status": 404})"));
}

}  // namespace
}  // namespace follow
