#include "rules/compile/compile.hpp"

#include "rules/compile/trie.hpp"

#include <gtest/gtest.h>

namespace {

using rules::compile::CatalogueError;
using rules::compile::compile_catalogue;
using rules::compile::expand_alternatives;
using rules::compile::Inputs;

constexpr const char* k_good = R"(- id: a-rule
  match: "{x,y}.z"
  move: "new.{}"
  because: It moved.
  source: values.yaml
)";

Inputs inputs(const std::string& text) {
  Inputs out;
  out.rule_files = {{"catalogue/test/a.yaml", text}};
  out.old_keys = {"old-keys.tsv", "path\tdefault\nx.z\t1\n"};
  out.new_keys = {"new-keys.tsv", "path\tdefault\ttype\nnew.x\t1\tnumber\n"};
  return out;
}

std::string error_of(const std::string& text) {
  try {
    compile_catalogue(inputs(text));
  } catch (const CatalogueError& e) {
    return e.what();
  }
  return "no error";
}

TEST(Compile, MultipliesAlternativesOut) {
  const auto all = expand_alternatives("{a,b}.{c,d}[]");
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].match, "a.c");
  EXPECT_EQ(all[3].match, "b.d");
  EXPECT_EQ(all[3].chosen, "d");
}

TEST(Compile, WritesOneRowForEachAlternative) {
  const std::string code = compile_catalogue(inputs(k_good));
  EXPECT_NE(code.find("\"x.z\", \"new.x\""), std::string::npos) << code;
  EXPECT_NE(code.find("\"y.z\", \"new.y\""), std::string::npos) << code;
}

TEST(Compile, AlternativesOfACheckStandInItsConditionToo) {
  const std::string code = compile_catalogue(
      inputs("- id: c\n  check: \"{x,y}.on\"\n  tell: error\n  when: new:{}.on && !new:{}.off\n"
             "  message: m\n  because: b\n  source: s\n"));
  EXPECT_NE(code.find("Verb::check, \"\", \"x.on\", \"\", \"new:x.on && !new:x.off\""),
            std::string::npos)
      << code;
  EXPECT_NE(code.find("\"y.on\""), std::string::npos) << code;
  EXPECT_EQ(
      error_of("- id: c\n  check: x\n  tell: error\n  message: m\n  because: b\n  source: s\n"),
      "catalogue/test/a.yaml:1: check 'c' needs when and tell");
  EXPECT_EQ(error_of("- id: c\n  check: x\n  when: x\n  message: m\n  because: b\n  source: s\n"),
            "catalogue/test/a.yaml:1: check 'c' needs when and tell");
}

TEST(Compile, NamesFileAndLineOfAMistake) {
  EXPECT_EQ(error_of("- id: a\n  keep: true\n  because: x\n  source: y\n"),
            "catalogue/test/a.yaml:1: rule 'a' needs a match");
  EXPECT_EQ(error_of(std::string(k_good) + "- id: b\n  match: q\n  mvoe: r\n"),
            "catalogue/test/a.yaml:8: unknown field 'mvoe'");
  EXPECT_EQ(error_of(std::string(k_good) + k_good),
            "catalogue/test/a.yaml:6: id 'a-rule' was taken at catalogue/test/a.yaml:1");
  EXPECT_EQ(error_of("- id: a\n  match: q\n  keep: true\n  because: x\n"),
            "catalogue/test/a.yaml:1: rule 'a' needs because and source");
  EXPECT_EQ(error_of("- id: a\n  match: q\n  keep: true\n  drop: true\n"),
            "catalogue/test/a.yaml:1: a rule does one thing, not 'keep' and 'drop'");
}

TEST(Compile, RefusesTwoRulesForOneMatch) {
  const std::string other = "- id: b\n  match: x.z\n  keep: true\n  because: x\n  source: y\n";
  EXPECT_EQ(error_of(k_good + other),
            "catalogue/test/a.yaml:6: 'x.z' is matched already at catalogue/test/a.yaml:1");
}

}  // namespace
