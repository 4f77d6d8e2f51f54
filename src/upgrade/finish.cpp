#include "upgrade/finish.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "helm/client.hpp"
#include "helm/environment.hpp"
#include "process/launch.hpp"
#include "upgrade/accept.hpp"
#include "upgrade/brokers.hpp"
#include "upgrade/difference.hpp"
#include "upgrade/findings.hpp"
#include "upgrade/migration.hpp"
#include "upgrade/references.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace upgrade {
namespace {

using kube::Client;

constexpr const char* k_migration_secret = "c8upgrade-identity-migration";

std::string_view word(JobState state) {
  return state == JobState::running ? "running" : state == JobState::failed ? "failed" : "gone";
}

// Prints a line for each Secret that Helm has left behind: name, policy, release.
constexpr const char* k_kept_template =
    R"({{range .items}}{{.metadata.name}}{{"\t"}}{{with .metadata.annotations}})"
    R"({{with index . "helm.sh/resource-policy"}}{{.}}{{end}}{{"\t"}})"
    R"({{with index . "meta.helm.sh/release-name"}}{{.}}{{end}}{{end}}{{"\n"}}{{end}})";

std::vector<std::string> kept_secrets(const Client& client, const std::string& release) {
  std::vector<std::string> names;
  const Client::Answer answer =
      client.run({"get", "secrets", "-o", std::string("go-template=") + k_kept_template});
  for (const std::string_view line : base::split_lines(answer.out)) {
    const auto parts = base::split(line, '\t');
    if (parts.size() == 3 && parts[1] == "keep" && parts[2] == release) {
      names.emplace_back(parts[0]);
    }
  }
  return names;
}

Objects claims_of(const Client& client, const std::string& release) {
  const Client::Answer answer = client.run({"get", "persistentvolumeclaims", "-o", "json",
                                            "--selector", "app.kubernetes.io/instance=" + release});
  return objects_of(kube::items_of(answer.ok() ? answer.out : ""));
}

bool needs_secret(const Objects& objects, const std::string& name) {
  const std::vector<Reference> references = references_of(objects);
  return std::any_of(references.begin(), references.end(), [&](const Reference& one) {
    return one.kind == "Secret" && one.name == name;
  });
}

// Of our own making only: the label says so.
void remove_migration_secret(const Client& client, const Objects& after, Console& console) {
  if (!client.available() || needs_secret(after, k_migration_secret)) {
    return;
  }
  const Client::Answer answer = client.run(
      {"delete", "secret", "--selector", "app.kubernetes.io/managed-by=c8upgrade",
       "--field-selector", std::string("metadata.name=") + k_migration_secret, "-o", "name"});
  if (!answer.ok()) {
    console.say(fmt::format("  Secret {} is no longer needed and could not be deleted: {}",
                            k_migration_secret, answer.trouble().message));
  } else if (!base::trim(answer.out).empty()) {
    console.say(
        fmt::format("  deleted: Secret {}, which only the migration needed", k_migration_secret));
  }
}

void say_leftovers(const Client& client, const Prepared& prepared, const std::string& release,
                   Console& console) {
  if (!client.available()) {
    return;
  }
  const std::vector<std::string> lines =
      leftovers(prepared.after, claims_of(client, release), kept_secrets(client, release),
                prepared.release_namespace);
  if (!lines.empty()) {
    console.say("");
    console.say("  left of 8.7, and not deleted here; when you are sure:");
    for (const std::string& line : lines) {
      console.say("    " + line);
    }
  }
}

void say_deletions(const Prepared& prepared, Console& console) {
  for (const ObjectChange& one :
       differences(prepared.before, prepared.after, prepared.changes, prepared.release_namespace)) {
    if (one.kind == ChangeKind::deleted) {
      console.say(fmt::format("  would be deleted: {}", one.object().title()));
    } else if (one.restarts) {
      console.say(fmt::format("  would restart: {}", one.object().title()));
    }
  }
}

bool migrates(const Objects& manifest) {
  return migration_job_of(manifest, MigrationKind::data) != nullptr ||
         migration_job_of(manifest, MigrationKind::identity) != nullptr;
}

}  // namespace

text::Sink check_finish(const Prepared& prepared, const std::string& release) {
  text::Sink findings;
  const report::Report& report = prepared.report;
  if (report.from_chart != report.to_chart) {
    findings.push_back(finding("finish-other-chart", {release},
                               {{"from", report.from_chart}, {"to", report.to_chart}}));
  }
  for (const MigrationKind kind : {MigrationKind::data, MigrationKind::identity}) {
    const Object* wanted = migration_job_of(prepared.before, kind);
    if (wanted == nullptr) {
      continue;
    }
    const JobState state = state_of(find(prepared.camunda, "Job", wanted->name()));
    if (state != JobState::complete) {
      findings.push_back(
          finding("finish-too-early", {wanted->name()},
                  {{"what", kind == MigrationKind::data ? "data migration" : "identity migration"},
                   {"job", wanted->name()},
                   {"state", std::string(word(state))},
                   {"release", release},
                   {"namespace", prepared.release_namespace}}));
    }
  }
  const auto before = broker_facts(prepared.before);
  const auto after = broker_facts(prepared.after);
  if (before && after) {
    for (const std::string& id : before->exporters) {
      if (!after->exporters.contains(id)) {
        findings.push_back(finding("finish-exporter-goes", {id},
                                   {{"exporter", id},
                                    {"service", after->stateful_set},
                                    {"namespace", prepared.release_namespace}}));
      }
    }
  }
  return findings;
}

std::vector<std::string> leftovers(const Objects& after, const Objects& claims,
                                   const std::vector<std::string>& kept,
                                   const std::string& release_namespace) {
  const auto used = [&](const std::string& claim) {
    return std::any_of(after.begin(), after.end(), [&](const Object& object) {
      const values::Value* templates = object.find("spec.volumeClaimTemplates");
      if (object.kind() == "PersistentVolumeClaim") {
        return object.name() == claim;
      }
      return object.kind() == "StatefulSet" && templates != nullptr &&
             std::any_of(templates->items().begin(), templates->items().end(),
                         [&](const values::Value& one) {
                           const values::Value* name = values::find(one, "metadata.name");
                           return name != nullptr && claim.starts_with(fmt::format(
                                                         "{}-{}-", name->plain(), object.name()));
                         });
    });
  };
  std::vector<std::string> lines;
  for (const Object& claim : claims) {
    if (!used(claim.name())) {
      lines.push_back(
          fmt::format("kubectl delete pvc {} --namespace {}", claim.name(), release_namespace));
    }
  }
  for (const std::string& secret : kept) {
    if (!needs_secret(after, secret) && find(after, "Secret", secret) == nullptr) {
      lines.push_back(
          fmt::format("kubectl delete secret {} --namespace {}", secret, release_namespace));
    }
  }
  return lines;
}

int finish(const helm::CommandLine& given, Console& console) {
  helm::adopt_connection(given.connection);
  helm::CommandLine line = given;
  line.own.migration = helm::OnOffAuto::off;
  line.own.identity_migration = helm::OnOffAuto::off;
  const Client client(helm::release_namespace());
  const std::string& release = line.positionals.at(0);
  Prepared prepared = prepare(line, client, console);
  if (prepared.running != Running::new_version) {
    throw base::Failure(
        fmt::format("release {} does not run 8.8 yet: there is no migration to end", release),
        "Upgrade it first: helm c8upgrade RELEASE CHART …");
  }
  text::Sink& findings = prepared.report.findings;
  findings.erase(std::remove_if(findings.begin(), findings.end(),
                                [](const text::Diagnostic& one) {
                                  return one.rule == "migration-cut-off" ||
                                         one.rule == "migration-unfinished";
                                }),
                 findings.end());
  text::Sink more = check_finish(prepared, release);
  accept(more, line.own.accept);
  append(findings, std::move(more));
  append(findings, prepared.still_on);

  console.report(prepared.report);
  console.say(prepared.headline);
  console.say("");
  console.show(findings);
  if (!migrates(prepared.before) && !holds_errors(findings)) {
    console.say("  the migration is off already, there is nothing to end");
    say_leftovers(client, prepared, release, console);
    return 0;
  }
  stop_at_errors(findings);
  if (prepared.failure) {
    throw base::Failure(*prepared.failure);
  }
  if (line.dry_run != helm::DryRun::none) {
    say_deletions(prepared, console);
    return 0;
  }
  carry_out(client, prepared.changes, release);
  process::Command helm;
  helm.program = helm::binary();
  helm.args = prepared.helm_words;
  const int code = process::attend(helm);
  if (code == 0) {
    console.say("");
    console.say("  importer and migration are off");
    remove_migration_secret(client, prepared.after, console);
    say_leftovers(client, prepared, release, console);
  }
  return code;
}

}  // namespace upgrade
