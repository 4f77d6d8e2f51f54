#include "convert/convert.hpp"

#include "convert/layers.hpp"
#include "convert/rewrite.hpp"
#include "decisions/registry.hpp"
#include "rules/engine.hpp"
#include "rules/finding.hpp"
#include "values/yaml_reader.hpp"

#include <algorithm>

namespace convert {
namespace {

using values::Path;
using values::Value;

// Where the comments of a setting that is gone can be found again.
text::Diagnostic orphaned(const Path& path, const std::string& file) {
  text::Diagnostic told = rules::finding("comment-kept", {path.text()}, {{"path", path.text()}});
  told.location.file = file;
  return told;
}

rules::Plan translate(Value values, const rules::Request& request) {
  return rules::translate(rules::catalogue_8_7_to_8_8(), decisions::all(), request,
                          std::move(values));
}

// The plans for the first file, the first two, …
std::vector<rules::Plan> plans_for(const std::vector<Value>& layers,
                                   const rules::Request& request) {
  std::vector<rules::Plan> plans;
  std::vector<Value> first;
  for (const Value& layer : layers) {
    first.push_back(layer);
    plans.push_back(translate(merged(first), request));
  }
  return plans;
}

// The first file that is about Camunda gets what is added.
std::size_t home_of(const std::vector<Value>& layers) {
  const auto found = std::find_if(layers.begin(), layers.end(), [](const Value& layer) {
    return !layer.is_leaf() && concerns_camunda(layer);
  });
  return found == layers.end() ? 0 : static_cast<std::size_t>(found - layers.begin());
}

}  // namespace

bool concerns_camunda(const Value& values) {
  const rules::Catalogue& catalogue = rules::catalogue_8_7_to_8_8();
  return values.is_leaf() ||
         std::any_of(values.entries().begin(), values.entries().end(), [&](const auto& entry) {
           const Path block = Path().key(entry.first);
           return catalogue.old_knows(block) || catalogue.new_knows(block);
         });
}

Conversion convert(const std::vector<text::Source>& files, rules::Request request) {
  Conversion result;
  std::vector<Value> layers;
  request.source_names.clear();
  for (const text::Source& file : files) {
    const int source = static_cast<int>(layers.size());
    request.source_names.push_back(file.name());
    layers.push_back(values::read_yaml(file, {source, &result.notes}));
  }
  if (!concerns_camunda(merged(layers))) {
    result.plan.already_new = true;
    for (const text::Source& file : files) {
      result.texts.push_back(file.bytes());
    }
    return result;
  }
  std::vector<rules::Plan> plans = plans_for(layers, request);
  const std::vector<Value> wanted = distribute(plans, home_of(layers));
  const std::vector<rules::Fate> fates = all_fates(plans);
  for (std::size_t i = 0; i < files.size(); ++i) {
    Rewriting rewriting = rewrite(files[i], layers[i], wanted[i], fates, static_cast<int>(i));
    for (const Path& path : rewriting.orphans) {
      result.notes.push_back(orphaned(path, files[i].name()));
    }
    result.texts.push_back(std::move(rewriting.text));
  }
  result.plan = std::move(plans.back());
  result.plan.fates = fates;
  return result;
}

}  // namespace convert
