#include "convert/convert.hpp"

#include "convert/rewrite.hpp"
#include "decisions/registry.hpp"
#include "rules/engine.hpp"
#include "values/yaml_reader.hpp"

#include <fmt/format.h>

namespace convert {
namespace {

using values::Path;
using values::Value;

// Where the comments of a setting that is gone can be found again.
text::Diagnostic orphaned(const Path& path) {
  return {"comment-kept",
          text::Severity::note,
          {path.text()},
          fmt::format("The comment about {} stays although the setting is gone", path.text()),
          {},
          "Remove it if it says nothing any more.",
          {}};
}

}  // namespace

bool concerns_camunda(const Value& values) {
  const rules::Catalogue& catalogue = rules::catalogue_8_7_to_8_8();
  bool found = values.is_leaf();
  values::for_each_leaf(values, [&](const Path& path, const Value&) {
    found = found || (!path.empty() && (catalogue.old_knows(path) || catalogue.new_knows(path)));
  });
  return found;
}

Conversion convert(const std::vector<text::Source>& files, rules::Request request) {
  Conversion result;
  request.source_names = {files.front().name()};
  const Value before = values::read_yaml(files.front(), {0, &result.notes});
  if (!concerns_camunda(before)) {
    result.plan.already_new = true;
    result.texts.push_back(files.front().bytes());
    return result;
  }
  result.plan = rules::translate(rules::catalogue_8_7_to_8_8(), decisions::all(), request, before);
  Rewriting rewriting = rewrite(files.front(), before, result.plan.result, result.plan.fates);
  for (const Path& path : rewriting.orphans) {
    result.notes.push_back(orphaned(path));
  }
  result.texts.push_back(std::move(rewriting.text));
  return result;
}

}  // namespace convert
