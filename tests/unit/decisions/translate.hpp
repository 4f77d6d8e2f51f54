// Translates values given as JSON with the catalogue and all decisions, for the tests of decisions.
#pragma once

#include "decisions/registry.hpp"
#include "rules/engine.hpp"
#include "values/json.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace decisions_test {

inline rules::Plan translate(std::string_view json, rules::Request request = {}) {
  request.source_names = {"values.yaml"};
  values::Value values = values::from_json(json);
  values::set_origin(values, {0, 1, 1});
  return rules::translate(rules::catalogue_8_7_to_8_8(), decisions::all(), request,
                          std::move(values));
}

// The value at a path of the result as JSON, or "nothing".
inline std::string at(const rules::Plan& plan, std::string_view path) {
  const values::Value* found = values::find(plan.result, values::Path(path));
  return found == nullptr ? "nothing" : values::to_json(*found);
}

// The first finding with this id, or nullptr.
inline const text::Diagnostic* finding(const rules::Plan& plan, std::string_view rule) {
  const auto it = std::find_if(plan.findings.begin(), plan.findings.end(),
                               [rule](const auto& finding) { return finding.rule == rule; });
  return it == plan.findings.end() ? nullptr : &*it;
}

inline bool told(const rules::Plan& plan, std::string_view rule) {
  return finding(plan, rule) != nullptr;
}

// True when a finding with this id names the subject.
inline bool names(const rules::Plan& plan, std::string_view rule, std::string_view subject) {
  return std::any_of(plan.findings.begin(), plan.findings.end(), [&](const auto& finding) {
    return finding.rule == rule && std::find(finding.subjects.begin(), finding.subjects.end(),
                                             subject) != finding.subjects.end();
  });
}

// The fate of one leaf of the input, or nullptr.
inline const rules::Fate* fate(const rules::Plan& plan, std::string_view path) {
  const values::Path wanted(path);
  const auto it = std::find_if(plan.fates.begin(), plan.fates.end(),
                               [&](const auto& fate) { return fate.path == wanted; });
  return it == plan.fates.end() ? nullptr : &*it;
}

}  // namespace decisions_test
