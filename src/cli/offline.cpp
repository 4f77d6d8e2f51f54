#include "cli/offline.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "cli/version_command.hpp"
#include "decisions/registry.hpp"
#include "helm/sources.hpp"
#include "rules/engine.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace cli {
namespace {

rules::Switch to_switch(helm::OnOffAuto word) {
  switch (word) {
    case helm::OnOffAuto::on:
      return rules::Switch::on;
    case helm::OnOffAuto::off:
      return rules::Switch::off;
    case helm::OnOffAuto::automatic:
      break;
  }
  return rules::Switch::automatic;
}

rules::MigrationClient migration_client(const helm::OwnFlags& flags) {
  rules::MigrationClient client;
  client.client_id = flags.identity_migration_client_id.value_or("");
  if (flags.identity_migration_secret) {
    const std::string& secret = *flags.identity_migration_secret;
    const std::size_t colon = secret.find(':');
    client.secret_name = secret.substr(0, colon);
    client.secret_key = colon == std::string::npos ? "client-secret" : secret.substr(colon + 1);
  }
  if (flags.identity_migration_claim) {
    const std::string& claim = *flags.identity_migration_claim;
    const std::size_t equals = claim.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw base::Failure("--identity-migration-claim wants NAME=VALUE, got '" + claim + "'");
    }
    client.claim_name = claim.substr(0, equals);
    client.claim_value = claim.substr(equals + 1);
  }
  return client;
}

std::string minor_of(const base::Version& chart) {
  // Chart 12 is Camunda 8.7, chart 13 is 8.8.
  return fmt::format("8.{}", chart.major - 5);
}

// The ids of the errors that nobody has accepted.
std::set<std::string> stopping(const text::Sink& findings,
                               const std::vector<std::string>& accepted) {
  std::set<std::string> rules;
  for (const text::Diagnostic& finding : findings) {
    const bool known = std::find(accepted.begin(), accepted.end(), finding.rule) != accepted.end();
    if (finding.severity == text::Severity::error && !known) {
      rules.insert(finding.rule);
    }
  }
  return rules;
}

[[noreturn]] void stop(const std::set<std::string>& rules) {
  std::string words;
  for (const std::string& rule : rules) {
    words += " --accept " + rule;
  }
  throw base::Failure("stopped, because the values cannot be translated as they are",
                      "Change what the errors name, or go on in spite of them:" + words, 3);
}

}  // namespace

rules::Request offline_request(const helm::OwnFlags& flags) {
  rules::Request request;
  request.context_path = flags.context_path;
  request.data_migration = flags.migration != helm::OnOffAuto::off;
  request.identity_migration = to_switch(flags.identity_migration);
  request.migration_client = migration_client(flags);
  return request;
}

values::Value translate_offline(const helm::CommandLine& line, rules::Request request,
                                upgrade::Console& console) {
  console.progress("reading values");
  std::vector<helm::Source> sources = helm::open_sources(line.values);
  values::Value user = helm::read_values(sources);
  console.sources(sources);
  request.source_names.clear();
  for (const helm::Source& source : sources) {
    request.source_names.push_back(source.name);
  }

  report::Report report;
  report.tool_version = version();
  report.from_chart = request.from.text();
  report.from_app = minor_of(request.from);
  report.to_chart = request.to.text();
  report.to_app = minor_of(request.to);
  report.source_names = request.source_names;
  report.plan =
      rules::translate(rules::catalogue_8_7_to_8_8(), decisions::all(), request, std::move(user));
  report.findings = report.plan.findings;

  console.say("  " + report::summary(report));
  console.say("");
  console.show(report.findings);
  console.report(report);
  const std::set<std::string> rules = stopping(report.findings, line.own.accept);
  if (!rules.empty()) {
    stop(rules);
  }
  return std::move(report.plan.result);
}

}  // namespace cli
