#include "upgrade/objects.hpp"

#include "unit/upgrade/manifests.hpp"
#include "values/json.hpp"

#include <gtest/gtest.h>

namespace upgrade {
namespace {

TEST(Objects, a_manifest_is_split_and_named_without_being_read) {
  const Objects objects = manifest(
      "---\n# Source: a\n\n---\nkind: ConfigMap\nmetadata:\n  # the name\n  name: \"one\"  # x\n"
      "  namespace: other\ndata:\n  text: |\n    name: not-this\n    ---\n"
      "---\nkind: Service\nmetadata:\n    labels: {name: no}\n    name: 'two'\n");
  ASSERT_EQ(objects.size(), 2U);
  EXPECT_EQ(objects[0].title(), "ConfigMap one");
  EXPECT_EQ(objects[0].in_namespace(), "other");
  EXPECT_EQ(objects[0].plain("data.text"), "name: not-this\n---\n");
  EXPECT_EQ(objects[1].title(), "Service two");
  EXPECT_EQ(objects[1].in_namespace(), "");
}

TEST(Objects, flow_style_is_read_when_lines_do_not_tell) {
  const Objects objects =
      manifest("apiVersion: v1\nkind: Secret\nmetadata: {name: s, labels: {a.b/c: d}}\n");
  ASSERT_EQ(objects.size(), 1U);
  EXPECT_EQ(objects[0].title(), "Secret s");
  EXPECT_EQ(objects[0].api_version(), "v1");
  EXPECT_EQ(objects[0].label("a.b/c"), "d");
}

TEST(Objects, the_text_of_a_document_is_kept_as_it_was) {
  const std::string document = "kind: A\r\nmetadata:\r\n  name: b\r\nspec: 0x10\r\n";
  const Objects objects = manifest("---\r\n" + document + "--- \r\nkind: C\nmetadata: {name: d}\n");
  ASSERT_EQ(objects.size(), 2U);
  EXPECT_EQ(objects[0].text(), document);
}

TEST(Objects, live_objects_have_the_same_face) {
  std::vector<values::Value> live;
  live.push_back(values::from_json(
      R"({"kind": "Job", "metadata": {"name": "j", "annotations": {"x.y/z": "1"}}})"));
  const Objects objects = objects_of(std::move(live));
  EXPECT_EQ(objects[0].title(), "Job j");
  EXPECT_EQ(objects[0].annotation("x.y/z"), "1");
  EXPECT_NE(find(objects, "Job", "j"), nullptr);
  EXPECT_EQ(find(objects, "Job", "k"), nullptr);
}

TEST(Objects, brokers_and_migration_jobs_are_found_by_label_and_name) {
  const Objects objects =
      manifest(brokers_yaml() + job_yaml("data") + job_yaml("identity") + job_yaml("other"));
  ASSERT_NE(brokers_of(objects), nullptr);
  EXPECT_EQ(brokers_of(objects)->name(), "camunda-zeebe");
  EXPECT_EQ(migration_job_of(objects, MigrationKind::data)->name(), "camunda-zeebe-migration-data");
  EXPECT_EQ(migration_job_of(objects, MigrationKind::identity)->name(),
            "camunda-zeebe-migration-identity");
  EXPECT_EQ(migration_job_of(brokers(), MigrationKind::data), nullptr);
}

TEST(Objects, pods_are_found_in_every_kind_of_workload) {
  const Objects objects = manifest(
      "---\nkind: CronJob\nmetadata:\n  name: c\nspec: {jobTemplate: {spec: {template: {spec: {a: "
      "1}}}}}\n"
      "---\nkind: Pod\nmetadata:\n  name: p\nspec: {a: 2}\n"
      "---\nkind: Service\nmetadata:\n  name: s\nspec: {a: 3}\n");
  EXPECT_EQ(pod_spec(objects[0])->find("a")->plain(), "1");
  EXPECT_EQ(pod_spec(objects[1])->find("a")->plain(), "2");
  EXPECT_EQ(pod_spec(objects[2]), nullptr);
}

}  // namespace
}  // namespace upgrade
