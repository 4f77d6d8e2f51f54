#include "upgrade/difference.hpp"

#include "unit/upgrade/manifests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace upgrade {
namespace {

using testing::HasSubstr;
using testing::Not;

// "made Secret a; deleted Service b"
std::string told(const std::vector<ObjectChange>& changes) {
  std::string text;
  for (const ObjectChange& one : changes) {
    text += fmt::format("{}{} {}{}", text.empty() ? "" : "; ", name(one.kind), one.object().title(),
                        one.restarts ? " restarts" : "");
  }
  return text;
}

std::string config(const std::string& name, const std::string& data,
                   const std::string& version = "1", const std::string& place = "") {
  return fmt::format(R"(---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {}
{}  labels:
    helm.sh/chart: camunda-platform-{}
data:
  a: "{}"
)",
                     name, place.empty() ? "" : "  namespace: " + place + "\n", version, data);
}

std::string secret(const std::string& value, const std::string& more = "") {
  return fmt::format(R"(---
apiVersion: v1
kind: Secret
metadata:
  name: s
{}data:
  password: {}
)",
                     more, value);
}

std::string of(const std::string& before, const std::string& after, const Changes& changes = {}) {
  const Objects old_objects = manifest(before);
  const Objects new_objects = manifest(after);
  return told(differences(old_objects, new_objects, changes, "prod"));
}

std::string diff(const std::string& before, const std::string& after) {
  const Objects old_objects = manifest(before);
  const Objects new_objects = manifest(after);
  const auto changes = differences(old_objects, new_objects, {}, "prod");
  return diff_of(changes.at(0), false);
}

TEST(Difference, objects_are_paired_by_kind_namespace_and_name) {
  EXPECT_EQ(of(config("a", "1") + config("b", "1"), config("b", "2") + config("c", "1")),
            "changed ConfigMap b; made ConfigMap c; deleted ConfigMap a");
  EXPECT_EQ(of(config("a", "1"), config("a", "1", "1", "prod")), "changed ConfigMap a")
      << "no namespace means the release's";
  EXPECT_EQ(of(config("a", "1"), config("a", "1", "1", "other")),
            "made ConfigMap a; deleted ConfigMap a");
}

TEST(Difference, labels_of_chart_and_version_are_no_change_of_their_own) {
  EXPECT_EQ(of(config("a", "1", "12"), config("a", "1", "13")), "relabelled ConfigMap a");
  EXPECT_EQ(of(config("a", "1"), config("a", "1")), "same ConfigMap a");
}

TEST(Difference, a_new_pod_template_restarts_pods) {
  EXPECT_EQ(of(brokers_yaml(), brokers_yaml({.replicas = 5})),
            "changed StatefulSet camunda-zeebe; same ConfigMap camunda-zeebe-configuration");
  EXPECT_EQ(of(brokers_yaml(), brokers_yaml({.image = "camunda/camunda:8.8.36"})),
            "changed StatefulSet camunda-zeebe restarts; same ConfigMap "
            "camunda-zeebe-configuration");
}

TEST(Difference, what_is_kept_or_removed_on_purpose_is_told_as_such) {
  Changes changes;
  changes.keep = {{"s", "StatefulSet z", "password"}};
  EXPECT_EQ(of(secret("YQ=="), config("a", "1"), changes), "made ConfigMap a; kept Secret s");
  EXPECT_EQ(of(secret("YQ==", "  annotations: {helm.sh/resource-policy: keep}\n"), ""),
            "kept Secret s");
  EXPECT_EQ(of(secret("YQ=="), ""), "deleted Secret s");
  changes.remove_jobs = {"camunda-zeebe-migration-data"};
  EXPECT_EQ(of(job_yaml("data"), job_yaml("data", "camunda:8.8.40"), changes),
            "replaced Job camunda-zeebe-migration-data restarts");
}

TEST(Difference, a_diff_shows_what_changes_and_nothing_of_versions) {
  const std::string text = diff(config("a", "old", "12"), config("a", "new", "13"));
  EXPECT_THAT(text, HasSubstr("--- ConfigMap a (now)\n+++ ConfigMap a (then)\n"));
  EXPECT_THAT(text, HasSubstr("\n-  a: old\n+  a: new\n"));
  EXPECT_THAT(text, Not(HasSubstr("helm.sh/chart")));
  EXPECT_THAT(diff("", config("a", "new")), HasSubstr("--- (nothing)\n+++ ConfigMap a (then)\n"));
}

TEST(Difference, the_order_of_keys_is_no_difference) {
  EXPECT_EQ(of("kind: ConfigMap\nmetadata:\n  name: a\ndata: {x: y, z: w}\n",
               "kind: ConfigMap\nmetadata:\n  name: a\ndata: {z: w, x: y}\n"),
            "same ConfigMap a");
  EXPECT_EQ(diff("kind: ConfigMap\nmetadata:\n  name: a\ndata: {x: y, z: w}\n",
                 "kind: ConfigMap\nmetadata:\n  name: a\ndata: {z: w, x: y}\n"),
            "");
}

TEST(Difference, no_value_of_a_secret_shows_but_that_it_changes_does) {
  const std::string text = diff(secret("b2xkLXZhbHVl"), secret("bmV3LXZhbHVl"));
  EXPECT_THAT(text, HasSubstr("-  password: (hidden)\n+  password: (hidden) (another value)\n"));
  EXPECT_THAT(text, Not(HasSubstr("b2xk")));
  EXPECT_THAT(text, Not(HasSubstr("bmV3")));
}

TEST(Difference, variables_are_paired_by_their_names) {
  const std::string text =
      diff(brokers_yaml({.env = "{name: A, value: x}, {name: DB_PASSWORD, value: old-word}"}),
           brokers_yaml({.env = "{name: DB_PASSWORD, value: new-word}"}));
  EXPECT_THAT(text, HasSubstr("value: (hidden) (another value)"));
  EXPECT_THAT(text, Not(HasSubstr("-word")));
  const std::string moved =
      diff(brokers_yaml({.env = "{name: A, value: x}, {name: DB_PASSWORD, value: old-word}"}),
           brokers_yaml({.env = "{name: DB_PASSWORD, value: old-word}"}));
  EXPECT_THAT(moved, HasSubstr("name: A"));
  EXPECT_THAT(moved, Not(HasSubstr("another value")));
}

TEST(Difference, a_password_that_changes_inside_a_text_is_told) {
  const std::string text =
      diff(config("a", "password: one\\nx: y\\n"), config("a", "password: two\\nx: y\\n"));
  EXPECT_THAT(text, HasSubstr("another value"));
  EXPECT_THAT(text, Not(HasSubstr("two")));
}

}  // namespace
}  // namespace upgrade
