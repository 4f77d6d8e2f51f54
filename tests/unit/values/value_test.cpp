#include "values/value.hpp"

#include "base/failure.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace values {
namespace {

Value sample() {
  Value root;
  reach(root, "zeebe.clusterSize") = Value::text("3");
  reach(root, "zeebe.env[1].name") = Value::text("B");
  reach(root, "global.image") = Value::map();
  return root;
}

TEST(Value, ReachMakesTheWay) {
  const Value root = sample();
  EXPECT_EQ(find(root, "zeebe.clusterSize")->as_text(), "3");
  EXPECT_TRUE(find(root, "zeebe.env[0]")->is_null());
  EXPECT_EQ(find(root, "zeebe.env[1].name")->as_text(), "B");
  EXPECT_EQ(find(root, "zeebe.env[2]"), nullptr);
  EXPECT_EQ(find(root, "zeebe.env.name"), nullptr);
  EXPECT_EQ(find(root, "zeebe.clusterSize.x"), nullptr);
}

TEST(Value, ReachReplacesWhatHoldsNothing) {
  Value root = sample();
  reach(root, "zeebe.clusterSize.min") = Value::number(1);
  EXPECT_EQ(find(root, "zeebe.clusterSize.min")->as_number(), 1);
  reach(root, "global.image[0]") = Value::number(1);
  EXPECT_TRUE(find(root, "global.image")->is_list());
  EXPECT_THROW(reach(root, "zeebe.env.name"), base::Failure);
  EXPECT_THROW(reach(root, "zeebe[0]"), base::Failure);
}

TEST(Value, EraseTakesMapsThatBecomeEmpty) {
  Value root = sample();
  EXPECT_FALSE(erase(root, "zeebe.nothing"));
  EXPECT_FALSE(erase(root, ""));
  EXPECT_TRUE(erase(root, "zeebe.env[1].name"));
  EXPECT_EQ(find(root, "zeebe.env")->items().size(), 1U);
  EXPECT_TRUE(erase(root, "zeebe.env"));
  EXPECT_TRUE(erase(root, "zeebe.clusterSize"));
  EXPECT_EQ(find(root, "zeebe"), nullptr);
  EXPECT_NE(find(root, "global.image"), nullptr);
}

TEST(Value, EraseKeepsAnEmptiedList) {
  Value root;
  reach(root, "a.list[0]") = Value::number(1);
  EXPECT_TRUE(erase(root, "a.list[0]"));
  ASSERT_NE(find(root, "a.list"), nullptr);
  EXPECT_TRUE(find(root, "a.list")->is_list());
}

TEST(Value, LeavesAreScalarsAndEmptyContainersInOrder) {
  std::string leaves;
  for_each_leaf(sample(), [&](const Path& path, const Value&) { leaves += path.text() + " "; });
  EXPECT_EQ(leaves, "zeebe.clusterSize zeebe.env[0] zeebe.env[1].name global.image ");
}

TEST(Value, EqualityIgnoresOrderOriginAndKindOfNumber) {
  Value a = Value::map({{"x", Value::integer(3)}, {"y", Value::text("t")}});
  const Value b = Value::map({{"y", Value::text("t")}, {"x", Value::number(3)}});
  set_origin(a, {1, 2, 3});
  EXPECT_EQ(a, b);
  EXPECT_NE(a, Value::map({{"x", Value::integer(3)}}));
  EXPECT_NE(Value::text("3"), Value::number(3));
  EXPECT_NE(Value::list(), Value::map());
  EXPECT_NE(Value::boolean(false), Value());
  EXPECT_NE(Value::list({Value::number(1), Value::number(2)}),
            Value::list({Value::number(2), Value::number(1)}));
  // A float64 cannot tell these two apart, an int64 can.
  EXPECT_NE(Value::integer(9007199254740993), Value::integer(9007199254740992));
}

TEST(Value, EqualityOfLargeMapsIgnoresOrderToo) {
  Value a = Value::map();
  Value b = Value::map();
  for (int i = 0; i < 100; ++i) {
    a[std::to_string(i)] = Value::integer(i);
    b[std::to_string(99 - i)] = Value::integer(99 - i);
  }
  EXPECT_EQ(a, b);
  b["7"] = Value::integer(8);
  EXPECT_NE(a, b);
}

TEST(Value, TruthyAsInATemplate) {
  for (const Value& value : {Value(), Value::boolean(false), Value::integer(0), Value::number(0.0),
                             Value::text(""), Value::list(), Value::map()}) {
    EXPECT_FALSE(value.truthy());
  }
  for (const Value& value : {Value::boolean(true), Value::integer(-1), Value::number(0.5),
                             Value::text("false"), Value::list({Value()})}) {
    EXPECT_TRUE(value.truthy());
  }
}

TEST(Value, PlainText) {
  EXPECT_EQ(Value::number(3).plain(), "3");
  EXPECT_EQ(Value::number(1000000).plain(), "1000000");
  EXPECT_EQ(Value::number(123456789012).plain(), "123456789012");
  EXPECT_EQ(Value::number(0.1).plain(), "0.1");
  EXPECT_EQ(Value::number(-2.5).plain(), "-2.5");
  EXPECT_EQ(Value::number(2.5e-7).plain(), "2.5e-07");
  EXPECT_EQ(Value::number(1e21).plain(), "1e+21");
  EXPECT_EQ(Value::integer(std::numeric_limits<std::int64_t>::min()).plain(),
            "-9223372036854775808");
  EXPECT_EQ(Value::boolean(true).plain(), "true");
  EXPECT_EQ(Value::text("x y").plain(), "x y");
  EXPECT_EQ(Value().plain(), "");
  EXPECT_EQ(Value::list({Value::number(1)}).plain(), "");
}

TEST(Value, IndexOperatorKeepsTheOriginOfWhatItReplaces) {
  Value value = Value::text("x");
  value.origin = {0, 4, 2};
  value["a"] = Value::boolean(true);
  EXPECT_EQ(value.origin, (Origin{0, 4, 2}));
  EXPECT_TRUE(value.is_map());
}

TEST(Value, OriginsAreGivenOnlyWhereThereIsNone) {
  Value root = Value::map({{"a", Value::number(1)}, {"b", Value::number(2)}});
  root["a"].origin = {2, 5, 1};
  set_origin(root, {0, 1, 1});
  EXPECT_EQ(root["a"].origin, (Origin{2, 5, 1}));
  EXPECT_EQ(root["b"].origin, (Origin{0, 1, 1}));
}

}  // namespace
}  // namespace values
