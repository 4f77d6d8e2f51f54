#include "upgrade/run.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "helm/client.hpp"
#include "helm/environment.hpp"
#include "process/launch.hpp"
#include "upgrade/accept.hpp"
#include "upgrade/findings.hpp"
#include "upgrade/outlook.hpp"

#include <fmt/format.h>

namespace upgrade {

void show(const Prepared& prepared, Console& console) {
  console.say(prepared.headline);
  console.say("");
  console.say("  " + report::summary(prepared.report));
  console.say("");
  console.show(prepared.report.findings);
}

void say_changes(const Prepared& prepared, helm::DryRun dry, Console& console) {
  const bool dry_run = dry != helm::DryRun::none;
  for (const std::string& line : lines_of(prepared.changes, !dry_run)) {
    console.say("  " + line);
  }
  if (prepared.accepted_objects > 0 && prepared.refused_objects == 0) {
    console.say(fmt::format("  the API server accepts all {} objects", prepared.accepted_objects));
  }
  if (prepared.running == Running::old_version && !dry_run) {
    console.say(
        "  from here on there is no way back but a backup: 8.8 changes the data on the volumes "
        "and in the indices");
    if (const auto holders = holders_of_data(prepared.before); !holders.empty()) {
      console.say(fmt::format(
          "  a backup holds what these have: {}; and each database or search engine outside of the "
          "release",
          base::enumerate(holders)));
    }
  }
  if (dry == helm::DryRun::client) {
    console.say(
        "  in a client-side dry run Helm lets no chart look at the cluster, and charts with "
        "passwords "
        "fail; --dry-run=server shows what will be made");
  }
  console.say("");
}

int run(const helm::CommandLine& line, Console& console) {
  if (line.positionals.size() != 2) {
    throw base::Failure("a release and a chart are needed",
                        "For example: helm c8upgrade camunda camunda/camunda-platform "
                        "--version 13.12.7 -f values.yaml");
  }
  helm::adopt_connection(line.connection);
  const kube::Client client(helm::release_namespace());
  const Prepared prepared = prepare(line, client, console);
  const bool dry_run = line.dry_run != helm::DryRun::none;

  console.report(prepared.report);
  show(prepared, console);
  stop_at_errors(prepared.report.findings);
  if (prepared.failure) {
    throw base::Failure(*prepared.failure);
  }
  if (!dry_run) {
    console.progress("preparing the cluster");
    carry_out(client, prepared.changes, line.positionals.at(0));
  }
  say_changes(prepared, line.dry_run, console);
  if (prepared.report.plan.data_migration && !dry_run && !line.own.watch) {
    console.say(fmt::format("  afterwards, follow the migration: helm c8upgrade watch {} -n {}",
                            prepared.release, prepared.release_namespace));
    console.say("");
  }

  process::Command helm;
  helm.program = helm::binary();
  helm.args = prepared.helm_words;
  if (line.own.watch && !dry_run) {
    return process::attend(helm);
  }
  process::replace(helm);
}

}  // namespace upgrade
