// The Helm that called us ($HELM_BIN), as calls that take and return data.
#pragma once

#include "base/version.hpp"
#include "values/value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace helm {

// $HELM_BIN, or "helm". Throws base::Failure with the next step when it cannot be run.
std::string binary();
// 3 or 4, from the environment Helm gives a plugin (HELM_CONTENT_CACHE exists only in 4) and else
// from `helm version`; cached for the process.
int major_version();

struct ReleaseState {
  std::string name;
  std::string release_namespace;
  int revision = 0;
  std::string status;      // "deployed", "failed", "pending-upgrade", …
  std::string chart_name;  // "camunda-platform"
  base::Version chart_version;
  std::string app_version;
  std::string manifest;    // of the newest revision
  std::string apply_method;  // "ssa", "csa" or "" (Helm 3)
};

// `helm get all RELEASE --template …`: one call. Nothing when there is no such release. Throws
// base::Failure when the cluster cannot be reached or releases cannot be read (message says which).
std::optional<ReleaseState> get_release(const std::string& release);

struct Revision {
  int number = 0;
  std::string status;
  std::string chart;  // "camunda-platform-12.13.3"
};
std::vector<Revision> history(const std::string& release);
// User-supplied values of a revision (0: the newest), as JSON text.
std::string get_values(const std::string& release, int revision);

struct ChartFacts {
  std::string name;
  base::Version version;
  std::string app_version;
};
// `helm show chart CHART` with the words that locate it.
ChartFacts show_chart(const std::string& chart, const std::vector<std::string>& chart_words);

// `helm upgrade RELEASE CHART <passed> <values> --dry-run=server -o json`: the manifest that Helm
// would make (hooks left out). Throws base::Failure with Helm's own words when it cannot render.
std::string dry_run_manifest(const std::string& release, const std::string& chart,
                             const std::vector<std::string>& passed,
                             const std::vector<std::string>& value_words);

}  // namespace helm
