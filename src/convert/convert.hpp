// Files of values, layered as Helm layers them, translated and written back as files.
#pragma once

#include "rules/plan.hpp"
#include "rules/request.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"
#include "values/value.hpp"

#include <string>
#include <vector>

namespace convert {

struct Conversion {
  std::vector<std::string> texts;  // by file; unchanged bytes where nothing applied
  rules::Plan plan;                // of all files together
  text::Sink notes;                // about the files: duplicate keys, comments that lost their key
};

// True when a chart of either version has a block of one of these names, or when there are none:
// then they are those of an installation with the chart's defaults.
bool concerns_camunda(const values::Value& values);

// Translates the values of the files, which Helm would merge in this order. Throws base::Failure
// for what is no YAML, base::InternalError when a result does not read as the plan has it.
Conversion convert(const std::vector<text::Source>& files, rules::Request request);

}  // namespace convert
