#include "unit/decisions/translate.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>

namespace {

using decisions_test::told;
using decisions_test::translate;

TEST(Agreement, PrefixesMustNotOverlap) {
  const auto overlap = [](const std::string& structure, const std::string& own) {
    return told(translate(fmt::format(R"({{{},"global":{{"elasticsearch":{{"prefix":"rec"}}}},
                              "orchestration":{{"index":{{"prefix":"{}"}}}}}})",
                                      structure, own)),
                "prefix-overlap");
  };
  // Values of 8.7, and values that are in the new structure already.
  for (const char* structure : {R"("zeebe":{"clusterSize":"3"})", R"("connectors":{})"}) {
    EXPECT_TRUE(overlap(structure, "rec-own"));
    EXPECT_TRUE(overlap(structure, "re"));
    EXPECT_FALSE(overlap(structure, "own"));
  }
}

TEST(Agreement, OptimizeHasIndicesOfItsOwn) {
  const auto overlap = [](const std::string& variable, const std::string& prefix,
                          const std::string& more = "") {
    return told(translate(fmt::format(R"({{"zeebe":{{"clusterSize":"3"}},{}
                                          "optimize":{{"env":[{{"name":"{}","value":"{}"}}]}}}})",
                                      more, variable, prefix)),
                "optimize-prefix-overlap");
  };
  for (const char* name : {"CAMUNDA_OPTIMIZE_ELASTICSEARCH_SETTINGS_INDEX_PREFIX",
                           "CAMUNDA_OPTIMIZE_OPENSEARCH_INDEXPREFIX"}) {
    EXPECT_TRUE(overlap(name, "zeebe-record"));
    EXPECT_TRUE(overlap(name, "zeebe-record-optimize"));
    EXPECT_FALSE(overlap(name, "zeebe"));
    EXPECT_FALSE(overlap(name, "optimize"));
  }
  EXPECT_FALSE(overlap("CAMUNDA_OPTIMIZE_ZEEBE_NAME", "zeebe-record"));
  const std::string own = R"("global":{"elasticsearch":{"prefix":"rec"}},)";
  EXPECT_TRUE(overlap("OPTIMIZE_ELASTICSEARCH_SETTINGS_INDEX_PREFIX", "rec-o", own));
  EXPECT_FALSE(overlap("OPTIMIZE_ELASTICSEARCH_SETTINGS_INDEX_PREFIX", "zeebe-record", own));
}

TEST(Agreement, TheMigrationHasAPasswordOfItsOwn) {
  const auto shared = [](const std::string& key, const std::string& type) {
    return told(translate(fmt::format(
                    R"({{"identity":{{"enabled":true}},
       "global":{{"identity":{{"auth":{{"enabled":true,"type":"{}"}}}}}},
       "orchestration":{{
         "migration":{{"identity":{{"enabled":true,"clientId":"c","claimValue":"v",
           "secret":{{"existingSecret":"all","existingSecretKey":"{}"}}}}}},
         "security":{{"authentication":{{"oidc":{{
           "secret":{{"existingSecret":"all","existingSecretKey":"cluster"}}}}}}}}}}}})",
                    type, key)),
                "migration-secret-shared");
  };
  EXPECT_TRUE(shared("cluster", "KEYCLOAK"));
  EXPECT_FALSE(shared("migration", "KEYCLOAK"));
  // At another provider both may be the same client.
  EXPECT_FALSE(shared("cluster", "GENERIC"));
}

}  // namespace
