// A translation without a cluster: what `values` and `template` have in common.
#pragma once

#include "helm/command_line.hpp"
#include "report/report.hpp"
#include "rules/request.hpp"
#include "upgrade/console.hpp"
#include "values/value.hpp"

namespace cli {

// What the words ask of a translation that knows no cluster; the two charts are the caller's to
// fill in. Throws base::Failure for a flag whose value has the wrong form.
rules::Request offline_request(const helm::CommandLine& line);

// A report without a plan: program, charts and sources.
report::Report begin_report(const rules::Request& request);

// The version of a chart that a flag names. Throws base::Failure for another major version.
base::Version chart_version(const std::string& flag, const std::string& text, int major);

// Reads the value sources and translates them. Findings and a summary are shown, the report is
// written. Throws base::Failure with exit code 3 when an error among the findings has not been
// accepted: then nothing may be printed.
values::Value translate_offline(const helm::CommandLine& line, rules::Request request,
                                upgrade::Console& console);

}  // namespace cli
