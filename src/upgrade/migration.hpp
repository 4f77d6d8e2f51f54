// The state of the migration: from the release's last manifest and the live Jobs, never from its
// values (DESIGN, "Migration").
#pragma once

#include "helm/command_line.hpp"
#include "rules/request.hpp"
#include "text/diagnostic.hpp"
#include "upgrade/objects.hpp"
#include "upgrade/release.hpp"

#include <string>
#include <vector>

namespace upgrade {

struct MigrationSwitches {
  bool data = false;
  rules::Switch identity = rules::Switch::off;
};

// What the translation is asked for.
MigrationSwitches migration_switches(Running, const Objects& before, helm::OnOffAuto data,
                                     helm::OnOffAuto identity);

enum class JobState { absent, running, complete, failed };
JobState state_of(const Object* job);

struct JobsQuestion {
  Running running = Running::nothing;
  const Objects& before;          // the release's manifest
  const Objects* live = nullptr;  // Jobs of the cluster; null: it could not be asked
  const Objects& after;           // the new manifest
  helm::OnOffAuto data = helm::OnOffAuto::automatic;
  helm::OnOffAuto identity = helm::OnOffAuto::automatic;
};

struct JobsAnswer {
  text::Sink findings;
  std::vector<std::string> remove;  // Jobs that the run deletes, so that they run again
};

// Live Jobs against the new manifest: a template that would change, a migration that would be cut
// off, one that would run a second time.
JobsAnswer check_jobs(const JobsQuestion&);

}  // namespace upgrade
