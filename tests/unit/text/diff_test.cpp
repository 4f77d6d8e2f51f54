#include "text/diff.hpp"

#include <gtest/gtest.h>

namespace text {
namespace {

std::string diff(std::string_view before, std::string_view after) {
  return unified_diff(before, after, "a", "b");
}

TEST(Diff, EqualTextsGiveNothing) {
  EXPECT_EQ(diff("", ""), "");
  EXPECT_EQ(diff("x\ny\n", "x\ny\n"), "");
}

TEST(Diff, Hunks) {
  EXPECT_EQ(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
            R"(--- a
+++ b
@@ -2,8 +2,8 @@
 2
 3
 4
-5
+five
 6
 7
 8
 9
)");
}

TEST(Diff, FromAndToNothing) {
  EXPECT_EQ(diff("", "x\n"), "--- a\n+++ b\n@@ -0,0 +1 @@\n+x\n");
  EXPECT_EQ(diff("x\n", ""), "--- a\n+++ b\n@@ -1 +0,0 @@\n-x\n");
}

TEST(Diff, MissingFinalLineBreak) {
  EXPECT_EQ(diff("x\n", "x"), "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+x\n\\ No newline at end of file\n");
}

TEST(Diff, Colour) {
  EXPECT_EQ(unified_diff("x\n", "y\n", "a", "b", true),
            "\x1b[1m--- a\x1b[0m\n\x1b[1m+++ b\x1b[0m\n\x1b[1;34m@@ -1 +1 @@\x1b[0m\n"
            "\x1b[1;31m-x\x1b[0m\n\x1b[32m+y\x1b[0m\n");
}

}  // namespace
}  // namespace text
