#include "helm/set_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace helm {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> paths(ValueKind kind, std::string_view text) {
  std::vector<std::string> found;
  for (const SetPart& part : read_set(kind, text)) {
    found.push_back(part.path.text());
  }
  return found;
}

std::vector<std::string> pieces(ValueKind kind, const std::string& text) {
  std::vector<std::string> found;
  for (const SetPart& part : read_set(kind, text)) {
    for (const SetPiece& piece : part.pieces) {
      found.push_back(text.substr(piece.begin, piece.end - piece.begin) + " -> " + piece.decoded);
    }
  }
  return found;
}

TEST(SetWords, FindsEveryPath) {
  EXPECT_THAT(paths(ValueKind::set, "a=1"), ElementsAre("a"));
  EXPECT_THAT(paths(ValueKind::set, "a.b=1,c=2"), ElementsAre("a.b", "c"));
  EXPECT_THAT(paths(ValueKind::set, "a[0].b=1,c[1][2]=3"), ElementsAre("a[0].b", "c[1][2]"));
  EXPECT_THAT(paths(ValueKind::set, "a={x,y},b=1"), ElementsAre("a", "b"));
  EXPECT_THAT(paths(ValueKind::set, "a=x\\,y=z,b=1"), ElementsAre("a", "b"));
  EXPECT_THAT(paths(ValueKind::set, "a="), ElementsAre("a"));
  EXPECT_THAT(paths(ValueKind::set, "a\\.b.c=1"),
              ElementsAre(values::Path().key("a.b").key("c").text()));
}

TEST(SetWords, StopsAtAMistake) {
  EXPECT_THAT(paths(ValueKind::set, "a"), IsEmpty());
  EXPECT_THAT(paths(ValueKind::set, "a=1,hunter2"), ElementsAre("a"));
  EXPECT_THAT(paths(ValueKind::set, "a[x]=1"), IsEmpty());
  EXPECT_THAT(paths(ValueKind::set, "a[70000]=1"), IsEmpty());
  EXPECT_THAT(paths(ValueKind::set, "a[0]b=1"), IsEmpty());
}

TEST(SetWords, ALiteralEscapesNothingAndIsOneValue) {
  EXPECT_THAT(pieces(ValueKind::set_literal, "a.b=x,c=\\y"), ElementsAre("x,c=\\y -> x,c=\\y"));
  EXPECT_THAT(paths(ValueKind::set_literal, "a\\.b=1"),
              ElementsAre(values::Path().key("a\\").key("b").text()));
}

TEST(SetWords, JsonValuesMayHoldCommas) {
  EXPECT_THAT(paths(ValueKind::set_json, R"(a={"x":[1,2],"y":"},"},b=3)"), ElementsAre("a", "b"));
  EXPECT_THAT(paths(ValueKind::set_json, R"({"a": 1})"), ElementsAre(""));
}

TEST(SetWords, FindsTheFilesOfASetFile) {
  EXPECT_THAT(pieces(ValueKind::set_file, "a=/x\\,1,b={c,-}"),
              ElementsAre("/x\\,1 -> /x,1", "c -> c", "- -> -"));
}

TEST(SetWords, NamesKeysAndNeverValues) {
  EXPECT_EQ(set_name(ValueKind::set, "db.password=hunter2,a=b"), "--set db.password,a");
  EXPECT_EQ(set_name(ValueKind::set, "db.password=a,hunter2"), "--set db.password");
  EXPECT_EQ(set_name(ValueKind::set_json, R"({"password":"hunter2"})"), "--set-json");
}

TEST(SetWords, PathsReadBackAsWritten) {
  const std::vector<values::Path> all = {values::Path("a.b[3].c"),
                                         values::Path().key("a.b").key("c,d=e[f]\\g{h}")};
  for (const values::Path& path : all) {
    const auto text = set_path(path);
    ASSERT_TRUE(text.has_value());
    EXPECT_THAT(paths(ValueKind::set, *text + "=1"), ElementsAre(path.text())) << *text;
  }
  EXPECT_EQ(set_path(values::Path()), std::nullopt);
  EXPECT_EQ(set_path(values::Path().key("")), std::nullopt);
  EXPECT_EQ(set_path(values::Path("a").at(70000)), std::nullopt);
}

}  // namespace
}  // namespace helm
