#include "cli/offline.hpp"

#include "base/failure.hpp"
#include "cli/version_command.hpp"
#include "decisions/registry.hpp"
#include "helm/environment.hpp"
#include "helm/sources.hpp"
#include "rules/umbrella.hpp"
#include "upgrade/accept.hpp"
#include "upgrade/findings.hpp"
#include "upgrade/release.hpp"
#include "upgrade/request.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

// Chart 12 is Camunda 8.7, chart 13 is 8.8.
std::string application_of(const base::Version& chart) {
  return fmt::format("8.{}", chart.major - 5);
}

}  // namespace

report::Report begin_report(const rules::Request& request) {
  report::Report report;
  report.tool_version = version();
  report.from_chart = request.from.text();
  report.from_app = application_of(request.from);
  report.to_chart = request.to.text();
  report.to_app = application_of(request.to);
  report.source_names = request.source_names;
  return report;
}

base::Version chart_version(const std::string& flag, const std::string& text, int major) {
  const auto version = base::Version::parse(text);
  if (!version || version->major != major) {
    throw base::Failure(flag + " wants a version of chart " + std::to_string(major) + ".x, got '" +
                        text + "'");
  }
  if (flag == "--to") {
    upgrade::require_target({"camunda-platform", *version, application_of(*version), {}});
  }
  return *version;
}

rules::Request offline_request(const helm::CommandLine& line) {
  upgrade::require_known_rules(line.own.accept);
  helm::adopt_connection(line.connection);
  rules::Request request = upgrade::request_of(line);
  request.data_migration = line.own.migration != helm::OnOffAuto::off;
  return request;
}

values::Value translate_offline(const helm::CommandLine& line, rules::Request request,
                                upgrade::Console& console) {
  std::vector<helm::Source> sources = helm::open_sources(line.values);
  text::Sink notes;
  values::Value user = helm::read_values(sources, &notes);
  console.sources(sources);
  request.source_names.clear();
  for (const helm::Source& source : sources) {
    request.source_names.push_back(source.name);
  }

  report::Report report = begin_report(request);
  report.plan = rules::translate_under(rules::catalogue_8_7_to_8_8(), decisions::all(), request,
                                       request.under, std::move(user));
  report.findings = std::move(notes);
  upgrade::append(report.findings, report.plan.findings);
  upgrade::accept(report.findings, line.own.accept);

  console.report(report);
  console.say("  " + report::summary(report));
  console.say("");
  console.show(report.findings);
  upgrade::stop_at_errors(report.findings);
  return std::move(report.plan.result);
}

}  // namespace cli
