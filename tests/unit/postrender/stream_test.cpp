#include "postrender/stream.hpp"

#include <gtest/gtest.h>
#include <string>

namespace {

using postrender::Document;
using postrender::split;

std::string joined(const std::vector<Document>& documents) {
  std::string all;
  for (const Document& document : documents) {
    all += document.bytes;
  }
  return all;
}

TEST(Stream, SplitsAtSeparatorsAndNamesWhatItSees) {
  const std::string text =
      "---\n# Source: a/b.yaml\napiVersion: v1\nkind: Service\nmetadata:\n  name: one\n  labels:\n"
      "    app.kubernetes.io/instance: camunda\n"
      "--- # next\nkind: \"ConfigMap\" # it is\nmetadata: # here\n    name: 'two'\n    "
      "annotations:\n"
      "      name: not-me\n";
  const auto documents = split(text);
  ASSERT_EQ(documents.size(), 2U);
  EXPECT_EQ(documents[0].kind, "Service");
  EXPECT_EQ(documents[0].name, "one");
  EXPECT_EQ(documents[0].instance, "camunda");
  EXPECT_EQ(documents[0].line, 1U);
  EXPECT_EQ(documents[1].kind, "ConfigMap");
  EXPECT_EQ(documents[1].name, "two");
  EXPECT_EQ(documents[1].instance, "");
  EXPECT_EQ(documents[1].line, 9U);
  EXPECT_EQ(joined(documents), text);
}

TEST(Stream, BlockScalarsHoldDashesAwayFromTheMargin) {
  const auto documents = split("kind: A\ndata:\n  x: |\n    ---\n    kind: B\n ---\n----\n---x\n");
  ASSERT_EQ(documents.size(), 1U);
  EXPECT_EQ(documents[0].kind, "A");
}

TEST(Stream, KeepsCarriageReturnsAndTheMissingLineEnd) {
  const std::string text = "\xEF\xBB\xBF---\r\nkind: A\r\nmetadata:\r\n  name: a\r\n---\r\nkind: B";
  const auto documents = split(text);
  ASSERT_EQ(documents.size(), 2U);
  EXPECT_EQ(documents[0].kind, "A");
  EXPECT_EQ(documents[0].name, "a");
  EXPECT_EQ(documents[1].kind, "B");
  EXPECT_EQ(joined(documents), text);
}

TEST(Stream, AnEndMarkEndsADocument) {
  const auto documents = split("kind: A\n...\nkind: B\n...\n---\nkind: C\n");
  ASSERT_EQ(documents.size(), 3U);
  EXPECT_EQ(documents[0].kind, "A");
  EXPECT_EQ(documents[1].kind, "B");
  EXPECT_EQ(documents[1].line, 3U);
  EXPECT_EQ(documents[2].kind, "C");
  EXPECT_EQ(documents[2].line, 5U);
}

TEST(Stream, TellsCommentsFromContent) {
  const auto documents = split("# only words\n---\n\n---\n  # more\n---\n--- {kind: A}\n---\nx");
  ASSERT_EQ(documents.size(), 6U);
  const std::vector<bool> expected = {false, false, false, false, true, true};
  for (std::size_t i = 0; i < documents.size(); ++i) {
    EXPECT_EQ(documents[i].has_content, expected[i]) << i;
  }
}

TEST(Stream, LeavesToTheReaderWhatLinesDoNotTell) {
  const auto documents =
      split("{kind: A}\n---\nkind: &k B\nmetadata: {name: x}\n---\nkind: |\n  C\n");
  ASSERT_EQ(documents.size(), 3U);
  for (const Document& document : documents) {
    EXPECT_TRUE(document.has_content);
    EXPECT_EQ(document.kind, "");
    EXPECT_EQ(document.name, "");
  }
}

TEST(Stream, GivesTheContentWithoutTheSeparator) {
  const auto documents = split("---\nkind: A\n--- {kind: B}\n---");
  ASSERT_EQ(documents.size(), 3U);
  EXPECT_EQ(content(documents[0]), "kind: A\n");
  EXPECT_EQ(content(documents[1]), "--- {kind: B}\n");
  EXPECT_EQ(content(documents[2]), "");
}

TEST(Stream, EmptyIsNoDocument) {
  EXPECT_TRUE(split("").empty());
  EXPECT_FALSE(split("\n").at(0).has_content);
}

}  // namespace
