#include "convert/parameters.hpp"

#include <gtest/gtest.h>

namespace convert {
namespace {

using values::Value;

Value parameter(const std::string& name, const std::string& value) {
  return Value::map({{"name", Value::text(name)}, {"value", Value::text(value)}});
}

Value forced(const std::string& name, const std::string& value) {
  Value item = parameter(name, value);
  item["forceString"] = Value::boolean(true);
  return item;
}

// What `helm template --set a=WORD` reads, recorded with Helm 3.17.1 and 4.2.3.
TEST(Parameters, AreReadAsHelmReadsSet) {
  const Value text_list = Value::list({Value::text("x"), Value::integer(1), Value::text("a,b")});
  for (const auto& [word, value] : {std::pair<std::string, Value>{"3", Value::integer(3)},
                                    {"-3", Value::integer(-3)},
                                    {"0", Value::integer(0)},
                                    {"03", Value::text("03")},
                                    {"0.5", Value::text("0.5")},
                                    {"true", Value::boolean(true)},
                                    {"True", Value::boolean(true)},
                                    {"+3", Value::integer(3)},
                                    {"null", Value()},
                                    {"", Value::text("")},
                                    {"a\\\\b", Value::text("a\\b")},
                                    {"a,b", Value::text("a,b")},
                                    {"{x,1,a\\,b}", text_list},
                                    {"{}", Value::list({Value::text("")})},
                                    {"{{tag}}", Value::text("{{tag}}")}}) {
    Parameters read = read_parameters(Value::list({parameter("a.b", word)}));
    ASSERT_NE(read.values.find("a"), nullptr) << word;
    EXPECT_TRUE(read.values["a"]["b"] == value) << word;
    EXPECT_EQ(read.values["a"]["b"].kind(), value.kind()) << word;
  }
  EXPECT_EQ(read_parameters(Value::list({forced("a", "3")})).values["a"].kind(),
            values::Kind::text);
}

TEST(Parameters, WhatIsNoValueByItselfIsRefused) {
  const Parameters read = read_parameters(
      Value::list({parameter("a[0]", "x"), parameter("b", "1"), parameter("b", "2"),
                   parameter("", "x"), parameter("c.", "x"), parameter("d=e", "x")}));
  EXPECT_EQ(read.refused, (std::vector<std::string>{"a[0]", "b", "", "c.", "d=e"}));
  EXPECT_TRUE(read.values == Value::map({{"b", Value::integer(2)}}));
}

TEST(Parameters, AreReadAsTheyWereWritten) {
  const Value wanted = Value::map({{"text", Value::text("word")},
                                   {"digits", Value::text("3")},
                                   {"truth", Value::text("true")},
                                   {"slash", Value::text("a\\b")},
                                   {"commas", Value::text("a,b")},
                                   {"dotted", Value::map({{"a.b/c", Value::boolean(false)}})},
                                   {"number", Value::integer(7)},
                                   {"nothing", Value()},
                                   {"list", Value::list({Value::text("a,b"), Value::text("c")})},
                                   {"texts", Value::list({Value::text("1")})}});
  const WrittenParameters written = write_parameters(Value::list(), wanted, {}, 0);
  EXPECT_TRUE(written.refused.empty());
  EXPECT_TRUE(read_parameters(written.list).values == wanted);
}

TEST(Parameters, WhatSetCannotSayIsRefused) {
  const Value wanted = Value::map({{"fraction", Value::number(0.5)},
                                   {"map", Value::map()},
                                   {"nothing", Value::list()},
                                   {"maps", Value::list({Value::map({{"a", Value::text("b")}})})},
                                   {"brace", Value::text("{a")},
                                   {"mixed", Value::list({Value::text("1"), Value::integer(1)})},
                                   {"a=b", Value::text("x")}});
  EXPECT_EQ(write_parameters(Value::list(), wanted, {}, 0).refused.size(), 7U);
}

}  // namespace
}  // namespace convert
