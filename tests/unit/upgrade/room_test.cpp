#include "upgrade/room.hpp"

#include "unit/upgrade/manifests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace upgrade {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using Answer = kube::Client::Answer;

Objects pods(const std::string& cpu, int replicas, const std::string& kind = "Deployment") {
  return manifest("---\nkind: " + kind +
                  "\nmetadata:\n  name: d\nspec:\n  replicas: " + std::to_string(replicas) +
                  "\n  template: {spec: {containers: [{resources: {requests: {cpu: " + cpu +
                  ", memory: 1Gi}}}]}}\n");
}

Answer out(std::string text) {
  return {0, false, std::move(text), ""};
}

std::string node(const std::string& spec, const std::string& cpu) {
  return R"({"kind": "Node", "metadata": {"name": "n"}, "spec": )" + spec +
         R"(, "status": {"allocatable": {"cpu": ")" + cpu + R"(", "memory": "16Gi"}}})";
}

Answer cluster(const std::string& items) {
  return out(R"({"kind": "List", "items": [)" + items + "]}");
}

TEST(Room, all_pods_are_asked_for_only_when_more_is_wanted) {
  EXPECT_EQ(calls_for_room(pods("1", 1), pods("1", 1)).size(), 1U);
  EXPECT_EQ(calls_for_room(pods("1", 2), pods("1", 1)).size(), 1U);
  EXPECT_EQ(calls_for_room(pods("1", 1), pods("1500m", 1)).size(), 2U);
  EXPECT_EQ(calls_for_room({}, pods("1", 1, "Job")).size(), 2U)
      << "a migration Job wants room, too";
}

TEST(Room, what_is_wanted_against_what_is_left) {
  const std::string nodes = node("{}", "4") + ", " + node(R"({"unschedulable": true})", "64") +
                            ", " + node(R"({"taints": [{"effect": "NoSchedule"}]})", "64");
  const auto told = [&](int replicas) {
    return check_room(pods("1", 1), pods("1", replicas),
                      {cluster(nodes), out("500m,1Gi;,;\n1,2Gi;\n")});
  };
  const RoomAnswer enough = told(3);
  EXPECT_THAT(enough.findings, IsEmpty());
  ASSERT_TRUE(enough.room);
  EXPECT_EQ(enough.room->cpu, 2.5);
  EXPECT_EQ(gibibytes(enough.room->memory), "13Gi");
  const RoomAnswer full = told(4);
  ASSERT_EQ(rules_of(full.findings), "nodes-full");
  EXPECT_THAT(full.findings[0].message, HasSubstr("cpu 3 and memory 3Gi more"));
  EXPECT_THAT(full.findings[0].message, HasSubstr("cpu 2.5 and memory 13Gi left"));
}

TEST(Room, what_may_not_be_looked_at_is_not_told) {
  EXPECT_FALSE(check_room({}, pods("1", 9), {}).room);
  EXPECT_FALSE(check_room({}, pods("1", 9), {cluster(""), out("")}).room);
  const Answer forbidden{1, false, "", "pods is forbidden"};
  const RoomAnswer answer = check_room({}, pods("100", 9), {cluster(node("{}", "1")), forbidden});
  EXPECT_FALSE(answer.room);
  EXPECT_THAT(answer.findings, IsEmpty());
}

TEST(Room, a_budget_that_lets_nothing_go) {
  const auto budget = [](int allowed, int expected) {
    return R"({"kind": "PodDisruptionBudget", "metadata": {"name": "b"}, "status": {"disruptionsAllowed": )" +
           std::to_string(allowed) + R"(, "expectedPods": )" + std::to_string(expected) +
           R"(, "currentHealthy": 2, "desiredHealthy": 3}})";
  };
  const RoomAnswer blocked = check_room({}, {}, {cluster(budget(0, 3))});
  ASSERT_EQ(rules_of(blocked.findings), "disruption-budget-blocks");
  EXPECT_THAT(blocked.findings[0].message, HasSubstr("2 of 3 are healthy, 3 must be"));
  EXPECT_THAT(check_room({}, {}, {cluster(budget(1, 3))}).findings, IsEmpty());
  EXPECT_THAT(check_room({}, {}, {cluster(budget(0, 0))}).findings, IsEmpty());
}

}  // namespace
}  // namespace upgrade
