#include "decisions/migration_state.hpp"

#include "values/json.hpp"

#include <gtest/gtest.h>

namespace decisions {
namespace {

using rules::Switch;

rules::Plan plan_of(const char* json, bool already_new = true) {
  rules::Plan plan;
  plan.result = values::from_json(json);
  plan.already_new = already_new;
  return plan;
}

constexpr const char* k_both_on = R"({"orchestration": {"migration": {
  "data": {"enabled": true},
  "identity": {"enabled": true, "secret": {"existingSecret": "c8upgrade-identity-migration"}}}}})";

std::string at(const rules::Plan& plan, const values::Path& path) {
  const values::Value* found = values::find(plan.result, path);
  return found == nullptr ? "(none)" : found->plain();
}

TEST(MigrationState, values_that_still_say_true_do_not_start_a_migration_that_is_over) {
  rules::Plan plan = plan_of(k_both_on);
  settle_migration(plan, {false, false, Switch::off, false});
  EXPECT_EQ(at(plan, "orchestration.migration.data.enabled"), "false");
  EXPECT_EQ(at(plan, "orchestration.migration.identity.enabled"), "false");
  EXPECT_FALSE(plan.data_migration);
  EXPECT_FALSE(plan.identity_migration);
  EXPECT_FALSE(plan.makes_migration_secret);
}

TEST(MigrationState, new_values_on_an_old_release_get_the_data_migration) {
  rules::Plan plan = plan_of(R"({"orchestration": {}})");
  settle_migration(plan, {true, false, Switch::automatic, false});
  EXPECT_EQ(at(plan, "orchestration.migration.data.enabled"), "true");
  EXPECT_TRUE(plan.data_migration);
}

TEST(MigrationState, somebody_who_wrote_false_has_ended_it) {
  rules::Plan plan = plan_of(R"({"orchestration": {"migration": {"data": {"enabled": false}}}})");
  settle_migration(plan, {true, false, Switch::on, false});
  EXPECT_FALSE(plan.data_migration);
  settle_migration(plan, {true, true, Switch::on, false});
  EXPECT_TRUE(plan.data_migration) << "a flag overrides the values";
}

TEST(MigrationState, what_the_translation_left_off_stays_off) {
  rules::Plan plan = plan_of(R"({"orchestration": {}})", false);
  settle_migration(plan, {true, false, Switch::automatic, false});
  EXPECT_FALSE(plan.data_migration);
}

TEST(MigrationState, identity_is_never_on_without_a_secret) {
  rules::Plan plan = plan_of(R"({"orchestration": {}})");
  settle_migration(plan, {false, false, Switch::on, true});
  EXPECT_FALSE(plan.identity_migration);
  EXPECT_EQ(at(plan, "orchestration.migration.identity.enabled"), "(none)");
}

TEST(MigrationState, our_own_secret_is_made_for_values_that_name_it) {
  rules::Plan plan = plan_of(k_both_on);
  settle_migration(plan, {true, false, Switch::automatic, false});
  EXPECT_TRUE(plan.identity_migration);
  EXPECT_TRUE(plan.makes_migration_secret);
}

}  // namespace
}  // namespace decisions
