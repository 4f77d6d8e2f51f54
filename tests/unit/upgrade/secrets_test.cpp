#include "upgrade/secrets.hpp"

#include "unit/upgrade/manifests.hpp"
#include "values/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace upgrade {
namespace {

using helm::SecretsMode;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string secret(const std::string& name, const std::string& data = "{key: eA==}") {
  return "---\nkind: Secret\nmetadata:\n  name: " + name + "\ndata: " + data + "\n";
}

// A Deployment whose only container needs `key` of Secret `name`.
std::string needs(const std::string& name, const std::string& key = "key") {
  return "---\nkind: Deployment\nmetadata:\n  name: needs-" + name +
         "\nspec: {template: {spec: {containers: [{env: [{name: A, valueFrom: {secretKeyRef: "
         "{name: " +
         name + ", key: " + key + "}}}]}]}}}\n";
}

struct Case {
  std::string before = {};
  std::string after = {};
  Holders live = {};
  SecretsMode mode = SecretsMode::keep;
  std::string to_make = {};
  bool known = true;
};

SecretsAnswer check(const Case& one) {
  const Objects before = manifest(one.before);
  const Objects after = manifest(one.after);
  SecretsQuestion question{before, after, one.known ? &one.live : nullptr, one.mode, {}};
  if (!one.to_make.empty()) {
    question.to_make[one.to_make] = {"client-secret"};
  }
  return check_secrets(question);
}

Holder live(const std::string& name, bool kept = false) {
  return {"Secret", name, {"key"}, kept};
}

TEST(Secrets, one_that_is_there_or_is_rendered_is_fine) {
  const SecretsAnswer answer =
      check({{}, needs("mine") + needs("rendered") + secret("rendered"), {live("mine")}});
  EXPECT_THAT(answer.findings, IsEmpty());
  EXPECT_THAT(answer.rescues, IsEmpty());
}

TEST(Secrets, one_that_is_nowhere_is_an_error_told_once_with_all_who_need_it) {
  const SecretsAnswer answer = check({{}, needs("gone") + needs("gone", "other"), {}});
  ASSERT_EQ(rules_of(answer.findings), "secret-missing");
  EXPECT_THAT(answer.findings[0].subjects, ElementsAre("gone"));
  EXPECT_EQ(answer.findings[0].severity, text::Severity::error);
}

TEST(Secrets, a_key_that_is_not_there_is_told_with_those_that_are) {
  const SecretsAnswer answer = check({{}, needs("mine", "other"), {live("mine")}});
  ASSERT_EQ(rules_of(answer.findings), "secret-key-missing");
  EXPECT_THAT(answer.findings[0].message, HasSubstr("no key other"));
  EXPECT_THAT(answer.findings[0].message, HasSubstr("There are: key"));
  EXPECT_EQ(rules_of(check({{}, needs("r", "other") + secret("r"), {}}).findings),
            "secret-key-missing");
}

TEST(Secrets, one_that_helm_would_delete_is_rescued) {
  const SecretsAnswer answer = check({secret("old"), needs("old"), {live("old")}});
  EXPECT_THAT(answer.findings, IsEmpty());
  ASSERT_EQ(answer.rescues.size(), 1U);
  EXPECT_EQ(answer.rescues[0].name, "old");
  EXPECT_EQ(answer.rescues[0].needed_by, "Deployment needs-old");
}

TEST(Secrets, one_that_nobody_needs_or_that_is_kept_already_is_left_alone) {
  EXPECT_THAT(check({secret("old"), needs("mine"), {live("old"), live("mine")}}).rescues,
              IsEmpty());
  EXPECT_THAT(check({secret("old"), needs("old"), {live("old", true)}}).rescues, IsEmpty());
}

TEST(Secrets, leave_touches_nothing_and_stops) {
  const SecretsAnswer answer =
      check({secret("old"), needs("old"), {live("old")}, SecretsMode::leave});
  EXPECT_EQ(rules_of(answer.findings), "secret-left");
  EXPECT_THAT(answer.rescues, IsEmpty());
}

TEST(Secrets, a_copy_takes_the_place_of_one_that_is_gone) {
  const SecretsAnswer answer = check({{}, needs("old"), {live(copy_name("old"))}});
  EXPECT_THAT(answer.findings, IsEmpty());
  EXPECT_THAT(answer.use_copy, ElementsAre("old"));
}

TEST(Secrets, the_migrations_own_secret_is_made_when_it_is_not_there) {
  const std::string name = "c8upgrade-identity-migration";
  EXPECT_THAT(check({{}, needs(name, "client-secret"), {}, SecretsMode::keep, name}).make,
              ElementsAre(name));
  const SecretsAnswer there = check({{},
                                     needs(name, "client-secret"),
                                     {{"Secret", name, {"client-secret"}, false}},
                                     SecretsMode::keep,
                                     name});
  EXPECT_THAT(there.make, IsEmpty());
  EXPECT_THAT(there.findings, IsEmpty());
  EXPECT_EQ(rules_of(check({{}, needs(name, "other"), {}, SecretsMode::keep, name}).findings),
            "secret-key-missing");
  EXPECT_EQ(
      rules_of(check({{}, needs(name, "other"), {live(name)}, SecretsMode::keep, name}).findings),
      "secret-key-missing");
}

TEST(Secrets, without_a_look_at_the_cluster_the_manifest_tells_what_helm_deletes) {
  const SecretsAnswer answer =
      check({secret("old"), needs("old") + needs("unknown"), {}, SecretsMode::keep, {}, false});
  EXPECT_THAT(answer.findings, IsEmpty()) << "what is not known is not judged";
  ASSERT_EQ(answer.rescues.size(), 1U);
  EXPECT_EQ(answer.rescues[0].name, "old");
}

TEST(Secrets, a_config_map_that_goes_with_its_component_is_an_error) {
  const std::string after =
      "---\nkind: Deployment\nmetadata:\n  name: d\nspec: {template: {spec: {volumes: [{name: v, "
      "configMap: {name: operate-config}}]}}}\n";
  const std::string before = "---\nkind: ConfigMap\nmetadata:\n  name: operate-config\ndata: {}\n";
  EXPECT_EQ(rules_of(check({before, after, {{"ConfigMap", "operate-config", {}, false}}}).findings),
            "config-map-missing");
  EXPECT_EQ(rules_of(check({{}, after, {{"ConfigMap", "operate-config", {}, false}}}).findings),
            "");
}

TEST(Secrets, what_an_operator_makes_is_awaited) {
  EXPECT_THAT(
      check({{},
             needs("made") + "---\nkind: ExternalSecret\nmetadata:\n  name: made\nspec: {}\n",
             {}})
          .findings,
      IsEmpty());
}

TEST(Secrets, a_rename_changes_exactly_the_values_that_are_the_name) {
  values::Value tree = values::from_json(
      R"({"a": {"existingSecret": "old"}, "b": ["old", "older", "x old"], "old": 1})");
  EXPECT_EQ(rename_secret(tree, "old", "new"), 2U);
  EXPECT_EQ(values::to_json(tree),
            R"({"a":{"existingSecret":"new"},"b":["new","older","x old"],"old":1})");
}

// A workload with the whole Secret "s" as a volume.
std::string mounts(const std::string& kind) {
  return "---\nkind: " + kind +
         "\nmetadata:\n  name: w\nspec: {template: {spec: {volumes: [{name: v, secret: "
         "{secretName: s}}]}}}\n";
}

TEST(Secrets, a_password_on_a_disk_that_changes_is_told_and_never_shown) {
  const Objects now =
      manifest(secret("s", "{kept: aHVudGVyMg==, changed: aHVudGVyMg==, gone: eA==}"));
  const std::string after =
      "---\nkind: Secret\nmetadata:\n  name: s\nstringData: {kept: hunter2, changed: hunter3, new: "
      "y}\n";
  const text::Sink findings = check_changed_secrets(now, manifest(after + mounts("StatefulSet")));
  ASSERT_EQ(rules_of(findings), "secret-value-changes");
  EXPECT_THAT(findings[0].message, HasSubstr("under changed"));
  EXPECT_THAT(findings[0].message, testing::Not(HasSubstr("hunter")));
  EXPECT_EQ(rules_of(check_changed_secrets(now, manifest(after + mounts("Deployment")))), "");
}

}  // namespace
}  // namespace upgrade
