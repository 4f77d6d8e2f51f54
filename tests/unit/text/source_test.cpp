#include "text/source.hpp"

#include "base/failure.hpp"

#include <gtest/gtest.h>

namespace text {
namespace {

using Position = Source::Position;

std::string refusal(std::string bytes) {
  try {
    require_text(Source("v.yaml", std::move(bytes)));
  } catch (const base::Failure& failure) {
    return failure.what();
  }
  return "none";
}

TEST(Source, Lines) {
  const Source source("f", "one\r\ntwo\n\nfour");
  EXPECT_EQ(source.line_count(), 4);
  EXPECT_EQ(source.line(1), "one");
  EXPECT_EQ(source.line(2), "two");
  EXPECT_EQ(source.line(3), "");
  EXPECT_EQ(source.line(4), "four");
  EXPECT_EQ(source.line(0), "");
  EXPECT_EQ(source.line(5), "");
  EXPECT_EQ(Source("f", "a\n").line_count(), 1);
  EXPECT_EQ(Source("f", "").line_count(), 1);
}

TEST(Source, PositionsCountCharacters) {
  const Source source("f", "a\u00e9\u20acb\nxyz");
  EXPECT_EQ(source.position(0), (Position{1, 1}));
  EXPECT_EQ(source.position(3), (Position{1, 3}));
  EXPECT_EQ(source.position(6), (Position{1, 4}));
  EXPECT_EQ(source.position(8), (Position{2, 1}));
  EXPECT_EQ(source.position(99), (Position{2, 4}));
  EXPECT_EQ(source.offset({1, 4}), 6U);
  EXPECT_EQ(source.offset({2, 2}), 9U);
  EXPECT_EQ(source.offset({1, 99}), 7U);
  EXPECT_EQ(source.offset({9, 1}), source.bytes().size());
  EXPECT_EQ(source.location(9), (Location{"f", 2, 2}));
}

TEST(Source, ByteOrderMarkIsNoCharacter) {
  const Source source("f", "\xEF\xBB\xBFkey: 1\n");
  EXPECT_EQ(source.line(1), "key: 1");
  EXPECT_EQ(source.position(3), (Position{1, 1}));
  EXPECT_EQ(source.offset({1, 1}), 3U);
}

TEST(Source, OffsetsAndPositionsAgree) {
  const Source source("f", "a\n\u00e9b\n\nlast");
  for (const std::size_t offset : {0U, 1U, 2U, 4U, 5U, 6U, 7U, 10U}) {
    EXPECT_EQ(source.offset(source.position(offset)), offset);
  }
}

TEST(RequireText, RefusesWhatNoValuesFileHolds) {
  EXPECT_EQ(refusal("a: caf\u00e9\t\r\n"), "none");
  EXPECT_EQ(refusal("a: \u0085\n"), "none");
  EXPECT_EQ(refusal("a: 1\nb: \xff\n"), "v.yaml:2:4: byte 0xff is no UTF-8");
  EXPECT_EQ(refusal("a: \x01"), "v.yaml:1:4: control character U+0001");
  EXPECT_EQ(refusal("a: \x7f"), "v.yaml:1:4: control character U+007F");
  EXPECT_EQ(refusal(std::string("\xFF\xFE"
                                "a\0",
                                4)),
            "v.yaml is UTF-16, not UTF-8");
  EXPECT_EQ(refusal(std::string("a\0:\0", 4)), "v.yaml is UTF-16, not UTF-8");
}

}  // namespace
}  // namespace text
