#include "upgrade/rendering.hpp"

#include "unit/upgrade/manifests.hpp"

#include <gtest/gtest.h>
#include <string>

namespace upgrade {
namespace {

std::string workload(const std::string& kind, const std::string& name,
                     const std::string& component) {
  return fmt::format(
      "---\nkind: {}\nmetadata:\n  name: {}\n  labels: {{app.kubernetes.io/part-of: "
      "camunda-platform, app.kubernetes.io/component: {}}}\n",
      kind, name, component);
}

std::string new_brokers(const std::string& env = "") {
  return brokers_yaml(
      {.image = "camunda/camunda:8.8.36", .container = "orchestration", .env = env});
}

const std::string k_job =
    workload("Job", "camunda-zeebe-migration-data", "orchestration-migration");

std::string rules_of(const text::Sink& findings) {
  std::string rules;
  for (const auto& one : findings) {
    rules += (rules.empty() ? "" : " ") + one.rule;
  }
  return rules;
}

std::string check(const std::string& before, const std::string& after,
                  Running running = Running::old_version, bool off = false) {
  const Objects old_objects = objects_of(before);
  const Objects new_objects = objects_of(after);
  return rules_of(check_rendering({running, "camunda", old_objects, new_objects, off}));
}

TEST(Rendering, TellsOldFromNew) {
  EXPECT_EQ(shape_of(objects_of(brokers_yaml())), Shape::old_version);
  EXPECT_EQ(shape_of(objects_of(new_brokers())), Shape::new_version);
  EXPECT_EQ(shape_of(objects_of(workload("Deployment", "a", "operate"))), Shape::old_version);
  EXPECT_EQ(shape_of(objects_of(workload("Deployment", "a", "connectors"))), Shape::new_version);
  EXPECT_EQ(shape_of(objects_of("kind: Deployment\nmetadata: {name: a}\n")), Shape::no_camunda);
}

TEST(Rendering, FindsNothingInASafeUpgrade) {
  const std::string others = workload("Deployment", "camunda-connectors", "connectors");
  const std::string before = brokers_yaml() + others + workload("Deployment", "o", "operate") +
                             workload("Deployment", "g", "zeebe-gateway");
  EXPECT_EQ(check(before, new_brokers() + others + k_job), "");
}

TEST(Rendering, FindsOldComponentsBesideTheNewBrokers) {
  EXPECT_EQ(check(brokers_yaml(), new_brokers() + k_job + workload("Deployment", "o", "operate")),
            "old-beside-new");
  // Somebody else's application may be called so.
  EXPECT_EQ(
      check(brokers_yaml(), new_brokers() + k_job +
                                "---\nkind: Deployment\nmetadata:\n  name: operate\n  labels: "
                                "{app.kubernetes.io/component: operate}\n"),
      "");
}

TEST(Rendering, FindsComponentsThatDisappear) {
  const std::string before =
      brokers_yaml() + workload("StatefulSet", "camunda-keycloak", "keycloak");
  EXPECT_EQ(check(before, new_brokers() + k_job), "component-gone");
  EXPECT_EQ(check(before, new_brokers(), Running::new_version), "");
}

TEST(Rendering, WantsTheMigrationWhile87Runs) {
  for (const char* one : {"operate", "tasklist"}) {
    const std::string before = brokers_yaml() + workload("Deployment", "o", one);
    EXPECT_EQ(check(before, new_brokers()), "migration-missing");
    EXPECT_EQ(check(before, new_brokers(), Running::old_version, true), "");
    EXPECT_EQ(check(before, new_brokers(), Running::nothing), "");
  }
  // Without Operate and Tasklist there is nothing that could be migrated.
  EXPECT_EQ(check(brokers_yaml() + workload("Deployment", "g", "zeebe-gateway"), new_brokers()),
            "");
}

TEST(Rendering, SaysWhatTheDataMigrationMeansForTasks) {
  const std::string before = brokers_yaml() + workload("Deployment", "t", "tasklist");
  EXPECT_EQ(check(before, new_brokers() + k_job), "tasks-during-migration");
  EXPECT_EQ(check(before, new_brokers() + k_job, Running::new_version), "");
  EXPECT_EQ(check(before, new_brokers(), Running::old_version, true), "");
}

// Values may name an image of 8.8 that is older than the chart.
TEST(Rendering, FindsImagesWithoutTheFixesOfTheMigration) {
  const auto of = [](const std::string& image, const std::string& chart = "13.12.7") {
    return brokers_yaml({.image = image,
                         .container = "orchestration",
                         .labels = "{app.kubernetes.io/component: zeebe-broker, helm.sh/chart: "
                                   "camunda-platform-" +
                                   chart + "}"});
  };
  const std::string old = "registry.example/camunda/camunda:8.8.31";
  EXPECT_EQ(check(brokers_yaml(), of(old)), "image-old");
  EXPECT_EQ(check(brokers_yaml(), of("camunda/camunda:8.8.9@sha256:01")), "image-old");
  EXPECT_EQ(check(brokers_yaml(), of(old), Running::new_version), "");
  // The chart's own age is told by itself.
  EXPECT_EQ(check(brokers_yaml(), of(old, "13.12.2")), "");
  EXPECT_EQ(check(brokers_yaml(), of(old, "13.12.3")), "image-old");
  EXPECT_EQ(check(brokers_yaml(), of(old, "alias-13.12.2")), "");
  for (const char* other : {"camunda/camunda:8.8.32", "camunda/camunda:8.9.0", "camunda/camunda",
                            "camunda/camunda:ours", "ours/engine:8.8.1", "camunda/camunda:8.7.30",
                            "registry:5000/camunda/camunda@sha256:01"}) {
    EXPECT_EQ(check(brokers_yaml(), of(other)), "") << other;
  }
  // A Job's image is named by values of its own.
  EXPECT_EQ(check(brokers_yaml(), new_brokers() + job_yaml("data", "camunda/camunda:8.8.1")),
            "image-old");
}

TEST(Rendering, WantsABrokerInTheBrokers) {
  const auto with = [](const std::string& profiles) {
    return new_brokers("{name: SPRING_PROFILES_ACTIVE, value: \"" + profiles + "\"}") + k_job;
  };
  EXPECT_EQ(check(brokers_yaml(), with("operate,tasklist")), "brokers-without-profile");
  EXPECT_EQ(check(brokers_yaml(), with("operate,broker")), "");
}

}  // namespace
}  // namespace upgrade
