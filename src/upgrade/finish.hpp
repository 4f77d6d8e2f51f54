// `helm c8upgrade finish RELEASE CHART …`: the same release with migration and importer off.
#pragma once

#include "helm/command_line.hpp"
#include "text/diagnostic.hpp"
#include "upgrade/console.hpp"
#include "upgrade/prepare.hpp"

#include <functional>
#include <string>
#include <vector>

namespace upgrade {

// Whether the migration may end: `prepared` is the preparation of a run with both migrations off.
// Takes the place of the main job's own findings about a migration that is cut off.
text::Sink check_finish(const Prepared& prepared, const std::string& release);

// Exporters that the brokers would lose: nobody needs their records without the migration.
std::vector<std::string> exporters_that_go(const Prepared&);

// What nobody needs any more and what removes it, a command each. `claims` are live claims of the
// release, `kept` the names of Secrets that Helm has left behind for it.
std::vector<std::string> leftovers(const Objects& after, const Objects& claims,
                                   const std::vector<std::string>& kept,
                                   const std::string& release_namespace);

struct FinishWords {
  helm::CommandLine line;
  // The caller writes the values files without the migration afterwards: what they switch on need
  // not be told. Called before anything is changed; what it throws ends the run.
  std::function<void(const Prepared&)> before_change = {};
};

// Exporters are disabled before Helm takes them out of the brokers' configuration. Returns Helm's
// exit code, 0 when there is nothing to end. Throws base::Failure when it cannot go on (exit 1) and
// when findings stop it (exit 3).
int finish(const FinishWords&, Console&);

}  // namespace upgrade
