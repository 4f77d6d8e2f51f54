#include "convert/rewrite.hpp"

#include "values/yaml_reader.hpp"

#include <gtest/gtest.h>

namespace convert {
namespace {

using rules::Fate;
using rules::FateKind;
using values::Path;
using values::Value;

Value read(const std::string& text) {
  return values::read_yaml(text::Source("values.yaml", text), {0, nullptr});
}

// Moves what stands at a path, as a plan does: origins travel along, and the fates tell it.
class Change {
 public:
  explicit Change(std::string text) : m_text(std::move(text)), m_before(read(m_text)) {
    m_after = m_before;
  }

  Change& move(const Path& from, const Path& to) {
    const Value moved = *values::find(m_after, from);
    values::erase(m_after, from);
    values::reach(m_after, to) = moved;
    values::for_each_leaf(moved, [&](const Path& below, const Value& leaf) {
      m_fates.push_back({from.join(below), leaf.origin, FateKind::moved, {to.join(below)}, "rule"});
    });
    return *this;
  }
  Change& drop(const Path& path) {
    values::erase(m_after, path);
    return *this;
  }
  Change& merge(const Path& from, const Path& to) {
    const Value gone = *values::find(m_after, from);
    values::erase(m_after, from);
    m_fates.push_back({from, gone.origin, FateKind::merged, {to}, "rule"});
    return *this;
  }
  Change& set(const Path& path, Value value) {
    const auto* there = values::find(m_after, path);
    value.origin = there == nullptr ? values::Origin() : there->origin;
    values::reach(m_after, path) = std::move(value);
    return *this;
  }

  std::string text() const { return rewriting().text; }
  Rewriting rewriting() const {
    return rewrite(text::Source("values.yaml", m_text), m_before, m_after, m_fates);
  }

 private:
  std::string m_text;
  Value m_before;
  Value m_after;
  std::vector<Fate> m_fates;
};

TEST(Rewrite, NothingChangedNoByteChanged) {
  for (const std::string text :
       {"a: 1", "a: 1\r\nb:\r\n  c: 2\r\n", "\xEF\xBB\xBF# x\na:\n  b: 1\n",
        "---\na: [1 ,2]\n...\n", "{\"a\": 1}", "", "# only this", "a: &x {b: 1}\nc: *x\n"}) {
    EXPECT_EQ(Change(text).text(), text);
  }
}

TEST(Rewrite, ABlockThatMovedKeepsItsLinesAndComments) {
  EXPECT_EQ(Change(R"(# about zeebe
zeebe: # the brokers
    size:   3
    # why so many
    env:
    - name: "A" # first
      value: 'x'
    # the end
other: {a: 1}
)")
                .move("zeebe", "orchestration")
                .text(),
            R"(# about zeebe
orchestration: # the brokers
    size:   3
    # why so many
    env:
    - name: "A" # first
      value: 'x'
    # the end
other: {a: 1}
)");
}

TEST(Rewrite, WhatMovesIntoAnotherBlockIsIndentedForIt) {
  EXPECT_EQ(Change(R"(a:
  keep: 1

b:
  # about c
  c:
    d: |
      text

        more
  e: 2
)")
                .move("b.c", "a.deep.c")
                .text(),
            R"(a:
  keep: 1
  deep:
    # about c
    c:
      d: |
        text

          more

b:
  e: 2
)");
}

TEST(Rewrite, BlankLinesOfEntriesThatLeaveDoNotAddUp) {
  EXPECT_EQ(Change("# head\n# of the file\n\na:\n  x: 1\n\nb:\n  y: 1\n\nc:\n  z: 1\n")
                .drop("a")
                .drop("b")
                .text(),
            "# head\n# of the file\n\nc:\n  z: 1\n");
  EXPECT_EQ(Change("a:\n  x: 1\n\nb:\n  y: 1\n\nc:\n  z: 1\n").drop("a").drop("c").text(),
            "b:\n  y: 1\n");
}

TEST(Rewrite, AnEntryThatBecomesAnItemOfAListIsWrittenAsOne) {
  EXPECT_EQ(Change("a: \"x\" # odd\nb:\n- \"y\"\nc:\n  d: 'z' # why\n").move("c.d", "b[1]").text(),
            "a: \"x\" # odd\nb:\n- \"y\"\n# why\n- z\n");
  EXPECT_EQ(Change("a: \"x\" # odd\nb:\n- y # why\n- z\n").move("b[1]", "c").text(),
            "a: \"x\" # odd\nb:\n- y # why\nc: z\n");
}

TEST(Rewrite, AScalarKeepsItsQuotesAndItsComment) {
  EXPECT_EQ(Change("a: 'x' # why\nb: \"y\"\nc: 1\n")
                .set("a", Value::text("it's"))
                .set("b", Value::text("z"))
                .set("c", Value::text("1"))
                .text(),
            "a: 'it''s' # why\nb: \"z\"\nc: \"1\"\n");
}

TEST(Rewrite, TextsOfSeveralLinesChangeWhereTheyChanged) {
  EXPECT_EQ(Change("a: >-\n  -Xmx1g -Dpath=/old\n  -Dother\nb: |\n  one\n  two\nc: 1\n")
                .set("a", Value::text("-Xmx1g -Dpath=/new -Dother"))
                .set("b", Value::text("one\nthree\n"))
                .text(),
            "a: >-\n  -Xmx1g -Dpath=/new\n  -Dother\nb: |\n  one\n  three\nc: 1\n");
}

TEST(Rewrite, CompactItemsChangeInPlace) {
  EXPECT_EQ(Change("env:\n  # the size\n  - name: A\n    value: \"1\"   # small\n  - {name: B}\n")
                .set("env[0].name", Value::text("C"))
                .set("env[1].name", Value::text("D, E"))
                .text(),
            "env:\n  # the size\n  - name: C\n    value: \"1\"   # small\n  - name: D, E\n");
}

TEST(Rewrite, TheCommentOfADroppedSettingStays) {
  const Rewriting done = Change("a: 1\n# about b\nb: 2 # two\nc: 3\n").drop("b").rewriting();
  EXPECT_EQ(done.text, "a: 1\n# about b\n# two\n\nc: 3\n");
  EXPECT_EQ(done.orphans, std::vector<Path>{"b"});
}

TEST(Rewrite, TheCommentOfAMergedSettingGoesWithIt) {
  EXPECT_EQ(Change("a:\n  # about b\n  b: 2\nc:\n  # about d\n  d: 2\n").merge("a.b", "c.d").text(),
            "c:\n  # about b\n  # about d\n  d: 2\n");
}

TEST(Rewrite, CommentsOfBlocksInADissolvedBlockStay) {
  EXPECT_EQ(
      Change("a:\n  # about b\n  b:\n    # about c\n    c: 1\n\n    # free\n\n    d: 2\ne: 1\n")
          .drop("a")
          .text(),
      "# about b\n# about c\n\n# free\n\ne: 1\n");
}

TEST(Rewrite, NewKeysLookLikeTheirNeighbours) {
  EXPECT_EQ(Change("a:\n    b: 1\n    l:\n    - 1\n\nc:\n    d: 2\n")
                .set("a.m.o", Value::list({Value::text("x")}))
                .set("a.enabled", Value::boolean(true))
                .set("z.w", Value::number(1))
                .text(),
            "a:\n    enabled: true\n    b: 1\n    l:\n    - 1\n    m:\n        o:\n        - x\n\n"
            "c:\n    d: 2\n\nz:\n    w: 1\n");
}

TEST(Rewrite, LineEndsAndAMissingOneStay) {
  EXPECT_EQ(Change("a: 1\r\nb:\r\n  c: 2").set("d.e", Value::number(1)).text(),
            "a: 1\r\nb:\r\n  c: 2\r\nd:\r\n  e: 1");
  EXPECT_EQ(Change("a: |\n  text").set("b", Value::number(1)).text(), "a: |-\n  text\nb: 1");
}

TEST(Rewrite, AListThatTookItemsOfOthersKeepsTheComments) {
  Change change(
      "a:\n  env:\n    # one\n    - name: A\nb:\n  # two\n  env:\n    # three\n    - name: B\n");
  EXPECT_EQ(change.move("b.env[0]", "a.env[1]").drop("b").text(),
            "a:\n  env:\n    # one\n    - name: A\n    # two\n    # three\n    - name: B\n");
}

TEST(Rewrite, AliasesAreWrittenOutWhereTheirAnchorMovedBehindThem) {
  Change change("x: &a {b: 1}\nv: *a\nz:\n  q: 1\n");
  EXPECT_EQ(change.move("x", "z.x").text(), "v:\n  b: 1\nz:\n  q: 1\n  x: &a {b: 1}\n");
}

TEST(Rewrite, AMapWithAMergeKeyIsWrittenOutWhenItChanges) {
  Change change("x: &a {b: 1}\nv:\n  # why\n  <<: *a\n  c: 2\n");
  EXPECT_EQ(change.set("v.b", Value::number(3)).text(),
            "x: &a {b: 1}\n# why\nv:\n  b: 3\n  c: 2\n");
}

TEST(Rewrite, OfDuplicateKeysNoneComesBack) {
  EXPECT_EQ(Change("a: 1\na: 2\nb: 3\n").drop("a").text(), "b: 3\n");
  EXPECT_EQ(Change("a: 1\na: 2\nb: 3\n").set("b", Value::number(4)).text(), "a: 1\na: 2\nb: 4\n");
}

TEST(Rewrite, JsonStaysJson) {
  EXPECT_EQ(Change("{\n    \"a\": 1\n}\n").set("b", Value::text("x")).text(),
            "{\n    \"a\": 1,\n    \"b\": \"x\"\n}\n");
}

}  // namespace
}  // namespace convert
