#include "base/strings.hpp"

#include <gtest/gtest.h>

namespace base {
namespace {

using Views = std::vector<std::string_view>;

TEST(Strings, Split) {
  EXPECT_EQ(split("a,b,,c", ','), (Views{"a", "b", "", "c"}));
  EXPECT_EQ(split("", ','), Views{""});
  EXPECT_EQ(split(",", ','), (Views{"", ""}));
}

TEST(Strings, SplitLines) {
  EXPECT_EQ(split_lines("a\r\nb\n\nc"), (Views{"a", "b", "", "c"}));
  EXPECT_EQ(split_lines("a\n"), Views{"a"});
  EXPECT_EQ(split_lines(""), Views{});
  EXPECT_EQ(split_lines("\n"), Views{""});
}

TEST(Strings, JoinAndEnumerate) {
  const std::vector<std::string> three = {"a", "b", "c"};
  EXPECT_EQ(join(three, ", "), "a, b, c");
  EXPECT_EQ(enumerate(three), "a, b and c");
  EXPECT_EQ(enumerate(std::vector<std::string>{"a"}), "a");
  EXPECT_EQ(enumerate({}), "");
}

TEST(Strings, Trim) {
  EXPECT_EQ(trim(" \ta b\r\n"), "a b");
  EXPECT_EQ(trim(" \n"), "");
}

TEST(Strings, ReplaceAll) {
  EXPECT_EQ(replace_all("aXbXX", "X", "--"), "a--b----");
  EXPECT_EQ(replace_all("abc", "", "x"), "abc");
}

TEST(Strings, EditDistanceCountsSwapsOnce) {
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("vlaues", "values"), 1U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("same", "same"), 0U);
}

TEST(Strings, NearestWord) {
  const Views flags = {"--values", "--version", "--wait", "--set"};
  EXPECT_EQ(nearest_word("--vlaues", flags), "--values");
  EXPECT_EQ(nearest_word("--wiat", flags), "--wait");
  EXPECT_EQ(nearest_word("--sets", flags), "--set");
  EXPECT_EQ(nearest_word("--something-else", flags), "");
}

}  // namespace
}  // namespace base
