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
                             workload("Deployment", "t", "tasklist") +
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

TEST(Rendering, WantsABrokerInTheBrokers) {
  const auto with = [](const std::string& profiles) {
    return new_brokers("{name: SPRING_PROFILES_ACTIVE, value: \"" + profiles + "\"}") + k_job;
  };
  EXPECT_EQ(check(brokers_yaml(), with("operate,tasklist")), "brokers-without-profile");
  EXPECT_EQ(check(brokers_yaml(), with("operate,broker")), "");
}

}  // namespace
}  // namespace upgrade
