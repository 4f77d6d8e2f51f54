#include "values/json.hpp"

#include "base/failure.hpp"

#include <gtest/gtest.h>
#include <string>

namespace values {
namespace {

std::string failure_of(std::string_view text) {
  try {
    from_json(text);
  } catch (const base::Failure& failure) {
    return failure.what();
  }
  return "none";
}

TEST(Json, ReadsEveryKind) {
  const Value value = from_json(R"({"a": [null, true, 1, 2.5, "t"], "b": {}, "c": []})");
  EXPECT_EQ(value, Value::map({{"a", Value::list({Value(), Value::boolean(true), Value::number(1),
                                                  Value::number(2.5), Value::text("t")})},
                               {"b", Value::map()},
                               {"c", Value::list()}}));
  EXPECT_EQ(find(value, "a[2]")->kind(), Kind::number);
  EXPECT_EQ(from_json("3").as_number(), 3);
}

TEST(Json, ReadsTheMarksOfTheProbe) {
  const Value value =
      from_json(R"({"a":{"$i":9007199254740993},"b":3,"c":{"$i":-1,"x":2}})", Numbers::marked);
  EXPECT_EQ(value.find("a")->kind(), Kind::integer);
  EXPECT_EQ(value.find("a")->as_integer(), 9007199254740993);
  EXPECT_EQ(value.find("b")->kind(), Kind::number);
  EXPECT_TRUE(value.find("c")->is_map());
  EXPECT_TRUE(from_json(R"({"$i":1})").is_map());
}

TEST(Json, NumbersBeyondInt64AreFloats) {
  EXPECT_EQ(from_json("18446744073709551615").as_number(), 18446744073709551615.0);
  EXPECT_EQ(from_json("-9223372036854775808").as_number(), -9223372036854775808.0);
}

TEST(Json, LastDuplicateWinsInSmallAndLargeMaps) {
  EXPECT_EQ(from_json(R"({"a":1,"a":2})"), Value::map({{"a", Value::number(2)}}));
  std::string text = "{";
  for (int i = 0; i < 60; ++i) {
    text += "\"k" + std::to_string(i % 40) + "\":" + std::to_string(i) + ",";
  }
  text.back() = '}';
  const Value value = from_json(text);
  EXPECT_EQ(value.entries().size(), 40U);
  EXPECT_EQ(value.find("k19")->as_number(), 59);
  EXPECT_EQ(value.find("k20")->as_number(), 20);
}

TEST(Json, FailureSaysWhereAndQuotesNothing) {
  EXPECT_EQ(failure_of("{\"password\": \"hunter2\",\n  oops}"),
            "not valid JSON at line 2, column 3");
  EXPECT_EQ(failure_of(""), "not valid JSON at line 1, column 1");
  EXPECT_EQ(failure_of("{} x"), "not valid JSON at line 1, column 4");
  EXPECT_EQ(failure_of("[1e400]").substr(0, 14), "not valid JSON");
}

TEST(Json, DepthIsLimited) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_EQ(failure_of(nested(1000)), "none");
  EXPECT_EQ(failure_of(nested(1001)), "JSON is nested more than 1000 levels deep");
  EXPECT_EQ(failure_of(nested(2000000)), "JSON is nested more than 1000 levels deep");
}

TEST(Json, WritesNumbersAsPeopleDo) {
  EXPECT_EQ(to_json(Value::number(3)), "3");
  EXPECT_EQ(to_json(Value::number(1000000)), "1000000");
  EXPECT_EQ(to_json(Value::number(0.1)), "0.1");
  EXPECT_EQ(to_json(Value::number(12345678.9)), "12345678.9");
  EXPECT_EQ(to_json(Value::number(-0.0)), "-0");
  EXPECT_EQ(to_json(Value::number(1e21)), "1e+21");
  EXPECT_EQ(to_json(Value::integer(9007199254740993)), "9007199254740993");
}

TEST(Json, WritesInOneLineOrIndented) {
  const Value value = from_json(R"({"a":[1,{"b":null}],"c":{},"d":[]})");
  EXPECT_EQ(to_json(value), R"({"a":[1,{"b":null}],"c":{},"d":[]})");
  EXPECT_EQ(to_json(value, 2), R"({
  "a": [
    1,
    {
      "b": null
    }
  ],
  "c": {},
  "d": []
})");
}

TEST(Json, EscapesWhatCannotStandEverywhere) {
  EXPECT_EQ(to_json(Value::text("\"\\/\n\t\x01\x7f")), R"("\"\\/\n\t\u0001\u007f")");
  EXPECT_EQ(to_json(Value::text("\u0085\u2028\ufeff")), R"("\u0085\u2028\ufeff")");
  EXPECT_EQ(to_json(Value::text("\u00e9\U0001F600")), "\"\u00e9\U0001F600\"");
  EXPECT_EQ(to_json(Value::text("a\xff\xc3")), "\"a\ufffd\ufffd\"");
}

TEST(Json, ReadsBackWhatItWrites) {
  const std::string text =
      R"({"z":1,"a":{"x":[true,false,null,"q\"\n"],"y":-1.5},"":"","é":0.30000000000000004})";
  EXPECT_EQ(to_json(from_json(text)), text);
}

}  // namespace
}  // namespace values
