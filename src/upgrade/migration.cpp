#include "upgrade/migration.hpp"

#include "upgrade/drift.hpp"
#include "upgrade/findings.hpp"
#include "upgrade/request.hpp"

#include <string_view>
#include <utility>

namespace upgrade {
namespace {

using helm::OnOffAuto;

std::string_view word(JobState state) {
  switch (state) {
    case JobState::running:
      return "running";
    case JobState::complete:
      return "complete";
    case JobState::failed:
      return "failed";
    default:
      return "absent";
  }
}

struct Words {
  std::string what;  // "data migration"
  std::string flag;  // "--migration"
};

Words words(MigrationKind kind) {
  return kind == MigrationKind::data ? Words{"data migration", "--migration"}
                                     : Words{"identity migration", "--identity-migration"};
}

const values::Value* template_of(const Object* job) {
  return job == nullptr ? nullptr : job->find("spec.template");
}

void check(JobsAnswer& answer, const JobsQuestion& question, MigrationKind kind, OnOffAuto flag) {
  const Object* before = migration_job_of(question.before, kind);
  const Object* after = migration_job_of(question.after, kind);
  const Object* named = after == nullptr ? before : after;
  if (named == nullptr) {
    return;
  }
  const Object* live = find(*question.live, "Job", named->name());
  const JobState state = state_of(live);
  const std::string& job = named->name();
  const Gaps gaps = {{"job", job},
                     {"what", words(kind).what},
                     {"flag", words(kind).flag},
                     {"state", std::string(word(state))}};

  if (after == nullptr) {
    if (state == JobState::running) {
      answer.findings.push_back(finding("migration-cut-off", {job}, gaps));
    } else if (state == JobState::failed) {
      answer.findings.push_back(finding("migration-unfinished", {job}, gaps));
    }
    return;
  }
  if (state == JobState::absent) {
    // Somebody removed it. Helm would make it again, and it would run a second time.
    if (question.running == Running::new_version && before != nullptr && flag != OnOffAuto::on) {
      answer.findings.push_back(finding("migration-job-gone", {job}, gaps));
    }
    return;
  }
  const values::Value* there = template_of(live);
  const values::Value* wanted = template_of(after);
  const bool changes =
      there != nullptr && wanted != nullptr && would_change(*there, template_of(before), *wanted);
  if (flag == OnOffAuto::on && (changes || state == JobState::failed)) {
    answer.remove.push_back(job);
    answer.findings.push_back(finding("migration-again", {job}, gaps));
  } else if (changes) {
    answer.findings.push_back(finding("migration-" + std::string(word(state)), {job}, gaps));
  } else if (state == JobState::failed) {
    answer.findings.push_back(finding("migration-stays-failed", {job}, gaps));
  }
}

}  // namespace

MigrationSwitches migration_switches(Running running, const Objects& before, OnOffAuto data,
                                     OnOffAuto identity) {
  MigrationSwitches switches;
  switch (running) {
    case Running::nothing:
      switches.data = data == OnOffAuto::on;
      switches.identity = identity == OnOffAuto::on ? rules::Switch::on : rules::Switch::off;
      break;
    case Running::old_version:
      switches.data = data != OnOffAuto::off;
      switches.identity = as_switch(identity);
      break;
    case Running::new_version: {
      const auto there = [&](MigrationKind kind, OnOffAuto flag) {
        return flag == OnOffAuto::automatic ? migration_job_of(before, kind) != nullptr
                                            : flag == OnOffAuto::on;
      };
      switches.data = there(MigrationKind::data, data);
      switches.identity =
          there(MigrationKind::identity, identity) ? rules::Switch::on : rules::Switch::off;
      break;
    }
  }
  return switches;
}

JobState state_of(const Object* job) {
  if (job == nullptr) {
    return JobState::absent;
  }
  const values::Value* conditions = job->find("status.conditions");
  if (conditions == nullptr) {
    return JobState::running;
  }
  for (const values::Value& condition : conditions->items()) {
    const values::Value* type = condition.find("type");
    const values::Value* status = condition.find("status");
    if (type == nullptr || status == nullptr || status->plain() != "True") {
      continue;
    }
    if (type->plain() == "Complete") {
      return JobState::complete;
    }
    if (type->plain() == "Failed") {
      return JobState::failed;
    }
  }
  return JobState::running;
}

JobsAnswer check_jobs(const JobsQuestion& question) {
  JobsAnswer answer;
  if (question.live == nullptr) {
    return answer;
  }
  check(answer, question, MigrationKind::data, question.data);
  check(answer, question, MigrationKind::identity, question.identity);
  return answer;
}

}  // namespace upgrade
