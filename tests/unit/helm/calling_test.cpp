#include "helm/calling.hpp"

#include "base/failure.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace helm {
namespace {

using testing::ElementsAre;
using Words = std::vector<std::string>;

process::Ancestor process_of(const Words& words) {
  return {7, "/usr/bin/helm", words, "/work"};
}

TEST(Calling, ReadsTheWordsOfAHelm) {
  const auto helm = calling_helm(
      {process_of({"helm", "-n", "prod", "upgrade", "camunda", "chart", "-f", "a.yaml",
                   "--post-renderer", "/bin/c8upgrade", "--post-renderer-args", "post-render"})});
  ASSERT_TRUE(helm);
  EXPECT_EQ(helm->task, Task::upgrade);
  EXPECT_EQ(helm->program, "/usr/bin/helm");
  EXPECT_EQ(helm->directory, "/work");
  EXPECT_THAT(helm->words,
              ElementsAre("-n", "prod", "camunda", "chart", "-f", "a.yaml", "--post-renderer",
                          "/bin/c8upgrade", "--post-renderer-args", "post-render"));
}

TEST(Calling, TheNearestHelmCounts) {
  const auto helm =
      calling_helm({process_of({"sh", "-c", "kustomize build | c8upgrade post-render"}),
                    process_of({"helm", "template", "a", "chart", "--post-renderer=x"}),
                    process_of({"diff", "upgrade", "a", "chart", "--post-renderer", "x"})});
  ASSERT_TRUE(helm);
  EXPECT_EQ(helm->task, Task::template_);
}

TEST(Calling, IsNotAnyProgram) {
  for (const Words& words :
       {Words{}, Words{"bash"}, Words{"bash", "-c", "helm upgrade a b --post-renderer x"},
        Words{"helm", "upgrade", "a", "b"},             // runs none
        Words{"helm", "list", "--post-renderer", "x"},  // another command
        Words{"tool", "upgrade", "--unknown", "--post-renderer", "x"}}) {
    EXPECT_FALSE(calling_helm({process_of(words)})) << testing::PrintToString(words);
  }
}

TEST(Calling, TakesTheWordWhereTheProgramCannotBeRead) {
  process::Ancestor process = process_of({"./helm3", "install", "a", "b", "--post-renderer", "x"});
  process.executable.clear();
  const auto helm = calling_helm({process});
  ASSERT_TRUE(helm);
  EXPECT_EQ(helm->program, "./helm3");
  EXPECT_EQ(helm->task, Task::install);
}

TEST(Calling, LeavesFlagsOut) {
  EXPECT_THAT(without_flags({"a", "--post-renderer", "x", "--post-renderer-args=y", "--wait",
                             "--description", "--post-renderer", "-in", "prod"},
                            {"post-renderer", "post-renderer-args"}),
              ElementsAre("a", "--wait", "--description", "--post-renderer", "-i", "-n", "prod"));
  EXPECT_THROW(without_flags({"--no-such-flag"}, {}), base::Failure);
}

}  // namespace
}  // namespace helm
