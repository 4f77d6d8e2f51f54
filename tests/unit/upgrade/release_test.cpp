#include "upgrade/release.hpp"

#include "base/failure.hpp"
#include "unit/upgrade/manifests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace upgrade {
namespace {

using testing::HasSubstr;

helm::ChartFacts chart(const char* version, const char* name = "camunda-platform") {
  return {name, *base::Version::parse(version), "8.8.x"};
}

helm::ReleaseState release(const char* version, const char* status = "deployed") {
  helm::ReleaseState state;
  state.name = "camunda";
  state.release_namespace = "prod";
  state.revision = 4;
  state.status = status;
  state.chart_name = "camunda-platform";
  state.chart_version = *base::Version::parse(version);
  state.app_version = "8.x";
  return state;
}

std::string refusal(const helm::ChartFacts& target) {
  try {
    require_target(target);
  } catch (const base::Failure& failure) {
    return failure.next();
  }
  return "accepted";
}

std::string refusal(const helm::ReleaseState& state) {
  try {
    require_release(state);
  } catch (const base::Failure& failure) {
    return failure.next();
  }
  return "accepted";
}

TEST(Release, targets_of_another_minor_version_are_refused_with_the_way) {
  EXPECT_EQ(refusal(chart("13.2.0")), "accepted");
  EXPECT_EQ(refusal(chart("13.12.7")), "accepted");
  EXPECT_THAT(refusal(chart("13.1.9")), HasSubstr("--version 13.12.7"));
  EXPECT_THAT(refusal(chart("13.2.0-rc1")), HasSubstr("--version 13.12.7"));
  EXPECT_THAT(refusal(chart("12.13.3")), HasSubstr("--version 13.12.7"));
  EXPECT_THAT(refusal(chart("14.0.0")), HasSubstr("Go to 8.8 first"));
  EXPECT_THAT(refusal(chart("13.12.7", "my-umbrella")), HasSubstr("values"));
}

TEST(Release, only_releases_of_8_7_and_8_8_are_upgraded) {
  EXPECT_EQ(refusal(release("12.7.6")), "accepted");
  EXPECT_EQ(refusal(release("13.4.2")), "accepted");
  EXPECT_THAT(refusal(release("11.9.0")), HasSubstr("8.7 first"));
  EXPECT_THAT(refusal(release("14.1.0")), HasSubstr("helm upgrade"));
  helm::ReleaseState other = release("1.0.0");
  other.chart_name = "keycloak";
  EXPECT_THAT(refusal(other), HasSubstr("values"));
}

TEST(Release, an_old_target_and_one_older_than_the_release_are_told) {
  EXPECT_EQ(rules_of(check_target(chart("13.12.3"), release("12.13.3"))), "");
  EXPECT_EQ(rules_of(check_target(chart("13.4.2"), release("12.13.3"))), "target-old");
  EXPECT_EQ(rules_of(check_target(chart("13.12.3"), release("13.12.7"))),
            "target-older-than-release");
}

TEST(Release, what_runs_is_what_the_brokers_image_says_after_a_failed_upgrade) {
  const Objects old_brokers = brokers();
  const Objects new_brokers = brokers({.image = "r.example:5000/camunda/camunda:8.8.36"});
  EXPECT_EQ(what_runs(std::nullopt, old_brokers), Running::nothing);
  EXPECT_EQ(what_runs(release("12.13.3"), old_brokers), Running::old_version);
  EXPECT_EQ(what_runs(release("13.12.7", "failed"), old_brokers), Running::old_version);
  EXPECT_EQ(what_runs(release("13.12.7", "failed"), new_brokers), Running::new_version);
  EXPECT_EQ(what_runs(release("13.12.7"), {}), Running::new_version);
}

TEST(Release, the_minor_version_of_an_image) {
  EXPECT_EQ(minor_of_image("camunda/zeebe:8.7.37"), "8.7");
  EXPECT_EQ(minor_of_image("r.example:5000/zeebe:8.7-mine"), "8.7");
  EXPECT_EQ(minor_of_image("camunda/camunda:8.8.36@sha256:00"), "8.8");
  EXPECT_EQ(minor_of_image("r.example:5000/zeebe"), "");
  EXPECT_EQ(minor_of_image("camunda/zeebe:latest"), "");
  EXPECT_EQ(minor_of_image("camunda/zeebe:20240101"), "");
}

TEST(Release, a_failed_one_goes_on_and_a_pending_one_stops) {
  EXPECT_EQ(rules_of(check_state(release("12.13.3"), Running::old_version, 4)), "");
  const text::Sink failed = check_state(release("13.12.7", "failed"), Running::new_version, 3);
  ASSERT_EQ(rules_of(failed), "release-failed");
  EXPECT_EQ(failed[0].severity, text::Severity::warning);
}

TEST(Release, a_pending_one_is_rolled_back_only_while_8_7_runs) {
  const text::Sink old_runs =
      check_state(release("13.12.7", "pending-upgrade"), Running::old_version, 3);
  ASSERT_EQ(rules_of(old_runs), "release-pending");
  EXPECT_EQ(old_runs[0].severity, text::Severity::error);
  EXPECT_THAT(old_runs[0].next, HasSubstr("helm rollback camunda 3 --namespace prod"));

  const text::Sink new_runs =
      check_state(release("13.12.7", "pending-upgrade"), Running::new_version, 3);
  ASSERT_EQ(rules_of(new_runs), "release-pending-new");
  EXPECT_THAT(new_runs[0].next, HasSubstr("sh.helm.release.v1.camunda.v4"));

  EXPECT_EQ(rules_of(check_state(release("12.13.3", "pending-install"), Running::old_version, 0)),
            "release-pending-new")
      << "there is nothing to roll back to";
}

TEST(Release, claims_of_an_uninstalled_release_are_an_error) {
  const auto claim = [](const char* name, const char* labels) {
    return "---\nkind: PersistentVolumeClaim\nmetadata:\n  name: " + std::string(name) +
           "\n  labels: {" + labels + "}\n";
  };
  const std::string broker =
      "app.kubernetes.io/component: zeebe-broker, app.kubernetes.io/instance: camunda";
  const text::Sink findings =
      check_leftover_claims(manifest(claim("data-camunda-zeebe-0", broker.c_str()) +
                                     claim("data-camunda-zeebe-1", broker.c_str()) +
                                     claim("data-other", "app.kubernetes.io/component: database")),
                            "camunda");
  ASSERT_EQ(rules_of(findings), "leftover-claims");
  EXPECT_THAT(findings[0].subjects,
              testing::ElementsAre("data-camunda-zeebe-0", "data-camunda-zeebe-1"));
  EXPECT_TRUE(
      check_leftover_claims(manifest(claim("data-camunda-zeebe-0", broker.c_str())), "another")
          .empty());
}

}  // namespace
}  // namespace upgrade
