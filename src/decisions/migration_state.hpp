// The migration's last word in the main job. A translation takes the user's own migration keys as
// they are; but values say `true` until somebody edits them, long after the migration has ended, so
// the main job decides from the release (its manifest, its Jobs) and from the flags.
#pragma once

#include "rules/plan.hpp"
#include "rules/request.hpp"

#include <string>
#include <vector>

namespace decisions {

struct MigrationState {
  bool data = false;
  bool data_by_flag = false;  // --migration on or off
  rules::Switch identity = rules::Switch::automatic;
  bool identity_by_flag = false;
  std::string under = {};  // of an umbrella chart's values; see rules::Request
};

// The keys that switch a migration on, below the block of an umbrella chart ("": none).
std::vector<values::Path> migration_keys(const std::string& under);

// Writes the state into the translated values. What is off is switched off. What is on is switched
// on unless the values say `false` and no flag says otherwise; the identity migration only when the
// values name its secret. The plan's own flags say afterwards what the values say.
void settle_migration(rules::Plan&, const MigrationState&);

// For values that have been through their migration: takes its block out of the result of a plan
// that translated nothing. The identity migration stays when the request asks for it by name.
void remove_migration(rules::Plan&, const rules::Request&);

}  // namespace decisions
