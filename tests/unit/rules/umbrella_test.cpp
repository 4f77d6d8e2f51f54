#include "rules/umbrella.hpp"

#include "decisions/registry.hpp"
#include "values/json.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

namespace {

using values::Path;

rules::Plan under(const std::string& block, std::string_view json) {
  values::Value user = values::from_json(json);
  values::set_origin(user, {0, 1, 1});
  rules::Request request;
  request.source_names = {"values.yaml"};
  return rules::translate_under(rules::catalogue_8_7_to_8_8(), decisions::all(), request, block,
                                std::move(user));
}

std::string at(const rules::Plan& plan, std::string_view path) {
  const values::Value* found = values::find(plan.result, Path(path));
  return found == nullptr ? "nothing" : values::to_json(*found);
}

TEST(Umbrella, TranslatesTheBlockAndNothingBesideIt) {
  const auto plan = under("camunda", R"({"camunda": {"zeebe": {"clusterSize": "5"}},
                                         "redis": {"zeebe": {"clusterSize": "7"}}, "own": 1})");
  EXPECT_EQ(at(plan, "camunda.orchestration.clusterSize"), R"("5")");
  EXPECT_EQ(at(plan, "camunda.zeebe"), "nothing");
  EXPECT_EQ(at(plan, "redis"), R"({"zeebe":{"clusterSize":"7"}})");
  EXPECT_EQ(at(plan, "own"), "1");
  EXPECT_EQ(at(plan, "orchestration"), "nothing");
}

TEST(Umbrella, GlobalStaysGlobal) {
  const auto plan =
      under("camunda", R"({"global": {"ingress": {"enabled": true, "host": "a.example.com"},
                                      "storageClass": "fast"},
                           "camunda": {"zeebe": {"clusterSize": "5"}}})");
  EXPECT_EQ(at(plan, "global.ingress.host"), R"("a.example.com")");
  EXPECT_EQ(at(plan, "camunda.global.ingress.host"), "nothing");
  EXPECT_EQ(at(plan, "global.storageClass"), R"("fast")");
  // Pins are not the business of the charts beside.
  EXPECT_EQ(at(plan, "camunda.global.compatibility.orchestration.enabled"), "false");
  const bool told = std::any_of(plan.findings.begin(), plan.findings.end(),
                                [](const auto& one) { return one.rule == "unknown-key"; });
  EXPECT_FALSE(told) << "another chart's global key is no unknown key";
}

TEST(Umbrella, WhatLeavesGlobalGoesUnderTheBlock) {
  const auto plan = under("camunda", R"({"global": {"identity": {"auth": {"enabled": true,
      "zeebe": {"clientId": "z", "existingSecret": {"name": "s"}}}}}, "camunda": {}})");
  EXPECT_EQ(at(plan, "global.identity.auth.zeebe"), "nothing");
  EXPECT_EQ(at(plan, "camunda.orchestration.security.authentication.oidc.clientId"), R"("z")");
}

TEST(Umbrella, EveryLeafHasOneFateUnderItsOwnPath) {
  values::Value user = values::from_json(
      R"({"global": {"ingress": {"enabled": true}}, "own": [1, 2],
          "camunda": {"global": {"ingress": {"enabled": false}}, "operate": {"enabled": true}}})");
  std::multiset<std::string> wanted;
  values::for_each_leaf(user, [&](const Path& path, const auto&) { wanted.insert(path.text()); });
  const auto plan = under("camunda", values::to_json(user));
  std::multiset<std::string> got;
  for (const auto& fate : plan.fates) {
    got.insert(fate.path.text());
  }
  EXPECT_EQ(got, wanted);
}

TEST(Umbrella, SubjectsAreTheWholePath) {
  const auto plan = under("camunda", R"({"camunda": {"noSuchKey": 1}})");
  const auto it = std::find_if(plan.findings.begin(), plan.findings.end(),
                               [](const auto& one) { return one.rule == "unknown-key"; });
  ASSERT_NE(it, plan.findings.end());
  EXPECT_EQ(it->subjects, std::vector<std::string>{"camunda.noSuchKey"});
}

TEST(Umbrella, ABlockThatNobodyNamedStops) {
  const auto plan =
      under("", R"({"global": {"a": 1}, "platform": {"zeebe": {"clusterSize": "5"}}})");
  ASSERT_FALSE(plan.findings.empty());
  EXPECT_EQ(plan.findings.front().rule, "umbrella-block");
  EXPECT_EQ(plan.findings.front().next, "Say which block: --under platform");
  EXPECT_NE(under("", R"({"zeebe": {"clusterSize": "5"}, "other": {"zeebe": {"a": 1}}})")
                .findings.front()
                .rule,
            "umbrella-block");
}

}  // namespace
