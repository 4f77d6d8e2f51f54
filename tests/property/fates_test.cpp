// Whatever the values are, every leaf gets exactly one fate and a second translation changes
// nothing.
#include "decisions/registry.hpp"
#include "property/random_values.hpp"
#include "rules/engine.hpp"
#include "values/json.hpp"

#include <gtest/gtest.h>
#include <map>
#include <set>

namespace {

using property::RandomValues;
using values::Path;
using values::Value;

rules::Plan translate(const Value& user) {
  rules::Request request;
  request.source_names = {"values.yaml"};
  return rules::translate(rules::catalogue_8_7_to_8_8(), decisions::all(), request, user);
}

TEST(Fates, AreCompleteForAnyValues) {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    SCOPED_TRACE(seed);
    const Value user = RandomValues(seed).file();
    const auto plan = translate(user);
    std::map<Path, int> count;
    for (const auto& fate : plan.fates) {
      ++count[fate.path];
    }
    std::size_t leaves = 0;
    values::for_each_leaf(user, [&](const Path& path, const Value&) {
      ++leaves;
      EXPECT_EQ(count[path], 1) << path.text();
    });
    ASSERT_EQ(plan.fates.size(), leaves);
  }
}

TEST(Fates, ASecondTranslationChangesNothing) {
  for (unsigned seed = 0; seed < 1000; ++seed) {
    SCOPED_TRACE(seed);
    const auto first = translate(RandomValues(seed).file());
    Value again = first.result;
    values::set_origin(again, {0, 1, 1});
    const auto second = translate(again);
    EXPECT_TRUE(second.already_new);
    ASSERT_TRUE(second.result == first.result) << values::to_json(second.result) << "\n"
                                               << values::to_json(first.result);
  }
}

// Whatever stands where 8.7 has a key or a block of keys.
TEST(Fates, AreCompleteWhateverStandsInAPlace) {
  const auto& catalogue = rules::catalogue_8_7_to_8_8();
  std::set<Path> places;
  for (const rules::Key& key : catalogue.old_keys) {
    const Path path(key.path);
    for (std::size_t length = 1; length <= path.size(); ++length) {
      places.insert(path.first(length));
    }
  }
  for (const char* json : {"null", R"("x")", "1", "true", "[]", "{}", R"(["x"])", R"([{"a": 1}])",
                           R"({"a": {"b": 1}})"}) {
    const Value anything = values::from_json(json);
    for (const Path& place : places) {
      SCOPED_TRACE(place.text() + ": " + json);
      Value user = Value::map();
      values::reach(user, place) = anything;
      values::set_origin(user, {0, 1, 1});
      rules::Plan plan;
      ASSERT_NO_THROW(plan = translate(user));
      std::size_t leaves = 0;
      values::for_each_leaf(user, [&](const Path&, const Value&) { ++leaves; });
      ASSERT_EQ(plan.fates.size(), leaves);
    }
  }
}

}  // namespace
