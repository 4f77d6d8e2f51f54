#include "unit/decisions/translate.hpp"

#include <gtest/gtest.h>

namespace {

using decisions_test::at;
using decisions_test::fate;
using decisions_test::told;

rules::Request compat() {
  rules::Request request;
  request.mode = rules::Mode::compat;
  return request;
}

rules::Plan in_compat(std::string_view json) {
  return decisions_test::translate(json, compat());
}

TEST(Compat, LeavesWhatTheLayerCarriesAndSwitchesItOn) {
  const auto plan = in_compat(R"({"zeebe": {"clusterSize": "5", "pvcSize": "99Gi"}})");
  EXPECT_EQ(at(plan, "zeebe.clusterSize"), R"("5")");
  EXPECT_EQ(at(plan, "zeebe.pvcSize"), R"("99Gi")");
  EXPECT_EQ(at(plan, "orchestration.clusterSize"), "nothing");
  EXPECT_EQ(at(plan, "zeebe.enabled"), "true");
  EXPECT_EQ(at(plan, "global.compatibility.orchestration.enabled"), "true");
  ASSERT_NE(fate(plan, "zeebe.clusterSize"), nullptr);
  EXPECT_EQ(fate(plan, "zeebe.clusterSize")->kind, rules::FateKind::kept);
}

TEST(Compat, IsNotTheDefault) {
  const auto plan = decisions_test::translate(R"({"zeebe": {"clusterSize": "5"}})");
  EXPECT_EQ(at(plan, "zeebe"), "nothing");
  EXPECT_EQ(at(plan, "global.compatibility.orchestration.enabled"), "false");
}

TEST(Compat, ANumberStaysTheNumberThatWasWritten) {
  EXPECT_EQ(at(in_compat(R"({"zeebe": {"clusterSize": 5}})"), "zeebe.clusterSize"), "5");
}

TEST(Compat, MovesWhatTheLayerFailsOn) {
  const auto plan = in_compat(
      R"({"zeebe": {"clusterSize": "5", "env": [{"name": "A", "value": "b"}],
          "extraVolumes": [{"name": "v", "emptyDir": {}}]}})");
  EXPECT_EQ(at(plan, "zeebe.env"), "nothing");
  EXPECT_EQ(at(plan, "zeebe.extraVolumes"), "nothing");
  EXPECT_NE(at(plan, "orchestration.env"), "nothing");
  EXPECT_NE(at(plan, "orchestration.extraVolumes"), "nothing");
}

// The layer would take 800m for 8.7's untouched default and write 8.8's.
TEST(Compat, MovesResourcesThatTheLayerWouldReplace) {
  const auto plan = in_compat(
      R"({"zeebe": {"clusterSize": "5", "resources": {"requests": {"cpu": "800m", "memory": "4Gi"}}}})");
  EXPECT_EQ(at(plan, "zeebe.resources"), "nothing");
  EXPECT_EQ(at(plan, "orchestration.resources.requests.cpu"), R"("800m")");
  const auto other = in_compat(
      R"({"zeebe": {"clusterSize": "5", "resources": {"requests": {"cpu": "2", "memory": "4Gi"}}}})");
  EXPECT_EQ(at(other, "zeebe.resources.requests.cpu"), R"("2")");
}

TEST(Compat, CarriesAListWhole) {
  const auto plan =
      in_compat(R"({"zeebe": {"tolerations": [{"key": "a", "operator": "Exists"}]}})");
  EXPECT_EQ(at(plan, "zeebe.tolerations"), R"([{"key":"a","operator":"Exists"}])");
  EXPECT_EQ(at(plan, "orchestration.tolerations"), "nothing");
}

TEST(Compat, StaysOffWhereItWouldRenameJavaOptions) {
  const auto plan = in_compat(
      R"({"zeebe": {"clusterSize": "5", "javaOpts": "-Dtrust=/etc/zeebe-certs/trust.jks"}})");
  EXPECT_TRUE(told(plan, "compat-layer-unused"));
  EXPECT_EQ(at(plan, "zeebe"), "nothing");
  EXPECT_EQ(at(plan, "orchestration.clusterSize"), R"("5")");
}

TEST(Compat, TranslatingTheResultAgainChangesNothing) {
  const auto first =
      in_compat(R"({"zeebe": {"clusterSize": "5", "env": [{"name": "A", "value": "b"}]}})");
  values::Value again = first.result;
  values::set_origin(again, {0, 1, 1});
  rules::Request request = compat();
  request.source_names = {"values.yaml"};
  const auto second =
      rules::translate(rules::catalogue_8_7_to_8_8(), decisions::all(), request, again);
  EXPECT_EQ(values::to_json(second.result), values::to_json(first.result));
}

}  // namespace
