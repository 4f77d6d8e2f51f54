// The probe chart: a chart of ours whose only template prints the values that Helm merged. So Helm
// reads values, and no copy of its rules. Used inside helm/.
#pragma once

#include "helm/sources.hpp"
#include "process/launch.hpp"

#include <string>
#include <vector>

namespace helm {

// `helm template … PROBE <words of these sources>`.
process::Command probe_command(const std::vector<Source>& sources);

// The values in what the probe printed; also learns Helm's version. `sources` are those of the
// command: Helm's complaints name /dev/fd/N, ours the source. Throws base::Failure when Helm
// refused.
values::Value probe_values(const process::Outcome& outcome, const std::vector<Source>& sources);

// The probe's directory: $HELM_PLUGIN_DIR/probe, or beside the program. Throws base::Failure when
// there is none.
std::string probe_directory();
// The same for a plugin directory (may be empty) and the directory that the program stands in.
std::string probe_directory(const std::string& plugin, const std::string& program);

}  // namespace helm
