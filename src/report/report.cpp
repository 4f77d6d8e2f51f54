#include "report/report.hpp"

#include "rules/catalogue.hpp"
#include "text/render.hpp"
#include "values/json.hpp"
#include "values/redact.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace report {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const text::Location& location) {
  Json origin = {{"file", location.file}};
  if (location.line > 0) {
    origin["line"] = location.line;
  }
  if (location.column > 0) {
    origin["column"] = location.column;
  }
  return origin;
}

text::Location where(const values::Origin& origin, const std::vector<std::string>& names) {
  if (origin.source < 0 || static_cast<std::size_t>(origin.source) >= names.size()) {
    return {};
  }
  return {names[static_cast<std::size_t>(origin.source)], origin.line, origin.column};
}

Json to_json(const rules::Fate& fate, const std::vector<std::string>& names) {
  Json entry = {{"path", fate.path.text()}};
  if (const text::Location location = where(fate.origin, names); !location.file.empty()) {
    entry["origin"] = to_json(location);
  }
  entry["fate"] = rules::name(fate.kind);
  entry["to"] = Json::array();
  for (const values::Path& path : fate.to) {
    entry["to"].push_back(path.text());
  }
  entry["rule"] = fate.rule;
  return entry;
}

Json to_json(const text::Diagnostic& finding) {
  Json entry = {{"rule", finding.rule},
                {"severity", text::name(finding.severity)},
                {"subjects", finding.subjects},
                {"message", finding.message}};
  if (!finding.location.file.empty()) {
    entry["origin"] = to_json(finding.location);
  }
  entry["next"] = finding.next;
  entry["source"] = finding.source;
  return entry;
}

// "8.7" of the chart's "8.7.x" or of "8.7.37".
std::string minor_of(const std::string& application) {
  const std::size_t first = application.find('.');
  return first == std::string::npos ? application
                                    : application.substr(0, application.find('.', first + 1));
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

// "48 settings kept, 31 moved": the first number carries the noun.
std::string fates_summary(const std::vector<rules::Fate>& fates) {
  struct Count {
    rules::FateKind kind;
    std::string_view words;
    std::size_t number = 0;
  };
  std::array<Count, 6> counts = {{{rules::FateKind::kept, "kept"},
                                  {rules::FateKind::moved, "moved"},
                                  {rules::FateKind::merged, "merged"},
                                  {rules::FateKind::converted, "converted"},
                                  {rules::FateKind::dropped, "dropped"},
                                  {rules::FateKind::asked, "left to you"}}};
  for (const rules::Fate& fate : fates) {
    for (Count& count : counts) {
      count.number += count.kind == fate.kind ? 1U : 0U;
    }
  }
  std::string line;
  for (const Count& count : counts) {
    if (count.number == 0) {
      continue;
    }
    line += line.empty() ? counted(count.number, "setting", "settings") + " "
                         : fmt::format(", {} ", count.number);
    line += count.words;
  }
  return line.empty() ? "no settings of your own" : line;
}

// Without what switches the migration on: that is told by itself, and 8.7 had no such default.
std::size_t pinned_defaults(const std::vector<rules::Pin>& pins) {
  const auto is_default = [](const rules::Pin& pin) {
    const rules::Rule* rule = rules::catalogue_8_7_to_8_8().find(pin.rule);
    return rule == nullptr || rule->area != "migration";
  };
  return static_cast<std::size_t>(std::count_if(pins.begin(), pins.end(), is_default));
}

std::string migration_summary(const rules::Plan& plan) {
  if (!plan.data_migration && !plan.identity_migration) {
    return "no migration";
  }
  return fmt::format("data migration {}, identity migration {}", plan.data_migration ? "on" : "off",
                     plan.identity_migration ? "on" : "off");
}

}  // namespace

std::string to_json(const Report& report) {
  Json document = {{"tool", {{"name", "c8upgrade"}, {"version", report.tool_version}}},
                   {"from", {{"chart", report.from_chart}, {"app", minor_of(report.from_app)}}},
                   {"to", {{"chart", report.to_chart}, {"app", minor_of(report.to_app)}}}};
  document["fates"] = Json::array();
  for (const rules::Fate& fate : report.plan.fates) {
    document["fates"].push_back(to_json(fate, report.source_names));
  }
  document["pins"] = Json::array();
  for (const rules::Pin& pin : report.plan.pins) {
    document["pins"].push_back(
        {{"path", pin.path.text()},
         {"value", Json::parse(values::to_json(values::redacted(pin.path, pin.value)))},
         {"rule", pin.rule},
         {"because", pin.because}});
  }
  document["findings"] = Json::array();
  for (const text::Diagnostic& finding : report.findings) {
    document["findings"].push_back(to_json(finding));
  }
  // A value may hold bytes that are no UTF-8 (--set-file): replaced, never a reason to fail.
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string summary(const Report& report) {
  const rules::Plan& plan = report.plan;
  if (plan.already_new) {
    return fmt::format("the values are in the structure of {} already; {}", minor_of(report.to_app),
                       migration_summary(plan));
  }
  std::string line = fates_summary(plan.fates);
  if (const std::size_t pinned = pinned_defaults(plan.pins); pinned > 0) {
    line += fmt::format("; {} of {} pinned", counted(pinned, "default", "defaults"),
                        minor_of(report.from_app));
  }
  return line + "; " + migration_summary(plan);
}

}  // namespace report
