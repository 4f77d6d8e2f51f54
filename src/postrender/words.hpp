// The words of the running `helm upgrade`, which a post-renderer is not told: from the process that
// called it, or from its own arguments.
#pragma once

#include "helm/calling.hpp"
#include "helm/command_line.hpp"

#include <optional>
#include <string>
#include <vector>

namespace postrender {

// Why c8upgrade does not rely on the words that it found. Not an exception of the base::Failure
// family: the run goes on as a guard and says so.
struct Doubt {
  std::string reason;
  std::string next = {};  // what would make it sure, or empty
};

struct HelmWords {
  helm::Task task = helm::Task::upgrade;
  helm::CommandLine line;          // with our own flags; no post-renderer in `passed`
  std::vector<std::string> plain;  // behind the task's word, to render them as they are
  // The words say `upgrade` and no kind of dry run, and they are those of the running Helm itself.
  bool changes_cluster = false;
  // Helm asks the cluster while it renders: always but for a `template` that nobody told to.
  bool sees_cluster = true;
  bool printed = false;  // a pipe: it is the output of `helm template`, no Helm waits for ours
};

// `own`: our own words (a task's word may stand first); words that name release and chart go before
// those of the calling Helm. `directory` is ours. Throws Doubt.
HelmWords find_words(const std::vector<std::string>& own, const std::optional<helm::CallingHelm>&,
                     const std::string& directory);

// Our own words as flags: without the task's word.
helm::CommandLine own_line(std::vector<std::string> own);

}  // namespace postrender
