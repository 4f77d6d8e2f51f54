#include "yaml/thinned.hpp"

#include "yaml/spans.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <random>
#include <string>

namespace yaml {
namespace {

std::string thinned(const std::string& text) {
  return std::string(Thinned(text).text());
}

TEST(Thinned, CutsLinesThatAreCommentsOnly) {
  EXPECT_EQ(thinned("# one\n  # two\na: 1  # three\n\n  # four\nb: 2\n# five"),
            "#\na: 1  # three\n\n  #\nb: 2\n#");
  EXPECT_EQ(thinned("a: 1\r\n# one\r\n# two\r\nb: 2\r\n"), "a: 1\r\n#\nb: 2\r\n");
  EXPECT_EQ(thinned("\xEF\xBB\xBF# one\na: 1\n"), "\xEF\xBB\xBF# one\na: 1\n");
  EXPECT_EQ(thinned("#\n\n#"), "#\n\n#");
  EXPECT_EQ(thinned(""), "");
}

TEST(Thinned, LeavesWhatSeemsToBeABlockScalar) {
  for (const char* header : {"|", ">", "|-", ">+", "| "}) {
    const std::string text =
        fmt::format("a:\n  b: {}\n    # text\n\n    # text\n  # note\n", header);
    EXPECT_EQ(thinned(text), text.substr(0, text.size() - 9) + "  #\n") << header;
  }
}

TEST(Thinned, KnowsWhereThingsStoodBefore) {
  const std::string text = "# one\n# two\na: 1\n# three\nb: 2\n";
  const Thinned cut(text);
  ASSERT_EQ(cut.text(), "#\na: 1\n#\nb: 2\n");
  for (const char* part : {"a: 1", "b: 2", "2\n"}) {
    EXPECT_EQ(cut.original(cut.text().find(part)), text.find(part)) << part;
  }
  EXPECT_EQ(cut.original(0), 0U);
  EXPECT_EQ(cut.original(cut.text().size()), text.size());
  EXPECT_TRUE(cut.cuts(0, 3));
  EXPECT_FALSE(cut.cuts(0, 1));
  EXPECT_FALSE(cut.cuts(text.find("a: 1"), text.find("# three")));
  EXPECT_TRUE(cut.cuts(text.find("a: 1"), text.find("b: 2")));
}

struct Reading {
  Tree tree;
  std::string error;
  std::size_t offset = 0;
};

Reading reading(const std::string& text, Feed feed) {
  try {
    return {parse(text, feed), {}, 0};
  } catch (const ParseError& error) {
    return {{}, error.what(), error.offset};
  }
}

void expect_same(const std::string& text) {
  const Reading whole = reading(text, Feed::whole);
  const Reading cut = reading(text, Feed::thinned);
  EXPECT_EQ(whole.error, cut.error) << text;
  EXPECT_EQ(whole.offset, cut.offset) << text;
  EXPECT_TRUE(whole.tree.nodes == cut.tree.nodes && whole.tree.roots == cut.tree.roots) << text;
}

TEST(Thinned, EndsInTheTreeOfTheWholeText) {
  for (const char* text : {
           "a: \"one\n  # no comment\n  two\"\nb: 1\n",
           "a: 'one\n  # no comment\n  # nor this\n  two'\n",
           "--- |\n# no comment\ntext\n",
           "--- !!str |\n# no comment\n# nor this\n",
           "a: | # note\n  # no comment\n  # nor this\nb: 1\n",
           "a: |2\n   # no comment\n  # nor this\n # one\n",
           "- - |\n    # no comment\n  # one\n  - b\n",
           "a: |\n\n# one\n# two\nb: 1\n",
           "a: one\n  # one\n  # two\n  three\n",
           "a:\n  # one\n  # two\n  three\n",
           "[a, # one\n # two\n # three\n b]\n",
           "? a\n# one\n# two\n: b\n",
           "a: &x\n# one\n# two\n  b: 1\nc: *x\n",
           "# one\n# two\n---\n# three\n# four\na: 1\n...\n# five\n# six\n",
           "a: 1\n# one\n# two\nb\n",
           "  a: 1\n# one\n# two\nb: 2\n",
           "# one\n# two\n%YAML 1.2\n---\na: 1\n",
           "# one\n# two\n\ta: 1\n",
           "a: [1, 2\n# one\n# two\n",
       }) {
    expect_same(text);
  }
}

// Any mixture of lines, most of which are no YAML in the end.
TEST(Thinned, EndsInTheSameOfAnyLines) {
  constexpr const char* k_lines[] = {
      "a: 1",      "b:",      "c: |",   "d: >-",   "- e", "- f: |+", "g: \"x", "y\"",
      "h: 'x",     "y'",      "# note", "# other", "#",   "",        "text",   "i: [1, # note",
      "2]",        "---",     "...",    "? j",     ": k", "l: &m",   "*m : 1", "- - |2",
      "n: \"\\\"", "\t# tab", "!!str |"};
  std::mt19937 random(20261128);
  for (int run = 0; run < 20000; ++run) {
    std::string text;
    for (int i = 0; i < 8; ++i) {
      text.append(random() % 4, ' ');
      text += k_lines[random() % std::size(k_lines)];
      text += random() % 8 == 0 ? "\r\n" : "\n";
    }
    expect_same(text);
    if (HasFailure()) {
      return;
    }
  }
}

}  // namespace
}  // namespace yaml
