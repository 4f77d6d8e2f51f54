#include "cli/explanation.hpp"

#include <gtest/gtest.h>
#include <string>

namespace {

const rules::Catalogue& catalogue() {
  return rules::catalogue_8_7_to_8_8();
}

std::string explained(const std::string& word) {
  return cli::explain(catalogue(), word).value_or("nothing");
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Explain, SaysWhereAKeyGoesWithTheRestOfItsPath) {
  const std::string text = explained("zeebe.nodeSelector.disk");
  EXPECT_TRUE(text.starts_with("zeebe.nodeSelector.disk → orchestration.nodeSelector.disk ["))
      << text;
  EXPECT_TRUE(has(text, "\n  source: ")) << text;
}

TEST(Explain, FollowsAnOlderSpelling) {
  const std::string text = explained("identity.keycloak.auth.adminUser");
  EXPECT_TRUE(has(text,
                  "identity.keycloak.auth.adminUser is an older spelling of "
                  "identityKeycloak.auth.adminUser ["))
      << text;
  EXPECT_TRUE(has(text, "\nidentityKeycloak.auth.adminUser stays [")) << text;
  EXPECT_TRUE(has(text, "\n  default of 8.7: \"admin\"\n")) << text;
}

TEST(Explain, KnowsVariablesByComponentAndRules) {
  const std::string variable = explained("ZEEBE_BROKER_DATA_SNAPSHOTPERIOD");
  EXPECT_TRUE(variable.starts_with("ZEEBE_BROKER_DATA_SNAPSHOTPERIOD of ")) << variable;
  EXPECT_TRUE(has(variable, "goes to the key orchestration.data.snapshotPeriod")) << variable;

  const std::string rule = explained("env-ldap");
  EXPECT_TRUE(rule.starts_with("rule env-ldap (environment)\n  error: ")) << rule;
  EXPECT_TRUE(has(rule, "\n  next: ")) << rule;
}

TEST(Explain, KnowsAPropertyByTheVariableThatItIsToSpring) {
  const std::string text = explained("camunda.operate.archiver.rollover-interval");
  EXPECT_TRUE(text.starts_with("camunda.operate.archiver.rollover-interval of ")) << text;
  EXPECT_TRUE(has(text, "[env-moved]")) << text;
}

TEST(Explain, NamesWhatTheStarOfARowMatched) {
  const std::string text = explained("ZEEBE_GATEWAY_CLUSTER_MEMBERID");
  EXPECT_FALSE(has(text, "*")) << text;
  EXPECT_NE(text, "nothing");
}

TEST(Explain, KnowsNothingOfWhatNeitherChartHas) {
  for (const char* word : {"zeebe.clusterSzie", "nope", "MY_OWN_VARIABLE", "a[x", "", "."}) {
    EXPECT_EQ(explained(word), "nothing") << word;
  }
  EXPECT_EQ(cli::nearest(catalogue(), "zeebe.clusterSzie"), "zeebe.clusterSize");
  EXPECT_EQ(cli::nearest(catalogue(), "env-lapd"), "env-ldap");
}

TEST(ListRules, HasEveryRuleOnce) {
  const std::string list = cli::list_rules(catalogue());
  for (const rules::Rule& rule : catalogue().rules) {
    const std::string line = "\n  " + std::string(rule.id) + " ";
    const std::size_t at = list.find(line);
    EXPECT_NE(at, std::string::npos) << rule.id;
    EXPECT_EQ(list.find(line, at + 1), std::string::npos) << rule.id;
  }
}

}  // namespace
