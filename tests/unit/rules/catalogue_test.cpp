#include "rules/catalogue.hpp"

#include "decisions/registry.hpp"
#include "values/json.hpp"

#include <gtest/gtest.h>
#include <set>

namespace {

using rules::catalogue_8_7_to_8_8;
using rules::Verb;

TEST(Catalogue, FindsTheMostSpecificRule) {
  const auto& catalogue = catalogue_8_7_to_8_8();
  EXPECT_EQ(catalogue.rule_for("zeebe.clusterSize")->id, "cluster-shape");
  EXPECT_EQ(catalogue.rule_for("zeebe.nonsense")->id, "unknown-broker-key");
  EXPECT_EQ(catalogue.rule_for("connectors.replicas")->id, "same-block");
  EXPECT_EQ(catalogue.rule_for("nonsense"), nullptr);
}

TEST(Catalogue, KnowsTheDefaultsOfBothCharts) {
  const auto& catalogue = catalogue_8_7_to_8_8();
  EXPECT_EQ(catalogue.old_default("zeebe.clusterSize").plain(), "3");
  EXPECT_TRUE(catalogue.old_default("identity.enabled").truthy());
  EXPECT_FALSE(catalogue.new_default("identity.enabled").truthy());
  EXPECT_EQ(values::to_json(catalogue.old_default("zeebe.resources.limits")),
            R"({"cpu":"960m","memory":"1920Mi"})");
  EXPECT_TRUE(catalogue.old_default("no.such.key").is_null());
}

TEST(Catalogue, KnowsKeysParentsAndFreeForms) {
  const auto& catalogue = catalogue_8_7_to_8_8();
  EXPECT_TRUE(catalogue.old_knows("zeebe"));
  EXPECT_TRUE(catalogue.old_knows("zeebe.env[0].name"));
  EXPECT_TRUE(catalogue.old_knows("zeebe.podAnnotations.mine"));
  EXPECT_FALSE(catalogue.old_knows("zeebe.mine"));
  EXPECT_FALSE(catalogue.new_knows("zeebe"));
}

TEST(Catalogue, KnowsTheTypesOfTheSchema) {
  const auto& catalogue = catalogue_8_7_to_8_8();
  EXPECT_EQ(catalogue.new_type("orchestration.clusterSize"), "string");
  EXPECT_EQ(catalogue.new_type("orchestration.env[3].value"), "string");
  EXPECT_EQ(catalogue.new_type("global.ingress.annotations.any\\.thing"), "string");
  EXPECT_EQ(catalogue.new_type("no.such"), "");
}

// A `through:` names a decision that exists, or its leaves would all be asked about.
TEST(Catalogue, EveryNamedDecisionExists) {
  std::set<std::string_view> names;
  for (const auto& decision : decisions::all()) {
    names.insert(decision.name);
  }
  for (const auto& rule : catalogue_8_7_to_8_8().rules) {
    if (rule.verb == Verb::through) {
      EXPECT_TRUE(names.contains(rule.target)) << rule.id << " names " << rule.target;
    }
  }
}

// Every key that chart 12.x documents goes somewhere by a rule.
TEST(Catalogue, EveryOldKeyHasARule) {
  const auto& catalogue = catalogue_8_7_to_8_8();
  for (const auto& key : catalogue.old_keys) {
    const auto* rule = catalogue.rule_for(values::Path(key.path));
    ASSERT_NE(rule, nullptr) << key.path;
    EXPECT_NE(rule->id, "unknown-broker-key") << key.path;
  }
}

// What is kept must have a place in the new chart, or it is silently lost there.
TEST(Catalogue, WhatIsKeptOrMovedIsKnownToTheNewChart) {
  const auto& catalogue = catalogue_8_7_to_8_8();
  for (const auto& key : catalogue.old_keys) {
    const values::Path path(key.path);
    const auto* rule = catalogue.rule_for(path);
    if (rule->verb == Verb::keep && !rule->open) {
      EXPECT_TRUE(catalogue.new_knows(path)) << key.path << " is kept by " << rule->id;
    }
    if (rule->verb == Verb::move && !rule->open) {
      const auto to = values::Path(rule->target).join(path.after(values::Path(rule->match).size()));
      EXPECT_TRUE(catalogue.new_knows(to)) << key.path << " is moved by " << rule->id;
    }
  }
}

}  // namespace
