#include "upgrade/brokers.hpp"

#include "unit/upgrade/manifests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace upgrade {
namespace {

using testing::HasSubstr;

TEST(Brokers, facts_come_from_stateful_set_and_application_yaml) {
  const auto facts = broker_facts(brokers());
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->replicas, 3);
  EXPECT_EQ(facts->partitions, 3);
  EXPECT_EQ(facts->replication_factor, 3);
}

TEST(Brokers, a_variable_wins_over_the_file_in_either_spelling) {
  EXPECT_EQ(broker_facts(brokers({.env = "{name: ZEEBE_BROKER_CLUSTER_PARTITIONSCOUNT, "
                                         "value: \"9\"}"}))
                ->partitions,
            9);
  EXPECT_EQ(broker_facts(brokers({.env = "{name: CAMUNDA_CLUSTER_PARTITIONCOUNT, value: \"7\"}"}))
                ->partitions,
            7);
}

TEST(Brokers, the_new_charts_spelling_of_the_file_is_read) {
  const auto facts = broker_facts(manifest(R"(---
kind: StatefulSet
metadata:
  name: z
  labels: {app.kubernetes.io/component: zeebe-broker}
spec:
  replicas: 5
  template: {spec: {volumes: [{name: c, configMap: {name: unified}}]}}
---
kind: ConfigMap
metadata:
  name: unified
data:
  application.yaml: |
    camunda:
      cluster: {partition-count: "8", replication-factor: "2"}
)"));
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->partitions, 8);
  EXPECT_EQ(facts->replication_factor, 2);
}

TEST(Brokers, the_same_brokers_are_no_finding) {
  EXPECT_EQ(rules_of(check_brokers(brokers(), brokers(), brokers())), "");
  EXPECT_EQ(rules_of(check_brokers({}, {}, brokers())), "") << "a new installation";
}

TEST(Brokers, another_number_is_told_with_both_numbers) {
  const text::Sink findings = check_brokers(brokers({.replicas = 5}), {}, brokers({.replicas = 3}));
  ASSERT_EQ(rules_of(findings), "broker-count");
  EXPECT_EQ(findings[0].severity, text::Severity::error);
  EXPECT_THAT(findings[0].message, HasSubstr("runs 5 brokers and would run 3"));
}

TEST(Brokers, what_runs_counts_more_than_the_last_manifest) {
  EXPECT_EQ(rules_of(check_brokers(brokers(), brokers({.replicas = 5}), brokers())),
            "broker-count");
}

TEST(Brokers, partitions_and_names_stay) {
  EXPECT_EQ(rules_of(check_brokers(brokers({.partitions = "7"}), {}, brokers())),
            "partition-count");
  EXPECT_EQ(rules_of(check_brokers(brokers({.name = "a"}), {}, brokers({.name = "b"}))),
            "brokers-renamed");
  EXPECT_EQ(rules_of(check_brokers(brokers(), {}, manifest("kind: A\nmetadata:\n  name: b\n"))),
            "brokers-gone");
}

TEST(Brokers, what_is_not_known_is_no_finding) {
  EXPECT_EQ(rules_of(check_brokers(brokers({.partitions = "${PARTITIONS}"}), {}, brokers())), "");
}

TEST(Brokers, an_exporter_that_goes_is_told) {
  const Objects with = brokers(
      {.env = "{name: ZEEBE_BROKER_EXPORTERS_ELASTICSEARCHREGION0_CLASSNAME, value: io.E}"});
  const text::Sink findings = check_brokers(with, {}, brokers());
  ASSERT_EQ(rules_of(findings), "exporter-goes");
  EXPECT_EQ(findings[0].subjects, std::vector<std::string>{"elasticsearchregion0"});
  EXPECT_EQ(rules_of(check_brokers(brokers(), {}, with)), "");
}

}  // namespace
}  // namespace upgrade
