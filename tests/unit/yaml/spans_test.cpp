#include "yaml/spans.hpp"

#include <gtest/gtest.h>

namespace yaml {
namespace {

// Every node's own bytes, in order of the text.
std::vector<std::string> nodes(std::string_view text) {
  const Tree tree = parse(text);
  std::vector<std::string> result;
  for (const Node& node : tree.nodes) {
    result.emplace_back(text.substr(node.span.begin, node.span.size()));
  }
  return result;
}

using Texts = std::vector<std::string>;

std::string refusal(std::string_view text) {
  try {
    parse(text);
  } catch (const ParseError& error) {
    return error.what();
  }
  return "none";
}

TEST(Spans, BlockCollections) {
  EXPECT_EQ(nodes("a:\n  b: 1 # c\n  d: x\n\ne: y\n"),
            (Texts{"a:\n  b: 1 # c\n  d: x\n\ne: y", "a", "b: 1 # c\n  d: x", "b", "1", "d", "x",
                   "e", "y"}));
  EXPECT_EQ(nodes("- a\n-  b: 1\n   c: 2\n"),
            (Texts{"- a\n-  b: 1\n   c: 2", "a", "b: 1\n   c: 2", "b", "1", "c", "2"}));
}

// yaml-cpp leaves out what Helm refuses.
TEST(Spans, ATagOrAnchorInTheColumnOfTheKeysIsNoValue) {
  EXPECT_EQ(refusal("a:\n!x\n"), "a ':' is missing behind this key");
  EXPECT_EQ(refusal("a:\r\n!x\r\n...\r\n"), "a ':' is missing behind this key");
  EXPECT_EQ(refusal("a:\n !x\n"), "none");
  EXPECT_EQ(refusal("a: 1\n...\n# c\n---\n"), "none");
  EXPECT_EQ(refusal("a: \"1\"# Helm takes it for a comment\n"), "none");
}

// Of each character behind a tag, both Helms said so.
TEST(Spans, ATagHasTheCharactersThatHelmTakes) {
  for (const char* one : {"|", ">", "\"", "#", "<", "^", "`", "\\", "\xC3\xA9", "{", "]"}) {
    EXPECT_NE(refusal("a: !x" + std::string(one) + "\n b:\nc:\n"), "none") << one;
  }
  for (const char* one : {";", "/", "?", ":", "@", "&", "=", "+", "$", ".", "!", "~", "*", "'", "(",
                          "%41", "-", "_"}) {
    EXPECT_EQ(refusal("a: !x" + std::string(one) + "y 1\n"), "none") << one;
  }
  EXPECT_EQ(refusal("{a: !x, b: !y {c: d}, e: [!z]}\n"), "none");
}

TEST(Spans, QuotesAndFlow) {
  EXPECT_EQ(nodes("a: 'it''s'\nb: \"x\\\"y\"\nc: [1, {d: e}, ]\n"),
            (Texts{"a: 'it''s'\nb: \"x\\\"y\"\nc: [1, {d: e}, ]", "a", "'it''s'", "b", "\"x\\\"y\"",
                   "c", "[1, {d: e}, ]", "1", "{d: e}", "d", "e"}));
}

TEST(Spans, PlainTextOfSeveralLines) {
  EXPECT_EQ(nodes("a: x\n  y\n\n  z\nb: 1\n")[2], "x\n  y\n\n  z");
}

TEST(Spans, BlockScalars) {
  EXPECT_EQ(nodes("a: |\n  x\n\n  y\n\nb: 1\n")[2], "|\n  x\n\n  y");
  EXPECT_EQ(nodes("a: |+\n  x\n\nb: 1\n")[2], "|+\n  x\n");
  EXPECT_EQ(nodes("a: >2\n    x\n   y\nb: 1\n")[2], ">2\n    x\n   y");
  EXPECT_EQ(nodes("a: |\n  x")[2], "|\n  x");
}

TEST(Spans, EmptyValues) {
  const Texts empty = nodes("a:\nb: ~\nc: \"\"\n");
  EXPECT_EQ(empty, (Texts{"a:\nb: ~\nc: \"\"", "a", "", "b", "~", "c", "\"\""}));
}

TEST(Spans, Properties) {
  const std::string_view text = "a: &x !!str 1\nb: *x\nc: &y\n  d: 1\n";
  const Tree tree = parse(text);
  EXPECT_EQ(nodes(text)[2], "&x !!str 1");
  EXPECT_EQ(text.substr(tree.nodes[2].content, 1), "1");
  EXPECT_EQ(tree.nodes[2].tag, "!!str");
  EXPECT_EQ(tree.nodes[4].kind, Kind::alias);
  EXPECT_EQ(tree.nodes[4].anchor, tree.nodes[2].anchor);
  EXPECT_NE(tree.nodes[6].anchor, tree.nodes[2].anchor);
}

TEST(Spans, StylesAndValues) {
  const Tree tree = parse("a: \"\\u00e9\\N\\_\\L\"\nb: 'x'\nc: |\n  t\nd: >\n  t\ne: p\n");
  EXPECT_EQ(tree.nodes[2].style, Style::double_quoted);
  EXPECT_EQ(tree.nodes[2].value, "\u00e9\u0085\u00a0\u2028");
  EXPECT_EQ(tree.nodes[4].style, Style::single_quoted);
  EXPECT_EQ(tree.nodes[6].style, Style::literal);
  EXPECT_EQ(tree.nodes[8].style, Style::folded);
  EXPECT_EQ(tree.nodes[10].style, Style::plain);
}

TEST(Spans, ByteOrderMarkAndCarriageReturns) {
  EXPECT_EQ(nodes("\xEF\xBB\xBF"
                  "a: 1\r\nb: |\r\n  x\r\n"),
            (Texts{"a: 1\r\nb: |\r\n  x", "a", "1", "b", "|\r\n  x"}));
}

TEST(Spans, SeveralDocuments) {
  EXPECT_EQ(parse("a: 1\n---\n# c\n---\n- x\n...\n").roots.size(), 3U);
  EXPECT_EQ(parse("").roots.size(), 0U);
  EXPECT_EQ(parse("# c\n").roots.size(), 0U);
}

// What yaml-cpp takes and Helm refuses, or reads in another way.
TEST(Spans, StricterThanYamlCpp) {
  for (const char* text :
       {"a: 1\nb\n", "  a: 1\nb: 2\n", "a: [x, , y]\n", "a: \"\\/\"\n", "%YAML 1.2\n---\na: 1\n",
        "a: &x:y z\n", "a: x\u2028y\n", "a: x\x01\n", "a: x\ry: z\n", ",\n"}) {
    EXPECT_NE(refusal(text), "none") << text;
  }
  EXPECT_EQ(refusal("%YAML 1.1\n---\na: {b: , c}\n"), "none");
  EXPECT_EQ(refusal("a: [b: , c]\n"), "none");
}

TEST(Spans, DepthIsLimited) {
  EXPECT_EQ(refusal(std::string(400, '[') + std::string(400, ']')), "none");
  EXPECT_EQ(refusal(std::string(100000, '[')), "nested more than 500 levels deep");
}

}  // namespace
}  // namespace yaml
