// The release's manifest against the new one, object by object: what Helm is about to do.
#pragma once

#include "upgrade/changes.hpp"
#include "upgrade/objects.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace upgrade {

enum class ChangeKind {
  made,
  changed,
  relabelled,  // nothing but the labels that name chart and version
  deleted,
  kept,      // Helm no longer wants it and leaves it (helm.sh/resource-policy: keep)
  replaced,  // deleted by us and made anew by Helm: a Job that runs again
  same,
};
std::string_view name(ChangeKind);  // "made", …

struct ObjectChange {
  ChangeKind kind = ChangeKind::same;
  const Object* before = nullptr;  // null: there was none
  const Object* after = nullptr;   // null: there will be none
  bool restarts = false;           // the pods of a workload that stays get a new template

  const Object& object() const { return after == nullptr ? *before : *after; }
};

// In the order of the new manifest; what goes stands at the end, in the order of the old one. The
// changes point into `before` and `after`, which have to live longer. `changes` says which Secrets
// the run keeps and which Jobs it deletes; an object without a namespace is in the release's.
std::vector<ObjectChange> differences(const Objects& before, const Objects& after,
                                      const Changes& changes, const std::string& release_namespace);

// One object's change as a unified diff of YAML with sorted keys; empty when nothing would show.
// Labels that name chart and version are left out, they change everywhere. No value of a Secret and
// nothing that looks like a secret stands in it; where such a value changes it says so.
std::string diff_of(const ObjectChange&, bool colour);

}  // namespace upgrade
