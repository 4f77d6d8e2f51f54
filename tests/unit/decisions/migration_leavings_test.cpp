#include "decisions/migration_leavings.hpp"

#include "decisions/migration_state.hpp"
#include "values/json.hpp"

#include <gtest/gtest.h>

namespace decisions {
namespace {

using rules::FateKind;
using rules::Switch;
using values::Path;

constexpr const char* k_env = R"([
  {"name": "ZEEBE_GATEWAY_CLUSTER_MESSAGECOMPRESSION", "value": "GZIP"},
  {"name": "A", "value": "b"},
  {"name": "ZEEBE_BROKER_GATEWAY_CLUSTER_MESSAGECOMPRESSION", "value": "GZIP"},
  {"name": "ZEEBE_BROKER_EXPORTERS_ELASTICSEARCHREGION0_CLASSNAME", "value": "io.E"},
  {"name": "ZEEBE_BROKER_EXPORTERS_ELASTICSEARCHREGION0_ARGS_URL", "value": "http://e"},
  {"name": "ZEEBE_BROKER_EXPORTERS_CAMUNDAREGION0_CLASSNAME", "value": "io.C"},
  {"name": "JAVA_OPTS", "value": "-Djavax.net.ssl.trustStore=/t"}])";

rules::Plan plan_of(const std::string& env, const std::string& more = "") {
  rules::Plan plan;
  plan.already_new = true;
  plan.result = values::from_json(
      R"({"orchestration": {"javaOpts": "-Xmx1g -Djavax.net.ssl.trustStore=/t", "env": )" + env +
      R"(, "migration": {"data": {"enabled": true}}})" + more + "}");
  std::size_t index = 0;
  for (const values::Value& item : values::find(plan.result, "orchestration.env")->items()) {
    const Path at = Path("orchestration.env").at(index++);
    for (const auto& [key, value] : item.entries()) {
      plan.fates.push_back({at.key(key), {}, FateKind::kept, {at.key(key)}, "new-structure"});
    }
  }
  return plan;
}

std::string names(const rules::Plan& plan) {
  std::string text;
  const values::Value* env = values::find(plan.result, "orchestration.env");
  for (const values::Value& item : env == nullptr ? std::vector<values::Value>() : env->items()) {
    text += item.find("name")->plain() + " ";
  }
  return text;
}

TEST(MigrationLeavings, what_only_the_importer_read_goes_with_it) {
  rules::Plan plan = plan_of(k_env);
  take_leavings(plan, {});
  EXPECT_EQ(names(plan),
            "A ZEEBE_BROKER_GATEWAY_CLUSTER_MESSAGECOMPRESSION "
            "ZEEBE_BROKER_EXPORTERS_CAMUNDAREGION0_CLASSNAME ");
  for (const rules::Fate& fate : plan.fates) {
    const bool stays = fate.path.steps()[2].index == 1 || fate.path.steps()[2].index == 2 ||
                       fate.path.steps()[2].index == 5;
    EXPECT_EQ(fate.kind, stays ? FateKind::kept : FateKind::dropped) << fate.path.text();
    if (stays) {
      EXPECT_NE(values::find(plan.result, fate.to.at(0)), nullptr) << fate.to.at(0).text();
    }
  }
}

TEST(MigrationLeavings, what_somebody_else_needs_stays) {
  rules::Plan optimize = plan_of(k_env, R"(, "optimize": {"enabled": true})");
  take_leavings(optimize, {});
  EXPECT_NE(names(optimize).find("ELASTICSEARCHREGION0_CLASSNAME"), std::string::npos);
  // No twin: nobody but its owner knows what it is for.
  const std::string alone = R"([
    {"name": "ZEEBE_GATEWAY_X", "value": "1"}, {"name": "ZEEBE_BROKER_GATEWAY_X", "value": "2"},
    {"name": "ZEEBE_BROKER_EXPORTERS_ELASTICSEARCHEU_CLASSNAME", "value": "io.E"},
    {"name": "JAVA_OPTS", "value": "-Djavax.net.ssl.trustStore=/other"}])";
  rules::Plan plan = plan_of(alone);
  take_leavings(plan, {});
  EXPECT_EQ(values::find(plan.result, "orchestration.env")->items().size(), 4U);
}

TEST(MigrationLeavings, the_last_variable_takes_the_list_along) {
  rules::Plan plan =
      plan_of(R"([{"name": "JAVA_OPTS", "value": "-Djavax.net.ssl.trustStore=/t"}])");
  take_leavings(plan, {});
  EXPECT_EQ(values::find(plan.result, "orchestration.env"), nullptr);
}

TEST(MigrationLeavings, only_values_that_still_say_on_lose_anything) {
  rules::Plan over = plan_of(k_env);
  settle_migration(over, {false, false, Switch::off, false});
  EXPECT_EQ(values::find(over.result, "orchestration.env")->items().size(), 3U);
  rules::Plan running = plan_of(k_env);
  settle_migration(running, {true, false, Switch::off, false});
  EXPECT_EQ(values::find(running.result, "orchestration.env")->items().size(), 7U);
  rules::Plan never = plan_of(k_env);
  *values::find(never.result, "orchestration.migration.data.enabled") =
      values::Value::boolean(false);
  settle_migration(never, {false, false, Switch::off, false});
  EXPECT_EQ(values::find(never.result, "orchestration.env")->items().size(), 7U);
}

}  // namespace
}  // namespace decisions
