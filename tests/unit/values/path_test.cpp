#include "values/path.hpp"

#include "base/failure.hpp"

#include <gtest/gtest.h>

namespace values {
namespace {

TEST(Path, ReadsKeysAndIndexes) {
  const Path path("zeebe.env[2].name");
  ASSERT_EQ(path.size(), 4U);
  EXPECT_EQ(path.steps()[1].key, "env");
  EXPECT_TRUE(path.steps()[2].is_index());
  EXPECT_EQ(path.steps()[2].index, 2U);
  EXPECT_EQ(path.back().key, "name");
  EXPECT_EQ(Path("[0][1].a").size(), 3U);
  EXPECT_TRUE(Path("").empty());
}

TEST(Path, EscapesWhatIsNoStructure) {
  const Path path(R"(podAnnotations.prometheus\.io/scrape)");
  ASSERT_EQ(path.size(), 2U);
  EXPECT_EQ(path.back().key, "prometheus.io/scrape");
  EXPECT_EQ(path.text(), R"(podAnnotations.prometheus\.io/scrape)");
}

TEST(Path, TextReadsBack) {
  for (const char* key : {"a", "a.b", "a[0]", "]", "\\", "", "\"\"", "with space", "a=b", "{x}"}) {
    const Path path = Path("top").key(key).at(7).key(key);
    EXPECT_EQ(Path(path.text()), path) << path.text();
  }
  EXPECT_EQ(Path().key("a").at(0).at(1).key("b").text(), "a[0][1].b");
}

TEST(Path, MalformedTextIsOurOwnMistake) {
  for (const char* text : {".a", "a.", "a..b", "a[", "a[]", "a[x]", "a[-1]", "a[0]b", "a]", "a\\",
                           "a[99999999999999999999]"}) {
    EXPECT_THROW(Path{text}, base::InternalError) << text;
  }
}

TEST(Path, TakesApartAndPutsTogether) {
  const Path path("a.b[0].c");
  EXPECT_EQ(path.parent(), Path("a.b[0]"));
  EXPECT_EQ(Path().parent(), Path());
  EXPECT_EQ(path.first(2), Path("a.b"));
  EXPECT_EQ(path.first(9), path);
  EXPECT_EQ(path.after(2), Path("[0].c"));
  EXPECT_EQ(path.after(9), Path());
  EXPECT_EQ(path.first(2).join(path.after(2)), path);
  EXPECT_TRUE(path.starts_with("a.b"));
  EXPECT_TRUE(path.starts_with(path));
  EXPECT_FALSE(path.starts_with("a.bb"));
  EXPECT_FALSE(Path("a").starts_with("a.b"));
  EXPECT_FALSE(Path("a.x").starts_with("a[0]"));
}

}  // namespace
}  // namespace values
