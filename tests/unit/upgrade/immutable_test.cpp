#include "upgrade/immutable.hpp"

#include "base/strings.hpp"
#include "unit/upgrade/manifests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace upgrade {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

text::Sink check(const Objects& live, const Objects& after) {
  std::set<std::string> told;
  return check_immutable({}, live, after, told);
}

Objects changed(std::string_view from, std::string_view to) {
  return manifest(base::replace_all(brokers_yaml(), from, to));
}

TEST(Immutable, unchanged_objects_with_the_servers_defaults_are_no_finding) {
  const Objects live =
      changed("resources: {requests: {storage: \"32Gi\"}}",
              "volumeMode: Filesystem\n        resources: {requests: {storage: 32768Mi}}\n"
              "      status: {phase: Pending}");
  ASSERT_EQ(brokers_of(live)->plain("spec.volumeClaimTemplates[0].status.phase"), "Pending");
  EXPECT_EQ(rules_of(check(live, brokers())), "");
}

TEST(Immutable, a_claim_template_that_changes_is_told_with_both_sizes) {
  std::set<std::string> told;
  const text::Sink findings =
      check_immutable(brokers(), brokers(), brokers({.storage = "64Gi"}), told);
  ASSERT_EQ(rules_of(findings), "claims-change");
  EXPECT_THAT(findings[0].message, HasSubstr("data 32Gi → data 64Gi"));
  EXPECT_THAT(told, ElementsAre("StatefulSet camunda-zeebe"));
}

TEST(Immutable, a_storage_class_that_appears_is_a_change) {
  EXPECT_EQ(rules_of(check(brokers(), changed("accessModes:",
                                              "storageClassName: fast\n        "
                                              "accessModes:"))),
            "claims-change");
}

TEST(Immutable, a_storage_class_that_goes_is_a_change_when_the_manifest_had_it) {
  const Objects with_class =
      changed("accessModes:", "storageClassName: fast\n        accessModes:");
  std::set<std::string> told;
  EXPECT_EQ(rules_of(check_immutable(with_class, with_class, brokers(), told)), "claims-change");
}

TEST(Immutable, selectors_and_service_names_stay) {
  EXPECT_EQ(rules_of(check(brokers(), changed("matchLabels: {", "matchLabels: {a: b, "))),
            "immutable-field");
  const text::Sink findings =
      check(brokers(), changed("serviceName: camunda-zeebe", "serviceName: other"));
  ASSERT_EQ(rules_of(findings), "immutable-field");
  EXPECT_THAT(findings[0].message,
              HasSubstr("spec.serviceName would change: camunda-zeebe → other"));
}

TEST(Immutable, a_deployments_selector_counts_and_its_replicas_do_not) {
  const auto deployment = [](const char* label, int replicas) {
    return manifest(
        fmt::format("kind: Deployment\nmetadata:\n  name: d\nspec:\n  replicas: {}\n"
                    "  selector: {{matchLabels: {{app: {}}}}}\n",
                    replicas, label));
  };
  EXPECT_EQ(rules_of(check(deployment("a", 1), deployment("a", 2))), "");
  EXPECT_EQ(rules_of(check(deployment("a", 1), deployment("b", 1))), "immutable-field");
}

TEST(Immutable, the_last_manifest_stands_in_for_a_cluster_that_is_not_known) {
  std::set<std::string> told;
  EXPECT_EQ(rules_of(check_immutable(brokers(), {}, brokers({.storage = "1Gi"}), told)),
            "claims-change");
  EXPECT_EQ(rules_of(check_immutable({}, {}, brokers(), told)), "") << "a new object";
}

}  // namespace
}  // namespace upgrade
