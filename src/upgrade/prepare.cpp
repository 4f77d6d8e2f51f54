#include "upgrade/prepare.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "decisions/migration_state.hpp"
#include "decisions/registry.hpp"
#include "helm/client.hpp"
#include "helm/sources.hpp"
#include "process/together.hpp"
#include "rules/umbrella.hpp"
#include "upgrade/accept.hpp"
#include "upgrade/brokers.hpp"
#include "upgrade/cluster.hpp"
#include "upgrade/findings.hpp"
#include "upgrade/immutable.hpp"
#include "upgrade/look.hpp"
#include "upgrade/migration.hpp"
#include "upgrade/owners.hpp"
#include "upgrade/references.hpp"
#include "upgrade/request.hpp"
#include "upgrade/secrets.hpp"
#include "upgrade/verdict.hpp"
#include "upgrade/words.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <utility>

namespace upgrade {
namespace {

// The migration's own client; the same names offline and live (DESIGN, "Migration").
constexpr const char* k_migration_secret = "c8upgrade-identity-migration";
constexpr const char* k_migration_secret_key = "client-secret";

class Preparation {
 public:
  Preparation(const helm::CommandLine& line, const kube::Client& client, Console& console)
      : m_line(line), m_client(client), m_console(console) {}

  Prepared run() {
    look_around();
    translate();
    if (render()) {
      look_at_the_cluster();
      check_objects();
      check_needs();
      ask_the_server();
    }
    describe();
    accept(m_out.report.findings, m_line.own.accept);
    return std::move(m_out);
  }

 private:
  text::Sink& findings() { return m_out.report.findings; }
  void tell(text::Sink more) { append(findings(), std::move(more)); }

  void look_around() {
    m_console.progress(fmt::format("reading release {} and chart {}", m_line.positionals.at(0),
                                   m_line.positionals.at(1)));
    m_first = look(m_line, m_client);
    m_console.sources(m_first.sources);
    tell(std::move(m_first.notes));
    m_request.under = enter_umbrella(m_first.target, m_line.own.under);
    require_target(m_first.target);
    if (m_first.release) {
      leave_umbrella(*m_first.release);
      require_release(*m_first.release);
      m_before = objects_of(m_first.release->manifest);
      m_out.old_manifest = m_first.release->manifest;
    } else if (!m_line.install) {
      refuse_missing_release();
    }
    m_out.running = what_runs(m_first.release, m_first.camunda.objects);
    tell(check_target(m_first.target, m_first.release));
    if (m_first.release) {
      tell(check_state(*m_first.release, m_out.running, m_first.last_deployed));
      tell(check_owners(m_before, m_first.camunda.objects, m_first.release->name));
    } else {
      tell(check_leftover_claims(m_first.camunda.objects, m_line.positionals.at(0)));
    }
    if (!m_client.available()) {
      findings().push_back(finding("kubectl-missing", {"kubectl"}));
    } else if (!m_first.camunda.known) {
      findings().push_back(
          finding("cluster-not-read", {"kubectl"}, {{"reason", m_first.camunda.trouble}}));
    }
  }

  [[noreturn]] void refuse_missing_release() const {
    const std::string& name = m_line.positionals.at(0);
    const std::string where = m_request.release_namespace;
    for (const Object& object : m_first.camunda.objects) {
      const text::Sink owners = check_owners({}, {object}, name);
      if (!owners.empty()) {
        throw base::Failure(fmt::format("there is no release {} in namespace {}; {}", name, where,
                                        owners.front().message),
                            owners.front().next);
      }
    }
    throw base::Failure(
        fmt::format("there is no release {} in namespace {}", name, where),
        fmt::format("helm list --namespace {} shows what is there. A new installation wants "
                    "--install.",
                    where));
  }

  // The charts call their application "8.8.x"; the brokers' label has the patch.
  static std::string camunda_of(const Objects& objects, const std::string& app_version) {
    const Object* brokers = brokers_of(objects);
    const std::string label = brokers == nullptr ? "" : brokers->label("app.kubernetes.io/version");
    return label.empty() ? app_version : label;
  }

  static std::string minor_of(const base::Version& chart) {
    return chart.major == 12 ? "8.7" : "8.8";
  }

  void describe() {
    report::Report& report = m_out.report;
    const helm::ChartFacts& target = m_first.target;
    report.tool_version = C8UPGRADE_VERSION;
    report.to_chart = target.version.text();
    report.to_app = minor_of(target.version);
    const bool translated = !report.plan.already_new;
    report.from_chart =
        m_first.release ? m_first.release->chart_version.text() : std::string("12.x");
    report.from_app = translated ? "8.7" : report.to_app;  // of the values
    const std::string place =
        fmt::format("{} in namespace {}", m_line.positionals.at(0), m_request.release_namespace);
    const std::string to = camunda_of(m_after, target.app_version);
    if (!m_first.release) {
      m_out.headline = fmt::format("{}: new, chart {} (Camunda {})", place, report.to_chart, to);
      return;
    }
    m_out.headline =
        fmt::format("{}: chart {} (Camunda {}) → {} ({})", place, report.from_chart,
                    camunda_of(m_before, m_first.release->app_version), report.to_chart, to);
  }

  void translate() {
    if (m_first.release && m_first.release->chart_version.major == 12) {
      m_request.from = m_first.release->chart_version;
    }
    m_request.to = m_first.target.version;
    m_request.live = true;
    for (const helm::Source& source : m_first.sources) {
      m_request.source_names.push_back(source.name);
    }
    m_out.report.source_names = m_request.source_names;
    const MigrationSwitches switches = migration_switches(
        m_out.running, m_before, m_line.own.migration, m_line.own.identity_migration);
    m_request.data_migration = switches.data;
    m_request.identity_migration = switches.identity;
    if (m_out.running == Running::old_version && !switches.data) {
      findings().push_back(finding("migration-skipped", {"--migration"}));
    }
    m_out.report.plan =
        rules::translate_under(rules::catalogue_8_7_to_8_8(), decisions::all(), m_request,
                               m_request.under, std::move(m_first.values));
    decisions::settle_migration(m_out.report.plan,
                                {switches.data, by_flag(m_line.own.migration), switches.identity,
                                 by_flag(m_line.own.identity_migration), m_request.under});
    tell(m_out.report.plan.findings);
  }

  static bool by_flag(helm::OnOffAuto flag) { return flag != helm::OnOffAuto::automatic; }

  // False when Helm could not render and findings have said why.
  bool render() {
    const helm::Handed handed = helm::hand_values(m_out.report.plan.result);
    std::vector<std::string> values = handed.words;
    // An empty values file would make Helm reuse the release's 8.7 values.
    values.emplace_back("--reset-values");
    m_out.helm_words = {"upgrade", m_line.positionals.at(0), m_line.positionals.at(1)};
    m_out.helm_words.insert(m_out.helm_words.end(), m_line.passed.begin(), m_line.passed.end());
    m_out.helm_words.insert(m_out.helm_words.end(), values.begin(), values.end());
    m_console.progress("rendering the new manifest");
    try {
      m_out.new_manifest = helm::dry_run_manifest(m_line.positionals.at(0),
                                                  m_line.positionals.at(1), m_line.passed, values);
    } catch (const base::Failure& failure) {
      if (!holds_errors(findings())) {
        m_out.failure = failure;
      }
      return false;
    }
    m_after = objects_of(m_out.new_manifest);
    return true;
  }

  void look_at_the_cluster() {
    if (!m_client.available()) {
      return;
    }
    m_console.progress("looking at what runs");
    std::vector<Reference> wanted = references_of(m_after);
    for (std::size_t i = 0, count = wanted.size(); i < count; ++i) {
      if (wanted[i].kind == "Secret") {
        wanted.push_back({"Secret", copy_name(wanted[i].name), "", ""});  // of an earlier run
      }
    }
    process::together({[&] { m_holders = look_at_holders(m_client, wanted); },
                       [&] { m_live = look_at_counterparts(m_client, m_after); }});
    if (!m_holders.known) {
      findings().push_back(
          finding("secrets-not-read", {"kubectl"}, {{"reason", m_holders.trouble}}));
    }
  }

  void check_objects() {
    const Objects& jobs = m_first.camunda.objects;
    tell(check_brokers(m_before, m_first.camunda.objects, m_after));
    tell(check_immutable(m_before, m_live.objects, m_after, m_told));
    tell(check_words(m_line, m_out.running, m_after));
    tell(check_changed_secrets(m_live.objects, m_after));
    JobsAnswer answer =
        check_jobs({m_out.running, m_before, m_first.camunda.known ? &jobs : nullptr, m_after,
                    m_line.own.migration, m_line.own.identity_migration});
    tell(std::move(answer.findings));
    m_out.changes.remove_jobs = std::move(answer.remove);
  }

  SecretsAnswer ask_for_secrets() const {
    SecretsQuestion question{m_before, m_after, nullptr, m_line.own.secrets, {}};
    question.live = m_holders.known ? &m_holders.holders : nullptr;
    if (m_out.report.plan.makes_migration_secret) {
      question.to_make[k_migration_secret] = {k_migration_secret_key};
    }
    // In a new installation nobody has generated what 8.7's chart would have.
    if (m_out.running == Running::nothing) {
      for (const rules::SecretNeed& need : m_out.report.plan.secrets_to_keep) {
        question.to_make[need.name].insert(need.key);
      }
    }
    return check_secrets(question);
  }

  void check_needs() {
    SecretsAnswer answer = ask_for_secrets();
    std::vector<Rescue> copies;
    if (m_line.own.secrets == helm::SecretsMode::copy) {
      copies = std::move(answer.rescues);
    }
    if (!(copies.empty() && answer.use_copy.empty()) && name_copies(copies, answer.use_copy)) {
      m_out.changes.copy = std::move(copies);
      answer = ask_for_secrets();
    }
    tell(std::move(answer.findings));
    m_out.changes.keep = std::move(answer.rescues);
    for (const std::string& name : answer.make) {
      m_out.changes.make.push_back(new_secret(name));
    }
    if (!m_client.available() && !m_out.changes.empty()) {
      refuse_without_kubectl();
    }
  }

  NewSecret new_secret(const std::string& name) const {
    if (name == k_migration_secret) {
      return {name, {k_migration_secret_key}, "for the client of the identity migration"};
    }
    NewSecret secret{name, {}, "as 8.7's chart would have made it"};
    for (const rules::SecretNeed& need : m_out.report.plan.secrets_to_keep) {
      if (need.name == name) {
        secret.keys.insert(need.key);
      }
    }
    return secret;
  }

  // Lets the values name the copies and renders again. What the copies will hold is known: the keys
  // of their originals.
  bool name_copies(const std::vector<Rescue>& to_copy, std::set<std::string> names) {
    for (const Rescue& rescue : to_copy) {
      names.insert(rescue.name);
    }
    for (const std::string& name : names) {
      if (rename_secret(m_out.report.plan.result, name, copy_name(name)) == 0) {
        findings().push_back(finding("secret-copy-impossible", {name}, {{"name", name}}));
        continue;
      }
      if (const Holder* original = find(m_holders.holders, "Secret", name)) {
        Holder copy = *original;
        copy.name = copy_name(name);
        m_holders.holders.push_back(std::move(copy));
      }
    }
    return render();
  }

  [[noreturn]] void refuse_without_kubectl() const {
    std::string names;
    for (const auto* rescues : {&m_out.changes.keep, &m_out.changes.copy}) {
      for (const Rescue& rescue : *rescues) {
        names += (names.empty() ? "" : " ") + rescue.name;
      }
    }
    if (!names.empty()) {
      throw base::Failure(
          fmt::format(
              "without kubectl nobody keeps these Secrets, which the new pods need and Helm "
              "would delete: {}",
              names),
          fmt::format(
              "Install kubectl or set C8UPGRADE_KUBECTL. Or run somewhere: kubectl annotate "
              "secret {} helm.sh/resource-policy=keep --namespace {}, then this with "
              "--secrets leave --accept secret-left",
              names, m_request.release_namespace));
    }
    throw base::Failure(
        fmt::format("without kubectl nobody makes Secret {}, which the new pods need",
                    m_out.changes.make.front().name),
        "Install kubectl or set C8UPGRADE_KUBECTL. The identity migration's Secret can be done "
        "without: --identity-migration off");
  }

  void ask_the_server() {
    const bool wanted = m_line.own.server_check && m_line.dry_run != helm::DryRun::client;
    if (!m_client.available() || !wanted) {
      return;
    }
    if (!m_first.release && !namespace_exists(m_client, m_request.release_namespace)) {
      return;
    }
    m_console.progress("asking the API server");
    VerdictQuestion question{m_after, {}, {}, m_told, applying()};
    for (const Object& object : m_live.objects) {
      question.existing.insert(object.title());
    }
    leave_out_jobs(question);
    const std::vector<Ballot> ballots = ballots_of(question);
    std::vector<kube::Client::Call> calls;
    for (const Ballot& ballot : ballots) {
      calls.push_back(ballot.call);
    }
    Verdict verdict = verdict_of(question, ballots, m_client.run_all(calls));
    m_out.accepted_objects = verdict.accepted;
    m_out.refused_objects = static_cast<std::size_t>(
        std::count_if(verdict.findings.begin(), verdict.findings.end(),
                      [](const auto& one) { return one.rule == "server-refuses"; }));
    tell(std::move(verdict.findings));
  }

  // Jobs that the run removes, and those whose change has been told.
  void leave_out_jobs(VerdictQuestion& question) const {
    for (const std::string& job : m_out.changes.remove_jobs) {
      question.leave_out.insert("Job " + job);
    }
    for (const MigrationKind kind : {MigrationKind::data, MigrationKind::identity}) {
      if (const Object* job = migration_job_of(m_after, kind)) {
        const auto told = [&](const text::Diagnostic& one) {
          return one.rule.starts_with("migration-") &&
                 std::find(one.subjects.begin(), one.subjects.end(), job->name()) !=
                     one.subjects.end();
        };
        if (std::any_of(m_out.report.findings.begin(), m_out.report.findings.end(), told)) {
          question.leave_out.insert(job->title());
        }
      }
    }
  }

  Applying applying() const {
    bool server_side =
        m_first.release ? m_first.release->apply_method == "ssa" : helm::major_version() >= 4;
    bool forced = false;
    for (const std::string& word : m_line.passed) {
      if (word == "--server-side" || word == "--server-side=true") {
        server_side = true;
      } else if (word == "--server-side=false") {
        server_side = false;
      } else if (word == "--force-conflicts" || word == "--force-conflicts=true") {
        forced = true;
      }
    }
    return !server_side ? Applying::client_side
           : forced     ? Applying::server_side_forced
                        : Applying::server_side;
  }

  const helm::CommandLine& m_line;
  const kube::Client& m_client;
  Console& m_console;
  rules::Request m_request = request_of(m_line);
  First m_first;
  Objects m_before;  // of the release's manifest
  Objects m_after;   // of the new one
  Sight m_live;      // counterparts of the new one
  HoldersSight m_holders;
  std::set<std::string> m_told;  // titles of objects whose refusal is known
  Prepared m_out;
};

}  // namespace

Prepared prepare(const helm::CommandLine& line, const kube::Client& client, Console& console) {
  require_known_rules(line.own.accept);
  return Preparation(line, client, console).run();
}

}  // namespace upgrade
