#include "postrender/carried.hpp"

#include "unit/upgrade/manifests.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace postrender {
namespace {

using testing::HasSubstr;

upgrade::Objects brokers(const std::string& container, const std::string& pod = "",
                         const std::string& more = "") {
  return upgrade::objects_of(fmt::format(
      "---\nkind: StatefulSet\nmetadata:\n  name: camunda-zeebe\n  labels: "
      "{{app.kubernetes.io/component: zeebe-broker}}\nspec:\n  template:\n    spec:\n{}      "
      "containers:\n        - {}\n{}",
      pod, container, more));
}

std::string lost(const upgrade::Objects& before, const upgrade::Objects& after) {
  const text::Sink findings = check_carried(before, after);
  return findings.empty() ? "" : findings.front().message;
}

TEST(Carried, NamesABlockOfWhichNothingArrives) {
  const auto after = brokers("{name: orchestration, env: [{name: LC_ALL, value: C}]}");
  const std::string message =
      lost(brokers("{name: zeebe, env: [{name: LC_ALL, value: C}, {name: PROXY, value: p}], "
                   "envFrom: [{secretRef: {name: s}}]}",
                   "      nodeSelector: {disk: fast}\n      tolerations: [{key: a}]\n"
                   "      initContainers: [{name: fetch}]\n"
                   "      volumes: [{name: config}, {name: certificates}]\n",
                   "        - {name: proxy}\n"),
           after);
  for (const char* part :
       {"nodeSelector", "tolerations", "initContainers (fetch)", "containers (proxy)",
        "volumes (certificates)", "env (PROXY)", "envFrom", "StatefulSet camunda-zeebe"}) {
    EXPECT_THAT(message, HasSubstr(part));
  }
  EXPECT_THAT(message, Not(HasSubstr("LC_ALL")));
  EXPECT_THAT(message, Not(HasSubstr("config,")));
}

TEST(Carried, IsContentWhenAPartOfABlockArrives) {
  const auto before = brokers(
      "{name: zeebe, env: [{name: PROXY, value: p}, {name: OTHER, value: o}]}",
      "      nodeSelector: {disk: fast}\n      volumes: [{name: certificates}, {name: more}]\n");
  EXPECT_EQ(lost(before, brokers("{name: orchestration, env: [{name: PROXY, value: q}]}",
                                 "      nodeSelector: {disk: slow}\n"
                                 "      volumes: [{name: certificates}]\n")),
            "");
}

// ZEEBE_GATEWAY_X of 8.7 is ZEEBE_BROKER_GATEWAY_X of 8.8.
TEST(Carried, KnowsARenamedVariableByItsValue) {
  const auto before = brokers("{name: zeebe, env: [{name: ZEEBE_X, value: wanted}]}");
  EXPECT_EQ(lost(before, brokers("{name: orchestration, env: [{name: CAMUNDA_X, value: wanted}]}")),
            "");
  EXPECT_THAT(lost(before, brokers("{name: orchestration, env: [{name: CAMUNDA_X, value: o}]}")),
              HasSubstr("env (ZEEBE_X)"));
}

TEST(Carried, NamesMemoryThatShrinks) {
  const auto memory = [](const char* size) {
    return brokers(fmt::format("{{name: a, resources: {{limits: {{memory: {}}}}}}}", size));
  };
  EXPECT_THAT(lost(memory("8Gi"), memory("2Gi")), HasSubstr("resources (memory 8Gi, now 2Gi)"));
  EXPECT_EQ(lost(memory("2Gi"), memory("2048Mi")), "");
  EXPECT_EQ(lost(memory("2Gi"), memory("4Gi")), "");
}

TEST(Carried, HasNothingToCompareWithoutBrokers) {
  EXPECT_EQ(lost({}, brokers("{name: a}")), "");
  EXPECT_EQ(lost(brokers("{name: a}", "      nodeSelector: {a: b}\n"), {}), "");
}

}  // namespace
}  // namespace postrender
