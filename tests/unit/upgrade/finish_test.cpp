#include "upgrade/finish.hpp"

#include "unit/upgrade/manifests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace upgrade {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* k_complete = "{conditions: [{type: Complete, status: 'True'}]}";
constexpr const char* k_failed = "{conditions: [{type: Failed, status: 'True'}]}";

Prepared prepared(const std::string& before, const std::string& after, const std::string& live) {
  Prepared out;
  out.report.from_chart = "13.12.7";
  out.report.to_chart = "13.12.7";
  out.release_namespace = "prod";
  out.before = manifest(before);
  out.after = manifest(after);
  out.camunda = manifest(live);
  return out;
}

std::string with_exporter() {
  return brokers_yaml() + "        exporters: {elasticsearch: {className: X}}\n";
}

TEST(Finish, a_complete_migration_may_end) {
  EXPECT_THAT(check_finish(prepared(job_yaml("data") + job_yaml("identity"), brokers_yaml(),
                                    job_yaml("data", "i", k_complete) +
                                        job_yaml("identity", "i", k_complete)),
                           "camunda"),
              IsEmpty());
  EXPECT_THAT(check_finish(prepared(brokers_yaml(), brokers_yaml(), ""), "camunda"), IsEmpty());
}

TEST(Finish, any_other_state_stops_it) {
  const auto told = [](const std::string& live) {
    const text::Sink findings =
        check_finish(prepared(job_yaml("data"), brokers_yaml(), live), "camunda");
    return findings.empty() ? "" : findings.at(0).message;
  };
  EXPECT_THAT(told(job_yaml("data")), HasSubstr("Job camunda-zeebe-migration-data is running"));
  EXPECT_THAT(told(job_yaml("data", "i", k_failed)), HasSubstr("is failed"));
  EXPECT_THAT(told(""), HasSubstr("is gone"));
}

TEST(Finish, another_version_is_another_step) {
  Prepared other = prepared("", "", "");
  other.report.to_chart = "13.13.0";
  EXPECT_EQ(rules_of(check_finish(other, "camunda")), "finish-other-chart");
}

TEST(Finish, exporters_of_file_and_environment_that_go) {
  EXPECT_THAT(exporters_that_go(prepared(with_exporter(), brokers_yaml(), "")),
              ElementsAre("elasticsearch"));
  EXPECT_THAT(exporters_that_go(prepared(with_exporter(), with_exporter(), "")), IsEmpty());
  const std::string in_env = brokers_yaml(
      {.env = "{name: ZEEBE_BROKER_EXPORTERS_ELASTICSEARCHREGION0_CLASSNAME, value: io.E}"});
  EXPECT_THAT(exporters_that_go(prepared(in_env, brokers_yaml(), "")),
              ElementsAre("elasticsearchregion0"));
  EXPECT_THAT(exporters_that_go(prepared("", brokers_yaml(), "")), IsEmpty());
}

TEST(Finish, leftovers_are_claims_and_secrets_that_nobody_uses) {
  const Objects claims = manifest(
      "---\nkind: PersistentVolumeClaim\nmetadata:\n  name: data-camunda-zeebe-0\n"
      "---\nkind: PersistentVolumeClaim\nmetadata:\n  name: data-camunda-postgresql-0\n");
  const std::string needs = R"(---
kind: Deployment
metadata:
  name: d
spec: {template: {spec: {containers: [{envFrom: [{secretRef: {name: used}}]}]}}}
)";
  EXPECT_THAT(leftovers(manifest(brokers_yaml() + needs), claims, {"used", "unused"}, "prod"),
              ElementsAre("kubectl delete pvc data-camunda-postgresql-0 --namespace prod",
                          "kubectl delete secret unused --namespace prod"));
}

}  // namespace
}  // namespace upgrade
