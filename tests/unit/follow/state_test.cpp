#include "follow/state.hpp"

#include "unit/follow/live.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace follow {
namespace {

using testing::HasSubstr;
using testing::Not;

// "done Deployment a: 2 of 2 pods ready; …"
std::string told(const State& state) {
  std::string text;
  for (const Item& item : state.items) {
    text += fmt::format("{}{} {}: {}", text.empty() ? "" : "; ", name(item.phase), item.title,
                        item.detail);
  }
  return text;
}

std::string told(const std::vector<std::string>& objects) {
  return told(state_of(live(objects)));
}

TEST(State, a_rollout_is_done_when_every_pod_is_new_and_ready) {
  EXPECT_EQ(told({deployment("a", k_rolled_out)}), "done Deployment a: 2 of 2 pods ready");
  EXPECT_EQ(told({deployment("a", k_rolling)}),
            "waiting Deployment a: 1 of 2 pods updated, 2 ready");
  EXPECT_EQ(told({deployment("a", R"({"observedGeneration": 1, "replicas": 2, )"
                                  R"("updatedReplicas": 2, "readyReplicas": 2})")}),
            "waiting Deployment a: 0 of 2 pods updated, 2 ready")
      << "the controller has not seen the new template yet";
}

TEST(State, brokers_are_done_when_the_revision_is_everywhere) {
  const auto brokers = [](const std::string& current) {
    return fmt::format(
        R"({{"kind": "StatefulSet", "metadata": {{"name": "z"}}, "spec": )"
        R"({{"replicas": 1}}, "status": {{"updatedReplicas": 1, "readyReplicas": 1, )"
        R"("replicas": 1, "currentRevision": "{}", "updateRevision": "b"}}}})",
        current);
  };
  EXPECT_EQ(told({brokers("a")}), "waiting StatefulSet z: 1 of 1 pods updated, 1 ready");
  EXPECT_EQ(told({brokers("b")}), "done StatefulSet z: 1 of 1 pods ready");
}

TEST(State, jobs_are_running_complete_or_failed) {
  const State state = state_of(live({job("data", k_active), job("identity", k_complete)}));
  EXPECT_EQ(told(state),
            "waiting Job camunda-zeebe-migration-data: running; done Job "
            "camunda-zeebe-migration-identity: complete");
  EXPECT_TRUE(state.has_migration);
  EXPECT_FALSE(state.done());
  EXPECT_FALSE(state.failed());
  EXPECT_EQ(told({job("data", R"({"active": 1, "failed": 2})")}),
            "waiting Job camunda-zeebe-migration-data: running, 2 failed before");
  EXPECT_EQ(told({job("data", "{}")}), "waiting Job camunda-zeebe-migration-data: no pod yet");
}

TEST(State, a_failed_job_is_told_with_its_reason_and_the_way_on) {
  const State state = state_of(live({job("identity", k_failed)}));
  EXPECT_TRUE(state.failed());
  ASSERT_EQ(state.troubles.size(), 1U);
  EXPECT_EQ(state.troubles[0].rule, "job-failed");
  EXPECT_THAT(state.troubles[0].message, HasSubstr("BackoffLimitExceeded"));
  EXPECT_THAT(state.troubles[0].next, HasSubstr("--identity-migration on"));
}

TEST(State, the_importer_is_known_by_its_label) {
  EXPECT_EQ(
      state_of(live({deployment("any-name", k_rolled_out, "orchestration-importer")})).importer,
      "any-name");
  EXPECT_EQ(state_of(live({deployment("a", k_rolled_out)})).importer, "");
}

TEST(State, pods_that_cannot_run_are_told_with_what_the_kubelet_says) {
  const auto waiting = [](const std::string& reason, const std::string& more) {
    return state_of(live({pod("p", fmt::format(
                                       R"({{"containerStatuses": [{{"name": "c", "image": "i:1", )"
                                       R"("state": {{"waiting": {{"reason": "{}", "message": )"
                                       R"("because password=hunter2"}}}}{}}}]}})",
                                       reason, more))}))
        .troubles;
  };
  const text::Sink crash =
      waiting("CrashLoopBackOff",
              R"(, "lastState": {"terminated": {"exitCode": 137, "reason": "OOMKilled"}})");
  ASSERT_EQ(crash.size(), 1U);
  EXPECT_EQ(crash[0].rule, "pod-crashes");
  EXPECT_THAT(crash[0].message, HasSubstr("exit code 137, OOMKilled"));
  EXPECT_THAT(crash[0].next, HasSubstr("kubectl logs p -c c --previous"));

  const text::Sink pull = waiting("ImagePullBackOff", "");
  ASSERT_EQ(pull.size(), 1U);
  EXPECT_EQ(pull[0].rule, "image-not-pulled");
  EXPECT_THAT(pull[0].message, HasSubstr("i:1"));
  EXPECT_THAT(pull[0].message, Not(HasSubstr("hunter2")));

  EXPECT_EQ(waiting("CreateContainerConfigError", "").at(0).rule, "pod-not-made");
  EXPECT_TRUE(waiting("ContainerCreating", "").empty()) << "goes away by itself";
}

TEST(State, pods_without_a_node_and_claims_without_a_volume_are_told) {
  const State state = state_of(
      live({pod("p", R"({"conditions": [{"type": "PodScheduled", "status": "False", )"
                     R"("reason": "Unschedulable", "message": "0/3 nodes are available"}]})"),
            R"({"kind": "PersistentVolumeClaim", "metadata": {"name": "data-z-0"}, "spec": )"
            R"({"storageClassName": "fast", "resources": {"requests": {"storage": "32Gi"}}}, )"
            R"("status": {"phase": "Pending"}})"}));
  ASSERT_EQ(state.troubles.size(), 2U);
  EXPECT_EQ(state.troubles[0].message, "no node takes pod p: 0/3 nodes are available");
  EXPECT_EQ(state.troubles[1].message, "claim data-z-0 (32Gi, class 'fast') has no volume");
}

}  // namespace
}  // namespace follow
