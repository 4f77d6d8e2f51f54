// Whatever the values are, every leaf gets exactly one fate and a second translation changes
// nothing.
#include "decisions/registry.hpp"
#include "rules/engine.hpp"
#include "values/json.hpp"

#include <gtest/gtest.h>
#include <map>
#include <random>

namespace {

using values::Path;
using values::Value;

class RandomValues {
 public:
  explicit RandomValues(unsigned seed) : m_random(seed) {}

  Value file() {
    const auto keys = rules::catalogue_8_7_to_8_8().old_keys;
    Value out = Value::map();
    const std::size_t count = 1 + pick(60);
    for (std::size_t i = 0; i < count; ++i) {
      const Path path(keys[pick(keys.size())].path);
      if (free_at(out, path)) {
        values::reach(out, path) = value(path);
      }
    }
    values::set_origin(out, {0, 1, 1});
    return out;
  }

 private:
  std::size_t pick(std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(m_random);
  }

  // Nothing scalar on the way: a map there is what a person would have written.
  static bool free_at(const Value& root, const Path& path) {
    for (std::size_t n = 1; n < path.size(); ++n) {
      const Value* above = values::find(root, path.first(n));
      if (above != nullptr && !above->is_map()) {
        return false;
      }
    }
    return true;
  }

  // Mostly what the chart has there, else anything at all.
  Value value(const Path& path) {
    const Value there = rules::catalogue_8_7_to_8_8().old_default(path);
    switch (pick(8)) {
      case 0:
        return {};
      case 1:
        return Value::text("text-" + std::to_string(pick(10)));
      case 2:
        return Value::number(static_cast<double>(pick(5000)));
      case 3:
        return Value::boolean(pick(2) == 0);
      case 4:
        return Value::map({{"name", Value::text("n")}, {"key", Value::text("k")}});
      case 5:
        return Value::list({Value::map({{"name", Value::text("NAME_" + std::to_string(pick(5)))},
                                        {"value", Value::text("v")}})});
      default:
        return there;
    }
  }

  std::mt19937 m_random;
};

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

}  // namespace
