#include "values/yaml_writer.hpp"

#include "base/failure.hpp"
#include "values/json.hpp"

#include <gtest/gtest.h>
#include <limits>

namespace values {
namespace {

std::string written(std::string_view json) {
  return to_yaml(from_json(json));
}
std::string written_text(std::string_view text) {
  return to_yaml(Value::map({{"k", Value::text(std::string(text))}}));
}

TEST(YamlWriter, BlockStyle) {
  EXPECT_EQ(written(R"({
    "global": {"image": {"tag": "8.8.1"}, "empty": {}, "none": null, "on": true},
    "env": [{"name": "A", "value": "1"}, {"name": "B", "valueFrom": {"key": "x"}}, "plain", [], {}],
    "nested": [[1, 2], [["x"], []]],
    "list": []})"),
            R"(global:
  image:
    tag: 8.8.1
  empty: {}
  none: null
  "on": true
env:
  - name: A
    value: "1"
  - name: B
    valueFrom:
      key: x
  - plain
  - []
  - {}
nested:
  - - 1
    - 2
  - - - x
    - []
list: []
)");
}

TEST(YamlWriter, TopLevel) {
  EXPECT_EQ(written("{}"), "{}\n");
  EXPECT_EQ(written("[]"), "[]\n");
  EXPECT_EQ(written("null"), "null\n");
  EXPECT_EQ(written(R"(["a", 1])"), "- a\n- 1\n");
}

TEST(YamlWriter, Numbers) {
  EXPECT_EQ(yaml_scalar(Value::number(3)), "3");
  EXPECT_EQ(yaml_scalar(Value::number(1000000)), "1000000");
  EXPECT_EQ(yaml_scalar(Value::number(0.1)), "0.1");
  EXPECT_EQ(yaml_scalar(Value::number(-0.0)), "-0.0");
  EXPECT_EQ(yaml_scalar(Value::number(1e21)), "1e+21");
  EXPECT_EQ(yaml_scalar(Value::number(5e-324)), "5e-324");
  EXPECT_EQ(yaml_scalar(Value::integer(9007199254740993)), "9007199254740993");
  EXPECT_THROW(yaml_scalar(Value::number(std::numeric_limits<double>::infinity())),
               base::InternalError);
}

TEST(YamlWriter, QuotesWhatWouldChange) {
  EXPECT_EQ(yaml_scalar(Value::text("yes")), "\"yes\"");
  EXPECT_EQ(yaml_scalar(Value::text("")), "\"\"");
  EXPECT_EQ(yaml_scalar(Value::text("0777")), "\"0777\"");
  EXPECT_EQ(yaml_scalar(Value::text("a: b")), "\"a: b\"");
  EXPECT_EQ(yaml_scalar(Value::text("{\"a\": 'x'}")), "'{\"a\": ''x''}'");
  EXPECT_EQ(yaml_scalar(Value::text("tab\tC:\\x")), "\"tab\\tC:\\\\x\"");
  EXPECT_EQ(yaml_scalar(Value::text("\x01\x7f\u0085\u2028\ufeff")),
            R"("\u0001\u007f\u0085\u2028\ufeff")");
  EXPECT_EQ(yaml_scalar(Value::text("#\U0001F600/")), "\"#\U0001F600/\"");
  EXPECT_EQ(yaml_scalar(Value::text("a\xff")), "\"a\ufffd\"");
  EXPECT_EQ(yaml_key("n"), "\"n\"");
  EXPECT_EQ(yaml_key("prometheus.io/scrape"), "prometheus.io/scrape");
}

TEST(YamlWriter, LiteralBlocks) {
  EXPECT_EQ(written_text("a\nb\n"), "k: |\n  a\n  b\n");
  EXPECT_EQ(written_text("a\nb"), "k: |-\n  a\n  b\n");
  EXPECT_EQ(written_text("a\n\n"), "k: |+\n  a\n\n");
  EXPECT_EQ(written_text("a\n\n  b\n\tc # d: e\n"), "k: |\n  a\n\n    b\n  \tc # d: e\n");
  EXPECT_EQ(to_yaml(Value::list({Value::text("a\nb\n")})), "- |\n  a\n  b\n");
}

TEST(YamlWriter, SeveralLinesThatNoBlockCanHold) {
  EXPECT_EQ(written_text(" a\nb"), "k: \" a\\nb\"\n");
  EXPECT_EQ(written_text("\na"), "k: \"\\na\"\n");
  EXPECT_EQ(written_text("a\r\nb"), "k: \"a\\r\\nb\"\n");
  EXPECT_EQ(written_text("a\nb\u2028"), "k: \"a\\nb\\u2028\"\n");
}

TEST(YamlWriter, LongKeysAreMarked) {
  const std::string key(2000, 'k');
  EXPECT_EQ(to_yaml(Value::map({{key, Value::number(1)}})), "? " + key + "\n: 1\n");
  EXPECT_EQ(to_yaml(Value::map({{key, Value::map({{"a", Value::number(1)}})}})),
            "? " + key + "\n:\n  a: 1\n");
}

}  // namespace
}  // namespace values
