// Files that hold values, layered as Helm layers them, translated and written back as files.
#pragma once

#include "rules/plan.hpp"
#include "rules/request.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"
#include "values/value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convert {

struct Options {
  std::optional<std::string> set_version;  // what the chart's version beside the values becomes
  bool names_release = false;  // the words name a release: it counts more than a manifest's
  bool names_namespace = false;
  bool annotate = false;  // a comment above what wants a person
};

// Values as they stand in a result, by themselves, and what they are to be read as.
struct Reading {
  text::Source text;
  values::Value wanted;
};

struct Conversion {
  std::vector<std::string> texts;  // by file; unchanged bytes where nothing applied
  rules::Plan plan;                // of all installations together
  text::Sink notes;                // about the files
  std::vector<Reading> readings;   // what Helm can be asked about: all values but parameters
  bool concerns_camunda = false;   // something in them is for the Camunda chart
  bool one_values_file = false;    // a single file of values of 8.7, which may be one of several
};

// True when a chart of either version has a block of one of these names, or when there are none:
// then they are those of an installation with the chart's defaults.
bool concerns_camunda(const values::Value& values);

// Throws base::Failure, with the way to do it, for a file that is encrypted with SOPS, or a
// template that makes values.
void require_plain_values(const text::Source& file);

// Translates the values of the files, which Helm would merge in this order; a HelmRelease, an
// Application or a release of a helmfile ends an installation, and what follows is another one.
// Throws base::Failure for what is no YAML, base::InternalError when a result does not read as the
// plan has it.
Conversion convert(const std::vector<text::Source>& files, const rules::Request& request,
                   const Options& options = {});

}  // namespace convert
