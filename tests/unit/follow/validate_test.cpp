#include "follow/validate.hpp"

#include "unit/follow/live.hpp"
#include "unit/upgrade/manifests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace follow {
namespace {

using testing::HasSubstr;

const std::string k_manifest = R"(---
kind: Deployment
metadata:
  name: a
spec:
  template:
    spec:
      containers:
        - name: c
          env: [{name: P, valueFrom: {secretKeyRef: {name: s, key: password}}}]
)";

std::string brokers_json(const std::string& image) {
  return fmt::format(
      R"({{"kind": "StatefulSet", "metadata": {{"name": "camunda-zeebe", "labels": )"
      R"({{"app.kubernetes.io/component": "zeebe-broker", "app.kubernetes.io/managed-by": "Helm"}}}}, )"
      R"("spec": {{"replicas": 3, "template": {{"spec": {{"containers": [{{"image": "{}"}}]}}}}}}, )"
      R"("status": {{"updatedReplicas": 3, "readyReplicas": 3, "replicas": 3}}}})",
      image);
}

ValidateQuestion good() {
  ValidateQuestion question;
  question.release.status = "deployed";
  question.release.chart_version = *base::Version::parse("13.12.7");
  question.release.manifest = k_manifest + upgrade::brokers_yaml();
  question.live = live({deployment("a", k_rolled_out), brokers_json("camunda/camunda:8.8.36")});
  question.holders =
      upgrade::Holders{{"Secret", "s", {"password"}, false},
                       {"ConfigMap", "camunda-zeebe-configuration", {"application.yaml"}, false}};
  question.topology =
      R"({"brokers": [{"id": 0, "state": "ACTIVE", "partitions": [{"id": 1}, {"id": 2}]}, )"
      R"({"id": 1, "state": "ACTIVE", "partitions": [{"id": 2}, {"id": 3}]}, )"
      R"({"id": 2, "state": "ACTIVE", "partitions": [{"id": 3}, {"id": 1}]}]})";
  return question;
}

// Everything that is not ok: "wrong release: …".
std::string told(const ValidateQuestion& question) {
  std::string text;
  for (const Check& one : validate(question)) {
    if (one.verdict != Verdict::right) {
      text += fmt::format("{} {}: {}\n", name(one.verdict), one.what, one.detail);
    }
  }
  return text;
}

TEST(Validate, a_good_release_has_nothing_wrong) {
  EXPECT_EQ(told(good()), "");
}

TEST(Validate, a_release_that_is_not_deployed_or_of_the_old_chart_is_wrong) {
  ValidateQuestion question = good();
  question.release.status = "failed";
  EXPECT_THAT(told(question), HasSubstr("wrong release: chart 13.12.7, failed"));
  question = good();
  question.release.chart_version = *base::Version::parse("12.13.3");
  EXPECT_THAT(told(question), HasSubstr("wrong release: chart 12.13.3, deployed"));
}

TEST(Validate, workloads_that_are_not_ready_or_not_there_are_wrong) {
  ValidateQuestion question = good();
  question.live = live({deployment("a", k_rolling)});
  EXPECT_THAT(told(question), HasSubstr("not ready: Deployment a (1 of 2 pods updated, 2 ready); "
                                        "not there: StatefulSet camunda-zeebe"));
  EXPECT_THAT(told(question), HasSubstr("wrong brokers: 0 of 3 brokers"));
}

TEST(Validate, what_is_left_of_8_7_is_wrong) {
  ValidateQuestion question = good();
  question.live = live({deployment("a", k_rolled_out), brokers_json("camunda/zeebe:8.7.37"),
                        deployment("camunda-operate", k_rolled_out)});
  EXPECT_THAT(told(question),
              HasSubstr("not in the release's manifest: Deployment camunda-operate"));
  EXPECT_THAT(told(question),
              HasSubstr("of 8.7: camunda/zeebe:8.7.37 (StatefulSet camunda-zeebe)"));
}

TEST(Validate, secrets_and_keys_that_pods_miss_are_wrong) {
  ValidateQuestion question = good();
  question.holders = upgrade::Holders{{"Secret", "s", {"other"}, false}};
  EXPECT_THAT(told(question), HasSubstr("key password of Secret s (Deployment a needs it)"));
  EXPECT_THAT(told(question), HasSubstr("ConfigMap camunda-zeebe-configuration (StatefulSet"));
  question.holders.reset();
  question.holders_trouble = "forbidden";
  EXPECT_EQ(told(question), "unknown Secrets: could not be looked at: forbidden\n");
}

TEST(Validate, brokers_that_say_something_else_than_the_manifest_are_wrong) {
  ValidateQuestion question = good();
  question.topology =
      R"({"brokers": [{"id": 0, "state": "LEAVING", "partitions": [{"id": 1}, {"id": 2}]}]})";
  EXPECT_EQ(told(question), "wrong topology: 1 brokers with 2 partitions; broker 0 is LEAVING\n");
  question.topology.reset();
  question.topology_trouble = "not asked";
  EXPECT_EQ(told(question), "unknown topology: not asked\n");
  question.topology = "<html>";
  EXPECT_THAT(told(question), HasSubstr("unknown topology"));
}

TEST(Validate, a_migration_that_is_not_complete_is_wrong) {
  ValidateQuestion question = good();
  question.live.push_back(live({job("data", k_active)}).front());
  EXPECT_THAT(told(question),
              HasSubstr("wrong migration: Job camunda-zeebe-migration-data: running"));
}

TEST(Validate, addresses_have_somebody_behind_them) {
  const std::string service =
      R"({"kind": "Service", "metadata": {"name": "a"}, "spec": {"selector": {"app": "a"}}})";
  const auto with_pod = [&](const std::string& app, const std::string& ready) {
    ValidateQuestion question = good();
    question.release.manifest += "---\nkind: Service\nmetadata:\n  name: a\n";
    question.live.push_back(live({service}).front());
    question.live.push_back(
        live({R"({"kind": "Pod", "metadata": {"name": "p", "labels": {"app": ")" + app +
              R"("}}, "status": {"conditions": [{"type": "Ready", "status": ")" + ready +
              R"("}]}})"})
            .front());
    return told(question);
  };
  EXPECT_EQ(with_pod("a", "True"), "");
  EXPECT_EQ(with_pod("a", "False"), "wrong addresses: no ready pod behind Service a\n");
  EXPECT_EQ(with_pod("b", "True"), "wrong addresses: no ready pod behind Service a\n");
  ValidateQuestion question = good();
  question.live.push_back(
      live({R"({"kind": "Ingress", "metadata": {"name": "i"}, "status": {}})"}).front());
  EXPECT_EQ(told(question), "unknown addresses: no controller has given an address to Ingress i\n");
}

}  // namespace
}  // namespace follow
