#include "helm/json_cut.hpp"

#include <gtest/gtest.h>

namespace {

using helm::without_member;

TEST(JsonCut, TakesAMemberOfTheOutermostObject) {
  EXPECT_EQ(without_member(R"({"a": 1, "chart": {"b": [{}, "}"]}, "manifest": "x"})", "chart"),
            R"({"a": 1, "chart": null, "manifest": "x"})");
  EXPECT_EQ(without_member("{\"chart\" :\n [1, 2]}", "chart"), "{\"chart\" :\n null}");
}

TEST(JsonCut, IsNotMisledByStrings) {
  const std::string text =
      R"({"info": {"chart": {"a": 1}}, "b": "\"chart\": {", "c": ["chart", {"chart": []}]})";
  EXPECT_EQ(without_member(text, "chart"), text);
  EXPECT_EQ(without_member(R"({"x": "\\", "chart": {"a": "\\\"}"}, "y": 1})", "chart"),
            R"({"x": "\\", "chart": null, "y": 1})");
}

TEST(JsonCut, LeavesToTheParserWhatIsNotJson) {
  for (const char* text :
       {"", "chart", R"({"chart": {)", R"({"chart": "text"})", R"({"chart)", "[]"}) {
    EXPECT_EQ(without_member(text, "chart"), text);
  }
}

TEST(JsonCut, MayFollowWordsOfHelm) {
  EXPECT_EQ(without_member("Installing it now.\n{\"chart\": {}}", "chart"),
            "Installing it now.\n{\"chart\": null}");
}

}  // namespace
