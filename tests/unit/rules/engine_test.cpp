#include "rules/engine.hpp"

#include "base/failure.hpp"
#include "rules/translation.hpp"
#include "values/json.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace {

using rules::Catalogue;
using rules::FateKind;
using rules::Key;
using rules::MatchNode;
using rules::Rule;
using rules::Verb;
using text::Severity;
using values::Path;
using values::Value;

// A catalogue of its own, so that the engine is tested without a Camunda key.
constexpr Rule rule(std::string_view id, Verb verb, std::string_view match,
                    std::string_view target) {
  return {id,
          verb,
          match,
          target,
          "",
          "",
          "message of it",
          "because",
          "next",
          "source",
          "",
          "",
          Severity::warning,
          false,
          false,
          "test"};
}

constexpr Rule dependency(std::string_view id, std::string_view match) {
  return {id, Verb::keep, match,          "",    "",   "",    "", "because", "", "source",
          "", "",         Severity::note, false, true, "test"};
}

constexpr Rule drop_told(std::string_view id, std::string_view match, std::string_view when) {
  return {id,
          Verb::drop,
          match,
          "",
          "",
          when,
          "{component} lost {path}",
          "because",
          "",
          "source",
          "",
          "",
          Severity::warning,
          true,
          false,
          "test"};
}

constexpr Rule pin(std::string_view id, std::string_view path, std::string_view value,
                   std::string_view when) {
  return {id, Verb::pin, "", path, value,          when,  "",    "because",
          "", "source",  "", "",   Severity::note, false, false, "test"};
}

constexpr Rule check(std::string_view id, std::string_view path, std::string_view when) {
  return {id,
          Verb::check,
          "",
          path,
          "",
          when,
          "{path} is on alone",
          "because",
          "next",
          "source",
          "",
          "",
          Severity::error,
          true,
          false,
          "test"};
}

constexpr Rule k_rules[] = {
    rule("same", Verb::keep, "same", ""),
    rule("old", Verb::move, "old", "new"),
    rule("old-special", Verb::move, "old.special", "elsewhere"),
    rule("ancient", Verb::respell, "ancient", "old"),
    drop_told("gone", "gone", "same.on"),
    pin("pinned", "same.pinned", "\"8.7\"", "same.on"),
    rule("decided", Verb::through, "decided", "some-decision"),
    rule("overruled", Verb::finding, "", ""),
    rule("unknown-key", Verb::finding, "", ""),
    rule("no-rule", Verb::finding, "", ""),
    rule("wrong-type", Verb::finding, "", ""),
    rule("new-key", Verb::finding, "", ""),
    rule("new-structure", Verb::finding, "", ""),
    dependency("dependency", "dependency"),
    check("alone", "new.only", "new:new.only && new:new.count == 9"),
};

constexpr MatchNode k_nodes[] = {
    {"", -1, 1, 6},    {"ancient", 3, 7, 0}, {"decided", 6, 7, 0}, {"dependency", 13, 7, 0},
    {"gone", 4, 7, 0}, {"old", 1, 7, 1},     {"same", 0, 8, 0},    {"special", 2, 8, 0},
};

constexpr Key k_old[] = {
    {"ancient", "{}", ""},        {"decided", "1", ""},    {"dependency.same", "1", ""},
    {"gone.a", "1", ""},          {"gone.b", "2", ""},     {"old.count", "3", ""},
    {"old.special", "\"x\"", ""}, {"same.on", "true", ""}, {"same.pinned", "\"8.7\"", ""},
    {"same.text", "\"t\"", ""},
};

constexpr Key k_new[] = {
    {"dependency.of.new", "1", ""},   {"elsewhere", "\"x\"", "string"},
    {"new.count", "\"3\"", "string"}, {"new.only", "1", "number"},
    {"same.on", "true", "boolean"},   {"same.pinned", "\"8.8\"", ""},
    {"same.text", "\"t\"", "string"},
};

constexpr Catalogue k_catalogue{"test", k_rules, k_nodes, k_old, k_new, {}};

rules::Plan translate(std::string_view json, std::span<const rules::Decision> decisions = {}) {
  Value user = values::from_json(json);
  values::set_origin(user, {0, 1, 1});
  rules::Request request;
  request.source_names = {"values.yaml"};
  return rules::translate(k_catalogue, decisions, request, std::move(user));
}

std::string result(std::string_view json) {
  return values::to_json(translate(json).result);
}

const rules::Fate& fate(const rules::Plan& plan, const char* path) {
  for (const auto& f : plan.fates) {
    if (f.path == Path(path)) {
      return f;
    }
  }
  throw base::InternalError(std::string("no fate of ") + path);
}

TEST(Engine, MovesASubtreeAndPinsADefaultThatChanged) {
  EXPECT_EQ(result(R"({"old":{"count":5}})"), R"({"new":{"count":"5"},"same":{"pinned":"8.7"}})");
}

TEST(Engine, TheLongestMatchWins) {
  const auto plan = translate(R"({"old":{"special":"y"}})");
  EXPECT_EQ(values::to_json(plan.result), R"({"elsewhere":"y","same":{"pinned":"8.7"}})");
  EXPECT_EQ(fate(plan, "old.special").rule, "old-special");
}

TEST(Engine, AnOlderSpellingGoesTheSameWayAndIsReportedAsWritten) {
  const auto plan = translate(R"({"ancient":{"count":"5"}})");
  ASSERT_NE(values::find(plan.result, "new.count"), nullptr);
  EXPECT_EQ(fate(plan, "ancient.count").to, std::vector<Path>{"new.count"});
}

TEST(Engine, ATypeOfTheNewSchemaIsMetAndTheFateSaysConverted) {
  EXPECT_EQ(fate(translate(R"({"old":{"count":5}})"), "old.count").kind, FateKind::converted);
  EXPECT_EQ(fate(translate(R"({"old":{"count":"5"}})"), "old.count").kind, FateKind::moved);
}

TEST(Engine, AValueThatFitsNoTypeIsAnError) {
  const auto plan = translate(R"({"same":{"on":"maybe"}})");
  ASSERT_EQ(plan.findings.size(), 1U);
  EXPECT_EQ(plan.findings[0].rule, "wrong-type");
  EXPECT_EQ(plan.findings[0].subjects, std::vector<std::string>{"same.on"});
}

TEST(Engine, ADropIsToldOnlyWhenItChangesSomething) {
  EXPECT_TRUE(translate(R"({"gone":{"a":1}})").findings.empty()) << "the old default";
  EXPECT_TRUE(translate(R"({"gone":{"a":7},"same":{"on":false}})").findings.empty()) << "when";
  const auto plan = translate(R"({"gone":{"a":7,"b":8}})");
  ASSERT_EQ(plan.findings.size(), 1U);
  EXPECT_EQ(plan.findings[0].message, "gone lost gone");
  EXPECT_EQ(plan.findings[0].subjects, (std::vector<std::string>{"gone.a", "gone.b"}));
  EXPECT_EQ(plan.findings[0].location, (text::Location{"values.yaml", 1, 1}));
}

TEST(Engine, NoValuesAtAllAreTheOldDefaults) {
  EXPECT_EQ(result("{}"), R"({"same":{"pinned":"8.7"}})");
  EXPECT_EQ(result("null"), R"({"same":{"pinned":"8.7"}})");
}

TEST(Engine, APinYieldsToTheUser) {
  EXPECT_EQ(result(R"({"same":{"pinned":"mine"}})"), R"({"same":{"pinned":"mine"}})");
  EXPECT_EQ(result(R"({"same":{"on":false}})"), R"({"same":{"on":false}})");
}

TEST(Engine, WithinASourceTheNewKeyWins) {
  const auto plan = translate(R"({"old":{"count":"5"},"new":{"count":"7"}})");
  EXPECT_EQ(values::find(plan.result, "new.count")->as_text(), "7");
  EXPECT_EQ(fate(plan, "old.count").kind, FateKind::dropped);
  EXPECT_EQ(plan.findings.at(0).rule, "overruled");
}

TEST(Engine, BetweenSourcesTheLaterOneWins) {
  Value user = values::from_json(R"({"old":{"count":"5"},"new":{"count":"7"}})");
  values::reach(user, "new.count").origin = {0, 1, 1};
  values::reach(user, "old.count").origin = {1, 1, 1};
  rules::Request request;
  request.source_names = {"a.yaml", "--set old.count"};
  const auto plan = rules::translate(k_catalogue, {}, request, user);
  EXPECT_EQ(values::find(plan.result, "new.count")->as_text(), "5");
  EXPECT_EQ(fate(plan, "new.count").kind, FateKind::dropped);
  EXPECT_EQ(plan.findings.at(0).rule, "overruled");
}

TEST(Engine, AKeyThatNeitherChartKnowsStaysAndIsTold) {
  const auto plan = translate(R"({"mine":{"x":1}})");
  EXPECT_NE(values::find(plan.result, "mine.x"), nullptr);
  ASSERT_EQ(plan.findings.size(), 1U);
  EXPECT_EQ(plan.findings[0].rule, "unknown-key");
}

TEST(Engine, ALeafThatItsDecisionLeftIsAnErrorAndNotGuessed) {
  const auto plan = translate(R"({"decided":2})");
  EXPECT_EQ(fate(plan, "decided").kind, FateKind::asked);
  EXPECT_EQ(plan.findings.at(0).rule, "no-rule");
}

TEST(Engine, ADecisionRunsBeforeTheVerbs) {
  static constexpr rules::Decision k_decisions[] = {
      {"some-decision",
       [](rules::Translation& t) { t.move("decided", "new.only", "decided", FateKind::merged); }}};
  const auto plan = translate(R"({"decided":2})", k_decisions);
  EXPECT_EQ(fate(plan, "decided").kind, FateKind::merged);
  EXPECT_EQ(values::find(plan.result, "new.only")->plain(), "2");
}

TEST(Engine, ValuesInTheNewStructureStayAsTheyAre) {
  const auto plan = translate(R"({"new":{"only":2},"same":{"text":"a"}})");
  EXPECT_TRUE(plan.already_new);
  EXPECT_EQ(values::to_json(plan.result), R"({"new":{"only":2},"same":{"text":"a"}})");
  EXPECT_TRUE(plan.pins.empty());
}

TEST(Engine, AnEmptyMapOrNullInTheOldSpellingTakesNothingAway) {
  for (const char* ancient : {"{}", "null"}) {
    EXPECT_EQ(result(fmt::format(R"({{"old":{{"count":"5"}},"ancient":{}}})", ancient)),
              R"({"new":{"count":"5"},"same":{"pinned":"8.7"}})");
  }
}

// Both charts hand on whatever stands in a dependency's block; the new one only sets more there.
TEST(Engine, ADependencysKeysDoNotShowTheStructure) {
  EXPECT_FALSE(translate(R"({"dependency":{"of":{"new":2}}})").already_new);
}

TEST(Engine, ACheckLooksAtTheNewValuesAndTellsWhereTheUserWroteThem) {
  EXPECT_TRUE(translate(R"({"old":{"count":"5"}})").findings.empty());
  const auto plan = translate(R"({"old":{"count":9}})");
  ASSERT_EQ(plan.findings.size(), 1U);
  EXPECT_EQ(plan.findings[0].rule, "alone");
  EXPECT_EQ(plan.findings[0].severity, Severity::error);
  EXPECT_EQ(plan.findings[0].message, "new.only is on alone");
  EXPECT_EQ(plan.findings[0].subjects, std::vector<std::string>{"new.only"});
  EXPECT_EQ(plan.findings[0].location, (text::Location{"values.yaml", 1, 1})) << "of old.count";
  const auto new_already = translate(R"({"new":{"only":2,"count":"9"}})");
  ASSERT_EQ(new_already.findings.size(), 1U);
  EXPECT_EQ(new_already.findings[0].location, (text::Location{"values.yaml", 1, 1}));
}

TEST(Engine, OldBlocksBesideNewOnesAreTranslated) {
  EXPECT_FALSE(translate(R"({"new":{"only":2},"old":{"count":"5"}})").already_new);
}

TEST(Engine, ANullOfTheUserDeletesTheOldDefault) {
  static std::string seen;
  static constexpr rules::Decision k_decisions[] = {{"some-decision", [](rules::Translation& t) {
                                                       seen = t.text("same.text") + "|" +
                                                              t.text("old.count");
                                                     }}};
  translate(R"({"same":{"text":null}})", k_decisions);
  EXPECT_EQ(seen, "|3");
}

}  // namespace
