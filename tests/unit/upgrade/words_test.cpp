#include "upgrade/words.hpp"

#include "unit/upgrade/manifests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace upgrade {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;

std::string rules(const helm::CommandLine& line, const Objects& after = brokers(),
                  Running running = Running::old_version) {
  return rules_of(check_words(line, running, after));
}

TEST(Words, plain_words_are_fine) {
  EXPECT_EQ(rules({}), "");
}

TEST(Words, a_rollback_on_failure_is_an_error_unless_there_is_nothing_to_go_back_to) {
  helm::CommandLine line;
  line.atomic = true;
  EXPECT_EQ(rules(line), "rollback-on-failure");
  EXPECT_EQ(rules(line, brokers(), Running::nothing), "");
}

TEST(Words, force) {
  helm::CommandLine line;
  line.force = true;
  EXPECT_EQ(rules(line), "force");
}

TEST(Words, waiting_needs_a_readiness_delay_for_every_broker) {
  helm::CommandLine line;
  line.wait = true;
  EXPECT_EQ(shortest_rollout(brokers()), seconds{90});
  EXPECT_EQ(rules(line), "") << "Helm's five minutes are enough for three brokers";
  line.timeout = seconds{89};
  const text::Sink findings = check_words(line, Running::old_version, brokers());
  ASSERT_EQ(rules_of(findings), "timeout-too-short");
  EXPECT_THAT(findings[0].message, HasSubstr("89s"));
  EXPECT_THAT(findings[0].message, HasSubstr("90s"));
  line.timeout.reset();
  EXPECT_EQ(rules(line, brokers({.replicas = 11})), "timeout-too-short");
  line.wait = false;
  EXPECT_EQ(rules(line, brokers({.replicas = 11})), "");
}

TEST(Words, waiting_for_the_migration_job_needs_hours) {
  helm::CommandLine line;
  line.wait_for_jobs = true;
  EXPECT_EQ(rules(line), "");
  const Objects with_job = manifest(brokers_yaml() + job_yaml("data"));
  EXPECT_EQ(rules(line, with_job), "wait-for-jobs");
  line.timeout = std::chrono::hours{3};
  EXPECT_EQ(rules(line, with_job), "");
}

}  // namespace
}  // namespace upgrade
