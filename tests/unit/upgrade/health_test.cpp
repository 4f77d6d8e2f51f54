#include "upgrade/health.hpp"

#include "unit/upgrade/manifests.hpp"

#include <gtest/gtest.h>

namespace upgrade {
namespace {

std::string workload(const std::string& kind, const std::string& status) {
  return fmt::format("---\nkind: {}\nmetadata:\n  name: w\nspec: {{replicas: 3}}\nstatus: {}\n",
                     kind, status);
}

TEST(Health, workloads_with_pods_that_are_not_ready_are_told) {
  const text::Sink findings =
      check_health(manifest(workload("StatefulSet", "{observedGeneration: 1, readyReplicas: 2}") +
                            workload("Deployment", "{observedGeneration: 1}")));
  ASSERT_EQ(rules_of(findings), "not-ready-before");
  EXPECT_EQ(findings[0].message,
            "not everything is ready before the upgrade: StatefulSet w (2 of 3 pods) and "
            "Deployment w (0 of 3 pods)");
  EXPECT_EQ(findings[0].severity, text::Severity::warning);
}

TEST(Health, what_is_ready_or_not_known_is_not_told) {
  EXPECT_TRUE(
      check_health(manifest(workload("StatefulSet", "{observedGeneration: 1, readyReplicas: 3}") +
                            workload("Deployment", "{}") + workload("Job", "{}")))
          .empty());
}

}  // namespace
}  // namespace upgrade
