#include "upgrade/migration.hpp"

#include "unit/upgrade/manifests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace upgrade {
namespace {

using helm::OnOffAuto;
using rules::Switch;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto k_auto = OnOffAuto::automatic;
constexpr const char* k_complete = "{conditions: [{type: Complete, status: 'True'}]}";
constexpr const char* k_failed = "{conditions: [{type: Failed, status: 'True'}]}";

TEST(MigrationSwitches, an_old_release_migrates) {
  const auto switches = migration_switches(Running::old_version, {}, k_auto, k_auto);
  EXPECT_TRUE(switches.data);
  EXPECT_EQ(switches.identity, Switch::automatic);
  EXPECT_FALSE(migration_switches(Running::old_version, {}, OnOffAuto::off, k_auto).data);
}

TEST(MigrationSwitches, a_new_installation_has_nothing_to_migrate) {
  const auto switches = migration_switches(Running::nothing, {}, k_auto, k_auto);
  EXPECT_FALSE(switches.data);
  EXPECT_EQ(switches.identity, Switch::off);
}

TEST(MigrationSwitches, a_new_release_goes_on_as_its_manifest_says) {
  const Objects with_data = manifest(job_yaml("data"));
  const auto switches = migration_switches(Running::new_version, with_data, k_auto, k_auto);
  EXPECT_TRUE(switches.data);
  EXPECT_EQ(switches.identity, Switch::off);
  EXPECT_FALSE(migration_switches(Running::new_version, {}, k_auto, k_auto).data);
  EXPECT_TRUE(migration_switches(Running::new_version, {}, OnOffAuto::on, k_auto).data);
  EXPECT_FALSE(migration_switches(Running::new_version, with_data, OnOffAuto::off, k_auto).data);
  EXPECT_EQ(migration_switches(Running::new_version, manifest(job_yaml("identity")), k_auto, k_auto)
                .identity,
            Switch::on);
}

TEST(MigrationJobs, the_state_is_what_the_conditions_say) {
  const auto state = [](const char* status) {
    const Objects objects = manifest(job_yaml("data", "i", status));
    return state_of(&objects[0]);
  };
  EXPECT_EQ(state("{active: 1}"), JobState::running);
  EXPECT_EQ(state(k_complete), JobState::complete);
  EXPECT_EQ(state(k_failed), JobState::failed);
  EXPECT_EQ(state("{conditions: [{type: Complete, status: 'False'}]}"), JobState::running);
  EXPECT_EQ(state_of(nullptr), JobState::absent);
}

struct Case {
  std::string before = {};
  std::string live = {};
  std::string after = {};
  OnOffAuto flag = k_auto;
  Running running = Running::new_version;
};

JobsAnswer check(const Case& one) {
  const Objects before = manifest(one.before);
  const Objects live = manifest(one.live);
  const Objects after = manifest(one.after);
  return check_jobs({one.running, before, &live, after, one.flag, k_auto});
}

const std::string k_job = job_yaml("data");
const std::string k_other = job_yaml("data", "camunda:8.8.37");

TEST(MigrationJobs, the_first_upgrade_has_nothing_to_look_at) {
  EXPECT_THAT(check({"", "", k_job, k_auto, Running::old_version}).findings, IsEmpty());
}

TEST(MigrationJobs, a_job_whose_template_stays_is_fine) {
  for (const char* status : {"{active: 1}", k_complete}) {
    EXPECT_THAT(check({k_job, job_yaml("data", "camunda:8.8.36", status), k_job}).findings,
                IsEmpty());
  }
}

TEST(MigrationJobs, a_template_that_would_change_stops_the_run_by_the_jobs_state) {
  EXPECT_EQ(rules_of(check({k_job, k_job, k_other}).findings), "migration-running");
  const auto complete = check({k_job, job_yaml("data", "camunda:8.8.36", k_complete), k_other});
  ASSERT_EQ(rules_of(complete.findings), "migration-complete");
  EXPECT_THAT(complete.findings[0].next, HasSubstr("--migration off"));
  EXPECT_EQ(
      rules_of(check({k_job, job_yaml("data", "camunda:8.8.36", k_failed), k_other}).findings),
      "migration-failed");
}

TEST(MigrationJobs, the_flag_removes_it_and_names_it) {
  const auto answer =
      check({k_job, job_yaml("data", "camunda:8.8.36", k_complete), k_other, OnOffAuto::on});
  EXPECT_EQ(rules_of(answer.findings), "migration-again");
  EXPECT_THAT(answer.remove, ElementsAre("camunda-zeebe-migration-data"));
  EXPECT_THAT(
      check({k_job, job_yaml("data", "camunda:8.8.36", k_complete), k_job, OnOffAuto::on}).remove,
      IsEmpty())
      << "a pipeline may leave the flag in";
}

TEST(MigrationJobs, a_failed_one_is_told_and_removed_when_asked) {
  const std::string failed = job_yaml("data", "camunda:8.8.36", k_failed);
  EXPECT_EQ(rules_of(check({k_job, failed, k_job}).findings), "migration-stays-failed");
  EXPECT_THAT(check({k_job, failed, k_job, OnOffAuto::on}).remove,
              ElementsAre("camunda-zeebe-migration-data"));
}

TEST(MigrationJobs, one_that_somebody_removed_does_not_come_back_by_itself) {
  EXPECT_EQ(rules_of(check({k_job, "", k_job}).findings), "migration-job-gone");
  EXPECT_EQ(rules_of(check({k_job, "", k_job, OnOffAuto::on}).findings), "");
}

TEST(MigrationJobs, a_running_one_is_not_cut_off) {
  EXPECT_EQ(rules_of(check({k_job, k_job, ""}).findings), "migration-cut-off");
  EXPECT_EQ(rules_of(check({k_job, job_yaml("data", "i", k_complete), ""}).findings), "");
  EXPECT_EQ(rules_of(check({k_job, job_yaml("data", "i", k_failed), ""}).findings),
            "migration-unfinished");
}

TEST(MigrationJobs, a_cluster_that_was_not_looked_at_says_nothing) {
  const Objects before = manifest(k_job);
  EXPECT_THAT(check_jobs({Running::new_version, before, nullptr, before, k_auto, k_auto}).findings,
              IsEmpty());
}

}  // namespace
}  // namespace upgrade
