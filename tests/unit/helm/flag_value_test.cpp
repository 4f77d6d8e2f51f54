#include "helm/flag_value.hpp"

#include "helm/flags.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace helm {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;

TEST(FlagValue, Durations) {
  EXPECT_EQ(parse_go_duration("5m"), seconds(300));
  EXPECT_EQ(parse_go_duration("1h30m10s"), seconds(5410));
  EXPECT_EQ(parse_go_duration("1.5h"), seconds(5400));
  EXPECT_EQ(parse_go_duration(".5s"), seconds(1));
  EXPECT_EQ(parse_go_duration("1.s"), seconds(1));
  EXPECT_EQ(parse_go_duration("100ms"), seconds(1));
  EXPECT_EQ(parse_go_duration("1µs"), seconds(1));
  EXPECT_EQ(parse_go_duration("-3s"), seconds(-3));
  EXPECT_EQ(parse_go_duration("+2m"), seconds(120));
  EXPECT_EQ(parse_go_duration("0"), seconds(0));
  for (const char* wrong : {"", "5", "m", "5 m", "5m ", "1..5s", "-", "5d", ".s", "9999999999h"}) {
    EXPECT_EQ(parse_go_duration(wrong), std::nullopt) << wrong;
  }
}

TEST(FlagValue, Booleans) {
  EXPECT_THAT(parse_go_bool("T"), Optional(true));
  EXPECT_THAT(parse_go_bool("0"), Optional(false));
  EXPECT_EQ(parse_go_bool("yes"), std::nullopt);
  EXPECT_EQ(parse_go_bool(""), std::nullopt);
}

TEST(FlagValue, CsvRecords) {
  EXPECT_THAT(parse_csv_record("a,b"), Optional(ElementsAre("a", "b")));
  EXPECT_THAT(parse_csv_record("a,,"), Optional(ElementsAre("a", "", "")));
  EXPECT_THAT(parse_csv_record("\"a,b\",c"), Optional(ElementsAre("a,b", "c")));
  EXPECT_THAT(parse_csv_record("\"say \"\"hi\"\"\""), Optional(ElementsAre("say \"hi\"")));
  EXPECT_THAT(parse_csv_record("a\nb"), Optional(ElementsAre("a")));
  EXPECT_THAT(parse_csv_record("\n\na"), Optional(ElementsAre("a")));
  EXPECT_THAT(parse_csv_record("\"a\nb\""), Optional(ElementsAre("a\nb")));
  EXPECT_THAT(parse_csv_record(""), Optional(IsEmpty()));
  for (const char* wrong : {"a\"b", "\"a", "\"a\"b", "\n"}) {
    EXPECT_EQ(parse_csv_record(wrong), std::nullopt) << wrong;
  }
}

TEST(FlagValue, CsvFieldsReadBackAsWritten) {
  for (const std::string field : {"plain.yaml", "a,b", "say \"hi\"", "two\nlines", " space ", ""}) {
    EXPECT_THAT(parse_csv_record(csv_field(field)), Optional(ElementsAre(field)));
  }
}

TEST(FlagValue, TypesComplain) {
  const std::map<std::string, std::pair<std::vector<std::string>, std::vector<std::string>>> cases =
      {{"bool", {{"true", "1"}, {"yes", ""}}},
       {"int",
        {{"3", "-1", "+7", "0x10", "010", "0b11", "0x_f"}, {"", "x", "1_000", "08", "0x", "1.5"}}},
       {"uint", {{"3"}, {"-1"}}},
       {"float32", {{"1.5", "1e3"}, {"x", " 1", ""}}},
       {"duration", {{"5m"}, {"5"}}},
       {"strings", {{"a,b"}, {"\"a"}}},
       {"stringToString", {{"a=b", "a=b,c=d", "a=\"b"}, {"", "a", "a=b,c=d,e"}}},
       {"on|off", {{"on", "off"}, {"On", "on|off", ""}}},
       {"string", {{"", "anything"}, {}}}};
  for (const auto& [type, examples] : cases) {
    for (const std::string& good : examples.first) {
      EXPECT_EQ(type_complaint(type, good), "") << type << ' ' << good;
    }
    for (const std::string& bad : examples.second) {
      EXPECT_NE(type_complaint(type, bad), "") << type << ' ' << bad;
    }
  }
}

TEST(Flags, TheTableIsSortedAndOwnFlagsAreFree) {
  std::set<std::string_view> of_helm;
  std::set<std::string_view> own;
  std::string_view previous;
  for (const Flag& flag : flag_table()) {
    EXPECT_LE(previous, flag.name);
    previous = flag.name;
    (flag.group == FlagGroup::own ? own : of_helm).insert(flag.name);
  }
  EXPECT_GT(of_helm.size(), 80U);
  EXPECT_TRUE(own.contains("report"));
  for (const std::string_view name : own) {
    EXPECT_FALSE(of_helm.contains(name)) << name;
  }
}

}  // namespace
}  // namespace helm
