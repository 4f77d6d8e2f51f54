#include "postrender/words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace postrender {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Words = std::vector<std::string>;

helm::CallingHelm caller(const Words& words, helm::Task task = helm::Task::upgrade) {
  helm::CallingHelm helm{7, "/usr/bin/helm", "/work", task, words};
  helm.words.insert(helm.words.end(),
                    {"--post-renderer", "x", "--post-renderer-args", "post-render"});
  return helm;
}

HelmWords find(const Words& words, helm::Task task = helm::Task::upgrade, const Words& own = {}) {
  return find_words(own, caller(words, task), "/work");
}

std::string doubt(const Words& words, const std::string& directory = "/work") {
  try {
    find_words({}, caller(words), directory);
  } catch (const Doubt& doubt) {
    return doubt.reason;
  }
  return "";
}

const Words k_words = {"camunda", "chart", "-f", "a.yaml,b.yaml", "--set", "x=1", "--wait"};

TEST(PostRenderWords, AreThoseOfTheCallingHelm) {
  const HelmWords words = find(k_words, helm::Task::upgrade, {"--accept", "env-ldap"});
  EXPECT_THAT(words.plain, ElementsAre("camunda", "chart", "--wait", "-f", "a.yaml", "-f", "b.yaml",
                                       "--set", "x=1", "--dry-run=server"));
  EXPECT_THAT(words.line.passed, ElementsAre("--wait"));
  EXPECT_THAT(words.line.own.accept, ElementsAre("env-ldap"));
  EXPECT_TRUE(words.changes_cluster);
  EXPECT_TRUE(words.sees_cluster);
}

TEST(PostRenderWords, ADryRunChangesNothing) {
  for (const char* flag : {"--dry-run", "--dry-run=client", "--dry-run=server", "--dry-run=true"}) {
    const HelmWords words = find({"camunda", "chart", flag});
    EXPECT_FALSE(words.changes_cluster) << flag;
    EXPECT_THAT(words.plain, ElementsAre("camunda", "chart", flag));
  }
  EXPECT_TRUE(find({"camunda", "chart", "--dry-run=none"}).changes_cluster);
  EXPECT_FALSE(find(k_words, helm::Task::install).changes_cluster);
  EXPECT_FALSE(find(k_words, helm::Task::template_).changes_cluster);
}

TEST(PostRenderWords, ATemplateSeesTheClusterWhenItIsTold) {
  EXPECT_FALSE(find(k_words, helm::Task::template_).sees_cluster);
  for (const char* flag : {"--validate", "--is-upgrade", "--dry-run=server"}) {
    EXPECT_TRUE(find({"camunda", "chart", flag}, helm::Task::template_).sees_cluster) << flag;
  }
  EXPECT_FALSE(find({"camunda", "chart", "--validate=false"}, helm::Task::template_).sees_cluster);
}

TEST(PostRenderWords, KeepHowValuesAreReused) {
  EXPECT_THAT(find({"camunda", "chart", "--reuse-values"}).plain,
              ElementsAre("camunda", "chart", "--reuse-values", "--dry-run=server"));
}

TEST(PostRenderWords, AreInDoubtWhenValuesCanBeReadOnlyOnce) {
  EXPECT_THAT(doubt({"camunda", "chart", "-f", "-"}), HasSubstr("only once"));
  EXPECT_THAT(doubt({"camunda", "chart", "-f", "a.yaml", "-f", "/dev/fd/63"}),
              HasSubstr("/dev/fd/63"));
  EXPECT_THAT(doubt({"camunda", "chart", "--set-file", "a=/proc/self/fd/9"}),
              HasSubstr("only once"));
  EXPECT_EQ(doubt({"camunda", "chart", "--set", "a=/dev/null"}), "");
}

TEST(PostRenderWords, AreInDoubtWhenTheyAreNotWhole) {
  EXPECT_THAT(doubt(k_words, "/elsewhere"), HasSubstr("another directory"));
  EXPECT_THAT(doubt({"chart", "--generate-name"}), HasSubstr("a release and a chart"));
  EXPECT_THAT(doubt({"camunda", "chart", "--output-dir", "x"}), HasSubstr("--output-dir"));
  EXPECT_THAT(doubt({"camunda", "chart", "--no-such-flag"}), HasSubstr("not understood"));
  EXPECT_THROW(find_words({}, std::nullopt, "/work"), Doubt);
}

TEST(PostRenderWords, ByHandChangeNothing) {
  const Words own = {"template", "other", "chart", "-f", "b.yaml", "--accept", "env-ldap"};
  const HelmWords alone = find_words(own, std::nullopt, "/work");
  EXPECT_EQ(alone.task, helm::Task::template_);
  EXPECT_THAT(alone.plain, ElementsAre("other", "chart", "-f", "b.yaml"));
  EXPECT_TRUE(alone.printed);
  EXPECT_FALSE(find(k_words, helm::Task::template_).printed);
  const HelmWords with_helm = find({"camunda", "chart"}, helm::Task::upgrade, {"other", "chart"});
  EXPECT_EQ(with_helm.line.positionals.front(), "other");
  EXPECT_FALSE(with_helm.changes_cluster);
}

}  // namespace
}  // namespace postrender
