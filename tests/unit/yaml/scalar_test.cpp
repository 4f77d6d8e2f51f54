#include "yaml/scalar.hpp"

#include <gtest/gtest.h>
#include <string>

namespace yaml {
namespace {

using Type = Resolved::Type;

TEST(Scalar, WordsOfYaml11) {
  for (const char* text :
       {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"}) {
    EXPECT_EQ(resolve(text, true).type, Type::boolean) << text;
    EXPECT_TRUE(resolve(text, true).boolean) << text;
  }
  for (const char* text : {"n", "N", "no", "No", "NO", "false", "off", "Off", "OFF"}) {
    EXPECT_EQ(resolve(text, true).type, Type::boolean) << text;
    EXPECT_FALSE(resolve(text, true).boolean) << text;
  }
  for (const char* text : {"", "~", "null", "Null", "NULL"}) {
    EXPECT_EQ(resolve(text, true).type, Type::null) << text;
  }
  for (const char* text : {"tRuE", "nUll", "oN", "yEs", "=", "<<", "NaN", "infinity"}) {
    EXPECT_EQ(resolve(text, true).type, Type::text) << text;
  }
}

TEST(Scalar, QuotedIsText) {
  EXPECT_EQ(resolve("yes", false).text, "yes");
  EXPECT_EQ(resolve("", false).type, Type::text);
  EXPECT_EQ(resolve("1", false).text, "1");
}

TEST(Scalar, Integers) {
  const auto integer = [](std::string_view text) {
    const Resolved resolved = resolve(text, true);
    EXPECT_EQ(resolved.type, Type::integer) << text;
    EXPECT_EQ(resolved.number, static_cast<double>(resolved.integer));
    return resolved.integer;
  };
  EXPECT_EQ(integer("0"), 0);
  EXPECT_EQ(integer("-0"), 0);
  EXPECT_EQ(integer("+12"), 12);
  EXPECT_EQ(integer("0777"), 511);
  EXPECT_EQ(integer("0o777"), 511);
  EXPECT_EQ(integer("-0x1F"), -31);
  EXPECT_EQ(integer("0b101"), 5);
  EXPECT_EQ(integer("1_000__0_"), 10000);
  EXPECT_EQ(integer("9223372036854775807"), INT64_MAX);
  EXPECT_EQ(integer("-9223372036854775808"), INT64_MIN);
}

TEST(Scalar, Numbers) {
  const auto number = [](std::string_view text) {
    EXPECT_EQ(resolve(text, true).type, Type::number) << text;
    return resolve(text, true).number;
  };
  EXPECT_EQ(number("08"), 8);
  EXPECT_EQ(number("1.0"), 1);
  EXPECT_EQ(number(".5"), 0.5);
  EXPECT_EQ(number("-.5e1"), -5);
  EXPECT_EQ(number("1."), 1);
  EXPECT_EQ(number("1E+3"), 1000);
  EXPECT_EQ(number("1e-400"), 0);
  EXPECT_EQ(number("18446744073709551615"), 18446744073709551615.0);
  EXPECT_EQ(number("-9223372036854775809"), -9223372036854775809.0);
  for (const char* text : {"1e400", "0x", "0b2", "1e", "e3", "+", "-", ".", "..", "._5", ".5_0",
                           "12:30", "190:20:30", "2024-01-02", "1.2.3", "_1", "1e5x", "0x1p4"}) {
    EXPECT_EQ(resolve(text, true).type, Type::text) << text;
  }
  EXPECT_EQ(resolve(".inf", true).type, Type::rejected);
  EXPECT_EQ(resolve("-.Inf", true).type, Type::rejected);
}

TEST(Scalar, Tags) {
  EXPECT_EQ(resolve("123", true, "!!str").text, "123");
  EXPECT_EQ(resolve("123", true, "!<tag:yaml.org,2002:str>").text, "123");
  EXPECT_EQ(resolve("123", false, "!!int").integer, 123);
  EXPECT_EQ(resolve("3", true, "!!float").number, 3);
  EXPECT_EQ(resolve("yes", false, "!!bool").type, Type::boolean);
  EXPECT_EQ(resolve("", false, "!!null").type, Type::null);
  EXPECT_EQ(resolve("v", true, "!custom").text, "v");
  EXPECT_EQ(resolve("1", false, "!").integer, 1);
  EXPECT_EQ(resolve("aGVs\nbG8=", true, "!!binary").text, "hello");
  EXPECT_EQ(resolve("aGVsbA==", true, "!!binary").text, "hell");
  // As both Helms showed it.
  EXPECT_EQ(resolve("aPHyYQ==", true, "!!binary").text,
            "h\xEF\xBF\xBD\xEF\xBF\xBD"
            "a");
  for (const char* broken : {"aGVsbG8", "a=Vs", "aGV!", "====", "aG=s"}) {
    EXPECT_EQ(resolve(broken, true, "!!binary").type, Type::rejected) << broken;
  }
  EXPECT_EQ(resolve("abc", true, "!!int").type, Type::rejected);
  EXPECT_EQ(resolve("1.5", true, "!!int").type, Type::rejected);
  EXPECT_EQ(resolve("x", true, "!!null").type, Type::rejected);
}

TEST(Scalar, Keys) {
  EXPECT_EQ(resolve_key("y", true), "true");
  EXPECT_EQ(resolve_key("y", false), "y");
  EXPECT_EQ(resolve_key("off", true), "false");
  EXPECT_EQ(resolve_key("0x10", true), "16");
  EXPECT_EQ(resolve_key("010", true), "8");
  EXPECT_EQ(resolve_key("3e46", true), ".inf");  // no float of 32 bits
  EXPECT_EQ(resolve_key("1e3", true), "1000");
  EXPECT_EQ(resolve_key("1.5", true), "1.5");
  EXPECT_EQ(resolve_key("1e6", true), "1e+06");
  EXPECT_EQ(resolve_key("0.00001", true), "1e-05");
  EXPECT_EQ(resolve_key("name", true), "name");
  EXPECT_EQ(resolve_key("~", true), std::nullopt);
  EXPECT_EQ(resolve_key("", true), std::nullopt);
  EXPECT_EQ(resolve_key("18446744073709551615", true), std::nullopt);
}

TEST(Scalar, SafePlainText) {
  for (const char* text : {"camunda",
                           "8.8.1",
                           "8.8.36-alpha2",
                           "10Gi",
                           "500m",
                           "1.5Gi",
                           "PT5M",
                           "-Xmx512m",
                           "-Dfoo=bar",
                           "http://host:8080/path",
                           "a#b",
                           "a:b",
                           "docker.io/camunda/zeebe@sha256:0a1b",
                           "with spaces",
                           "it's",
                           "a, b",
                           "caf\u00e9",
                           "_x",
                           "100 percent",
                           "<no value>",
                           "$(POD_IP)"}) {
    EXPECT_TRUE(is_safe_plain(text)) << text;
  }
  for (const char* text :
       {"",        " a",      "a ",      "a: b",       "a:",          "a #b",  "#a",
        "- a",     "-",       "---",     "...",        "yes",         "No",    "TRUE",
        "tRuE",    "Null",    "~",       "~/x",        ".NaN",        "=",     "<<",
        "1",       "-1",      "1.5",     "1e3",        "0777",        "08",    "0x1F",
        "0xZZ",    "1_000",   "12:30",   "2024-01-02", "2024-01-02x", "+",     ".",
        "..",      "1,5",     "{{ x }}", "[a]",        "&a",          "*a",    "!a",
        "|",       ">",       "'a'",     "\"a\"",      "%a",          "@a",    "`a`",
        ", a",     "? a",     ":a",      "a\tb",       "a\nb",        "a\x01", "a\x7f",
        "a\u0085", "a\u2028", "\ufeff",  "a\xff"}) {
    EXPECT_FALSE(is_safe_plain(text)) << text;
  }
}

}  // namespace
}  // namespace yaml
