#include "rules/catalogue.hpp"

#include <gtest/gtest.h>

namespace {

TEST(SameVariable, CountsLettersAndDigitsOnly) {
  EXPECT_TRUE(rules::same_variable("CAMUNDA_OPERATE_INDEXPREFIX", "CAMUNDA_OPERATE_INDEX_PREFIX"));
  EXPECT_TRUE(rules::same_variable("ZEEBE_BROKER_X", "zeebe.broker.x"));
  EXPECT_TRUE(rules::same_variable("A_B", "a-b"));
  EXPECT_FALSE(rules::same_variable("A_B", "A_BC"));
  EXPECT_FALSE(rules::same_variable("A_BC", "A_B"));
}

TEST(SameVariable, SaysWhatTheStarStandsFor) {
  std::string matched;
  EXPECT_TRUE(rules::same_variable("ZEEBE_GATEWAY_*", "ZEEBE_GATEWAY_LONG_POLLING", &matched));
  EXPECT_EQ(matched, "LONG_POLLING");
  EXPECT_TRUE(rules::same_variable("C_*_URL", "C_12_URL", &matched));
  EXPECT_EQ(matched, "12");
  EXPECT_FALSE(rules::same_variable("C_*_URL", "C_12_URI"));
  EXPECT_TRUE(rules::same_variable("*", "ANYTHING"));
}

TEST(EnvRules, TheFirstRowThatFitsIsTheRule) {
  const auto& catalogue = rules::catalogue_8_7_to_8_8();
  EXPECT_EQ(catalogue.env_rule("zeebeGateway", "ZEEBE_GATEWAY_CLUSTER_SECURITY_ENABLED")->action,
            rules::EnvAction::copy);
  EXPECT_EQ(catalogue.env_rule("zeebeGateway", "ZEEBE_GATEWAY_FILTERS_0_ID")->action,
            rules::EnvAction::rename);
  EXPECT_EQ(catalogue.env_rule("zeebe", "MANAGEMENT_X")->action, rules::EnvAction::share);
  EXPECT_EQ(catalogue.env_rule("operate", "MANAGEMENT_X")->action, rules::EnvAction::tell);
  EXPECT_EQ(catalogue.env_rule("elsewhere", "A"), nullptr);
}

TEST(EnvRules, EveryRowNamesARuleAndEveryKeyExists) {
  const auto& catalogue = rules::catalogue_8_7_to_8_8();
  for (const auto& row : catalogue.env_rules) {
    EXPECT_NE(catalogue.find(row.rule), nullptr) << row.name;
    if (row.action == rules::EnvAction::move) {
      EXPECT_TRUE(catalogue.new_knows(values::Path(row.target))) << row.name;
    }
  }
}

}  // namespace
