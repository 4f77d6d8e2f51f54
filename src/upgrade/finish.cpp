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
#include "upgrade/management.hpp"
#include "upgrade/migration.hpp"
#include "upgrade/references.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

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

// Exporters that go, and what the brokers say of them.
struct Exporters {
  std::vector<std::string> ids;
  std::optional<std::string> path;  // of the management API
  ExportersSight sight;
};

Exporters look_at_going(const Client& client, const Prepared& prepared) {
  Exporters exporters;
  exporters.ids = exporters_that_go(prepared);
  exporters.path = management_path(prepared.before, prepared.release_namespace);
  if (exporters.ids.empty()) {
    return exporters;
  }
  if (!client.available()) {
    exporters.sight.trouble = "there is no kubectl";
  } else if (!exporters.path) {
    exporters.sight.trouble = "they have no readiness probe that tells their management port";
  } else {
    exporters.sight = look_at_exporters(client, *exporters.path);
  }
  return exporters;
}

text::Sink check_exporters(const Exporters& exporters, const Prepared& prepared) {
  text::Sink findings;
  const auto facts = broker_facts(prepared.before);
  for (const std::string& id : exporters.ids) {
    if (!exporters.sight.known) {
      findings.push_back(finding("finish-exporter-goes", {id},
                                 {{"exporter", id},
                                  {"reason", exporters.sight.trouble},
                                  {"service", facts ? facts->stateful_set : ""},
                                  {"namespace", prepared.release_namespace}}));
    }
  }
  return findings;
}

class Finish {
 public:
  Finish(const FinishWords& words, Console& console)
      : m_words(words), m_line(words.line), m_console(console) {
    m_line.own.migration = helm::OnOffAuto::off;
    m_line.own.identity_migration = helm::OnOffAuto::off;
  }

  int run() {
    helm::adopt_connection(m_line.connection);
    const Client client(helm::release_namespace());
    const std::string& release = m_line.positionals.at(0);
    m_prepared = prepare(m_line, client, m_console);
    if (m_prepared.running != Running::new_version) {
      throw base::Failure(
          fmt::format("release {} does not run 8.8 yet: there is no migration to end", release),
          "Upgrade it first: helm c8upgrade RELEASE CHART …");
    }
    const bool over = !migrates(m_prepared.before);
    const Exporters exporters = over ? Exporters() : look_at_going(client, m_prepared);
    judge(exporters);
    if (over && !holds_errors(m_prepared.report.findings)) {
      m_console.say("  the migration is off already, there is nothing to end");
      if (m_words.before_change) {
        m_words.before_change(m_prepared);
      }
      say_leftovers(client, m_prepared, release, m_console);
      return 0;
    }
    stop_at_errors(m_prepared.report.findings);
    if (m_prepared.failure) {
      throw base::Failure(*m_prepared.failure);
    }
    if (m_words.before_change) {
      m_words.before_change(m_prepared);
    }
    if (m_line.dry_run != helm::DryRun::none) {
      say_exporters(exporters, "would be disabled");
      say_deletions(m_prepared, m_console);
      return 0;
    }
    if (exporters.sight.known) {
      m_console.progress("disabling exporters");
      disable_exporters(client, *exporters.path, exporters.ids);
      say_exporters(exporters, "disabled");
    }
    return hand_over(client, release);
  }

 private:
  // Shows what was found; the findings are the report's afterwards.
  void judge(const Exporters& exporters) {
    text::Sink& findings = m_prepared.report.findings;
    std::erase_if(findings, [](const text::Diagnostic& one) {
      return one.rule == "migration-cut-off" || one.rule == "migration-unfinished" ||
             one.rule == "exporter-goes";
    });
    text::Sink more = check_finish(m_prepared, m_line.positionals.at(0));
    append(more, check_exporters(exporters, m_prepared));
    accept(more, m_line.own.accept);
    append(findings, std::move(more));
    for (const text::Diagnostic& one : m_prepared.still_on) {
      const bool rewritten = m_words.before_change && one.location.line > 0;
      if (!rewritten) {
        findings.push_back(one);
      }
    }
    m_console.report(m_prepared.report);
    m_console.say(m_prepared.headline);
    m_console.say("");
    m_console.show(findings);
  }

  void say_exporters(const Exporters& exporters, std::string_view verb) {
    for (const std::string& id : exporters.ids) {
      if (exporters.sight.states.contains(id)) {
        m_console.say(fmt::format("  {}: exporter {}", verb, id));
      }
    }
  }

  int hand_over(const Client& client, const std::string& release) {
    carry_out(client, m_prepared.changes, release);
    process::Command helm;
    helm.program = helm::binary();
    helm.args = m_prepared.helm_words;
    const int code = process::attend(helm);
    if (code == 0) {
      m_console.say("");
      m_console.say("  importer and migration are off");
      remove_migration_secret(client, m_prepared.after, m_console);
      say_leftovers(client, m_prepared, release, m_console);
    }
    return code;
  }

  const FinishWords& m_words;
  helm::CommandLine m_line;
  Console& m_console;
  Prepared m_prepared;
};

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
  return findings;
}

std::vector<std::string> exporters_that_go(const Prepared& prepared) {
  const auto before = broker_facts(prepared.before);
  const auto after = broker_facts(prepared.after);
  return before && after ? exporters_lost(*before, *after) : std::vector<std::string>();
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

int finish(const FinishWords& words, Console& console) {
  return Finish(words, console).run();
}

}  // namespace upgrade
