#include "upgrade/preview.hpp"

#include "helm/environment.hpp"
#include "upgrade/findings.hpp"

#include <algorithm>
#include <utility>

namespace upgrade {

bool Preview::stopped() const {
  return prepared.failure.has_value() || holds_errors(prepared.report.findings);
}

bool Preview::something_to_do() const {
  const auto writes = [](const ObjectChange& one) {
    return one.kind != ChangeKind::same && one.kind != ChangeKind::kept;
  };
  return !prepared.changes.empty() || std::any_of(changes.begin(), changes.end(), writes);
}

Preview preview(const helm::CommandLine& line, Console& console) {
  helm::adopt_connection(line.connection);
  const kube::Client client(helm::release_namespace());
  Preview preview;
  preview.prepared = prepare(line, client, console);
  // Without a new manifest everything would seem to be deleted.
  if (!preview.prepared.after.empty()) {
    preview.changes = differences(preview.prepared.before, preview.prepared.after,
                                  preview.prepared.changes, preview.prepared.release_namespace);
    preview.highlights = outlook_of(preview.prepared, preview.changes);
  }
  console.report(preview.prepared.report);
  return preview;
}

}  // namespace upgrade
