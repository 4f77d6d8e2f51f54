// The build's check of catalogue/helm-flags.tsv.
#include "rules/compile/compile.hpp"
#include "rules/compile/flags.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using testing::HasSubstr;

constexpr const char* k_header =
    "# a comment\nflag\tshort\ttakes\ttype\thelm3\thelm4\thidden\tgroup\tenvironment\tnotes\n";

std::string compile(const std::string& rows) {
  try {
    return rules::compile::compile_helm_flags(k_header + rows, "flags.tsv");
  } catch (const rules::compile::CatalogueError& error) {
    return error.what();
  }
}

TEST(FlagsCompile, WritesRowsSortedByName) {
  const std::string code = compile(
      "--wait\t-\toptional\twatcher|true\tboth\tboth\t-\t-\t-\tbare means watcher\n"
      "--install\ti\tnothing\tbool\tupgrade\tupgrade\t-\t-\t-\n");
  EXPECT_THAT(code,
              HasSubstr("{\"install\", 'i', Takes::nothing, \"bool\", 5, false, FlagGroup::other"));
  EXPECT_LT(code.find("\"install\""), code.find("\"wait\""));
}

TEST(FlagsCompile, NamesFileAndLineOfAMistake) {
  EXPECT_EQ(compile("--x\t-\tnothing\tbool\n"),
            "flags.tsv:3: 4 columns where there must be 9 or 10");
  EXPECT_EQ(compile("x\t-\tnothing\tbool\tboth\tboth\t-\t-\t-\n"),
            "flags.tsv:3: 'x' is no flag: it must begin with --");
  EXPECT_EQ(compile("--x\t-\tsometimes\tbool\tboth\tboth\t-\t-\t-\n"),
            "flags.tsv:3: column takes: 'sometimes' is none of nothing value optional");
  EXPECT_EQ(compile("--x\t-\tvalue\tbool\tboth\tboth\t-\t-\t-\n"),
            "flags.tsv:3: --x: a switch, and only a switch, has the type bool");
  EXPECT_EQ(compile("--x\t-\tvalue\tstring\t-\t-\t-\t-\t-\n"),
            "flags.tsv:3: --x: our own flags, and only those, are unknown to Helm");
  EXPECT_THAT(compile("--x\t-\tvalue\tstring\tboth\tboth\t-\tstripped\t-\n"),
              HasSubstr("which environment variable"));
  EXPECT_EQ(compile(""), "flags.tsv:2: no flags");
}

TEST(FlagsCompile, AFlagOfOursMayNotCollideWithOneOfHelms) {
  const std::string helms = "--report\t-\tnothing\tbool\t-\ttemplate\t-\t-\t-\n";
  const std::string ours = "--report\t-\tvalue\tstring\t-\t-\t-\town\t-\n";
  EXPECT_EQ(compile(helms + ours), "flags.tsv:4: --report collides with --report of line 3");
  const std::string other = "--quiet\tq\tnothing\tbool\t-\t-\t-\town\t-\n";
  EXPECT_EQ(compile("--qps\tq\tvalue\tint\tupgrade\t-\t-\t-\t-\n" + other),
            "flags.tsv:4: --quiet collides with --qps of line 3");
}

// --server-side is a value in one command and a switch in the other.
TEST(FlagsCompile, TwoCommandsMayGiveANameTwoMeanings) {
  const std::string code = compile(
      "--s\t-\tvalue\tstring\t-\tupgrade\t-\t-\t-\n--s\t-\tnothing\tbool\t-\ttemplate\t-\t-\t-\n");
  EXPECT_THAT(code, HasSubstr("Takes::value"));
  EXPECT_THAT(code, HasSubstr("Takes::nothing"));
}

}  // namespace
