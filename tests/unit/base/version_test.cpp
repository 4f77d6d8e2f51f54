#include "base/version.hpp"

#include <gtest/gtest.h>
#include <vector>

namespace base {
namespace {

Version parsed(std::string_view text) {
  const auto version = Version::parse(text);
  EXPECT_TRUE(version) << text;
  return version.value_or(Version{});
}

TEST(Version, ReadsWhatHelmCallsAVersion) {
  EXPECT_EQ(parsed("13.12.7"), (Version{13, 12, 7, ""}));
  EXPECT_EQ(parsed("v13.4.2"), (Version{13, 4, 2, ""}));
  EXPECT_EQ(parsed("13"), (Version{13, 0, 0, ""}));
  EXPECT_EQ(parsed("8.8"), (Version{8, 8, 0, ""}));
  EXPECT_EQ(parsed("13.0.0-alpha4.2"), (Version{13, 0, 0, "alpha4.2"}));
  EXPECT_EQ(parsed("3.17.1+g980d8ac"), (Version{3, 17, 1, ""}));
  EXPECT_EQ(parsed("1.2.3-rc.1+build.5"), (Version{1, 2, 3, "rc.1"}));
}

TEST(Version, RefusesOtherText) {
  for (const char* text : {"", "v", "latest", "1.", ".1", "1.2.3.4", "1.x", "-1", "1.2.3-",
                           "1.2.3-a..b", "1.2.3+", "99999999999", "1.2.3-a_b", " 1.2.3"}) {
    EXPECT_FALSE(Version::parse(text)) << text;
  }
}

TEST(Version, TextIsComplete) {
  EXPECT_EQ(parsed("v13").text(), "13.0.0");
  EXPECT_EQ(parsed("13.0.0-alpha4.2").text(), "13.0.0-alpha4.2");
}

// Semantic Versioning 2.0, §11: the example there, and numbers longer than any integer.
TEST(Version, OrdersByPrecedence) {
  const std::vector<const char*> ascending = {"1.0.0-alpha",
                                              "1.0.0-alpha.1",
                                              "1.0.0-alpha.beta",
                                              "1.0.0-beta",
                                              "1.0.0-beta.2",
                                              "1.0.0-beta.11",
                                              "1.0.0-beta.99999999999999999999",
                                              "1.0.0-rc.1",
                                              "1.0.0",
                                              "1.0.1",
                                              "1.2.0",
                                              "1.10.0",
                                              "2.0.0"};
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      EXPECT_EQ(parsed(ascending[i]) <=> parsed(ascending[j]), i <=> j)
          << ascending[i] << " and " << ascending[j];
    }
  }
}

}  // namespace
}  // namespace base
