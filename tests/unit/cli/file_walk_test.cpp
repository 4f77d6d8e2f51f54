#include "cli/file_walk.hpp"

#include <gtest/gtest.h>

namespace cli {
namespace {

TEST(Glob, FitsAsGitDoes) {
  for (const auto& [glob, path, fits] : {std::tuple{"*.yaml", "a.yaml", true},
                                         {"*.yaml", "d/a.yaml", false},
                                         {"**/*.yaml", "a.yaml", true},
                                         {"**/*.yaml", "d/e/a.yaml", true},
                                         {"d/**", "d/e/a.yaml", true},
                                         {"d/**", "e/a.yaml", false},
                                         {"a/**/b", "a/b", true},
                                         {"a/**/b", "a/x/y/b", true},
                                         {"?.yaml", "a.yaml", true},
                                         {"a?b", "a/b", false},
                                         {"[a-c].yaml", "b.yaml", true},
                                         {"[!a-c].yaml", "b.yaml", false},
                                         {"\\*.yaml", "*.yaml", true},
                                         {"a[", "a[", true},
                                         {"", "", true},
                                         {"", "a", false}}) {
    EXPECT_EQ(fits_glob(glob, path), fits) << glob << " " << path;
  }
}

TEST(IgnoreRules, TheLastPatternThatFitsDecides) {
  IgnoreRules rules;
  rules.add("# comment\n*.json\n!keep.json\n/top.yaml\nbuild/\ndeep/only.yaml\n", "");
  rules.add("local.yaml\n", "team");
  EXPECT_TRUE(rules.ignores("a.json", false));
  EXPECT_TRUE(rules.ignores("d/a.json", false));
  EXPECT_FALSE(rules.ignores("d/keep.json", false));
  EXPECT_TRUE(rules.ignores("top.yaml", false));
  EXPECT_FALSE(rules.ignores("d/top.yaml", false));
  EXPECT_TRUE(rules.ignores("d/build", true));
  EXPECT_FALSE(rules.ignores("d/build", false));
  EXPECT_TRUE(rules.ignores("deep/only.yaml", false));
  EXPECT_FALSE(rules.ignores("d/deep/only.yaml", false));
  EXPECT_TRUE(rules.ignores("team/x/local.yaml", false));
  EXPECT_FALSE(rules.ignores("local.yaml", false));
}

}  // namespace
}  // namespace cli
