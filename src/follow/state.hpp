// How far a release is on its way, read from its live objects: what each workload waits for, what
// is wrong with its pods, where the migration Jobs stand. There is no line in any log that says
// "the importer has finished": it never finishes, the data migration's Job does.
#pragma once

#include "text/diagnostic.hpp"
#include "upgrade/objects.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace follow {

enum class Phase { waiting, done, failed };
std::string_view name(Phase);  // "waiting", …

struct Item {
  std::string title;  // "StatefulSet camunda-zeebe"
  Phase phase = Phase::waiting;
  std::string detail;  // "2 of 3 pods updated, 1 ready"

  friend bool operator==(const Item&, const Item&) = default;
};

struct State {
  std::vector<Item>
      items;             // StatefulSets, Deployments, Jobs, each kind in the order of the cluster
  text::Sink troubles;   // one for each pod, claim or Job that is in the way; ids of checks.yaml
  std::string importer;  // the Deployment's name, or empty: the data migration is off
  bool has_migration = false;  // a migration Job is there
  bool data_migration_runs = false;

  bool done() const;    // nothing waits, nothing has failed
  bool failed() const;  // a Job has failed: it does not go on by itself
};

// The flag that switches the migration of this Job.
std::string migration_flag(std::string_view job);

// `live`: StatefulSets, Deployments, Jobs, pods and claims of the release, whole.
State state_of(const upgrade::Objects& live);

}  // namespace follow
