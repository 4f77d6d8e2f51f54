// The Helm that called us ($HELM_BIN), as calls that take and return data.
#pragma once

#include "base/version.hpp"
#include "values/value.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helm {

// $HELM_BIN, or "helm": as its owner typed it, so it may be relative or a bare name.
std::string binary();
// 3 or 4. Costs nothing under Helm 3 (the environment tells) or once values were read (the probe
// chart says it), else one `helm version`. Throws base::Failure when Helm cannot be run, is older
// than 3.14 or newer than 4.
int major_version();

// Called before every call that may take a while, with what it is for ("reading release camunda");
// from whichever thread makes the call, but never from two at once. All calls here may run side by
// side.
using Progress = std::function<void(std::string_view)>;
void set_progress(Progress);

// Every call below ends after 60 seconds ($C8UPGRADE_HELM_TIMEOUT) with a base::Failure.

struct ReleaseState {
  std::string name;
  std::string release_namespace;
  int revision = 0;
  std::string status;      // "deployed", "failed", "pending-upgrade", …
  std::string chart_name;  // "camunda-platform"
  base::Version chart_version;
  std::string app_version;
  std::string manifest;      // of the newest revision
  std::string apply_method;  // "ssa", "csa" or "" (Helm 3)
};

// `helm get all RELEASE --template …`: one call. Nothing when there is no such release. Throws
// base::Failure when the cluster cannot be reached or releases cannot be read (the message says
// which it is, and which right is missing).
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
  struct Dependency {
    std::string name;
    std::string alias;    // "" when it has none
    std::string version;  // as written, which may be a range
  };
  std::vector<Dependency> dependencies = {};
};
// `helm show chart CHART` with the words that locate it.
ChartFacts show_chart(const std::string& chart, const std::vector<std::string>& chart_words);

// `helm upgrade RELEASE CHART <passed> <values> --dry-run=server -o json`: the manifest that Helm
// would make (hooks left out). Throws base::Failure with Helm's own words when it cannot render.
std::string dry_run_manifest(const std::string& release, const std::string& chart,
                             const std::vector<std::string>& passed,
                             const std::vector<std::string>& value_words);

}  // namespace helm
