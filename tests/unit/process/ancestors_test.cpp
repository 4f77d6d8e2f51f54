#include "process/ancestors.hpp"

#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

namespace process {
namespace {

TEST(Ancestors, BeginWithTheParent) {
  const auto found = ancestors(3);
  ASSERT_FALSE(found.empty());
  EXPECT_LE(found.size(), 3U);
  EXPECT_EQ(found.front().id, ::getppid());
  ASSERT_FALSE(found.front().words.empty());
  EXPECT_FALSE(found.front().words.front().empty());
}

TEST(Ancestors, OurselvesInTheSameSpelling) {
  EXPECT_EQ(own_directory(), std::filesystem::current_path());
  EXPECT_TRUE(std::filesystem::equivalent(own_executable(), "/proc/self/exe"));
}

}  // namespace
}  // namespace process
