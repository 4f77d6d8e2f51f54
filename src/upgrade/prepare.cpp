#include "upgrade/prepare.hpp"

#include "base/failure.hpp"
#include "decisions/migration_state.hpp"
#include "decisions/registry.hpp"
#include "helm/client.hpp"
#include "helm/sources.hpp"
#include "rules/umbrella.hpp"
#include "upgrade/accept.hpp"
#include "upgrade/findings.hpp"
#include "upgrade/judge.hpp"
#include "upgrade/look.hpp"
#include "upgrade/migration.hpp"
#include "upgrade/owners.hpp"
#include "upgrade/rendering.hpp"
#include "upgrade/request.hpp"
#include "upgrade/secrets.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <utility>

namespace upgrade {
namespace {

// The migration's own client; the same names offline and live (DESIGN, "Migration").
constexpr const char* k_migration_secret = "c8upgrade-identity-migration";
constexpr const char* k_migration_secret_key = "client-secret";

class Preparation {
 public:
  Preparation(const helm::CommandLine& line, const kube::Client& client, Console& console,
              const Renderer& renderer)
      : m_line(line), m_client(client), m_console(console), m_renderer(renderer) {}

  Prepared run() {
    look_around();
    translate();
    if (render()) {
      judge();
    }
    describe();
    accept(m_out.report.findings, m_line.own.accept);
    m_out.release = m_line.positionals.at(0);
    m_out.release_namespace = m_request.release_namespace;
    m_out.under = m_request.under;
    m_out.camunda = std::move(m_first.camunda.objects);
    m_out.before = std::move(m_before);
    m_out.after = std::move(m_after);
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
    note_what_switches_on();
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

  // Every `true` in the user's own values, with its place.
  void note_what_switches_on() {
    for (const values::Path& path : decisions::migration_keys(m_request.under)) {
      const values::Value* found = values::find(m_first.values, path);
      if (found == nullptr || !found->truthy()) {
        continue;
      }
      text::Diagnostic one =
          finding("finish-values-still-on", {path.text()}, {{"path", path.text()}});
      const auto source = static_cast<std::size_t>(found->origin.source);
      if (found->origin.source >= 0 && source < m_first.sources.size()) {
        one.location = {m_first.sources[source].name, found->origin.line, found->origin.column};
      }
      m_out.still_on.push_back(std::move(one));
    }
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
      m_out.new_manifest =
          m_renderer ? m_renderer(values)
                     : helm::dry_run_manifest(m_line.positionals.at(0), m_line.positionals.at(1),
                                              m_line.passed, values);
    } catch (const base::Failure& failure) {
      if (!holds_errors(findings())) {
        m_out.failure = failure;
      }
      return false;
    }
    m_after = objects_of(m_out.new_manifest);
    return true;
  }

  void judge() {
    Judge judge({m_line, m_out.running, m_first.release ? &*m_first.release : nullptr,
                 m_request.release_namespace, m_before, m_first.camunda, m_after,
                 /*look_at_nodes=*/!m_renderer},
                m_client, m_console);
    tell(judge.look());
    m_out.room = judge.room();
    tell(check_rendering({m_out.running, m_line.positionals.at(0), m_before, m_after,
                          m_line.own.migration == helm::OnOffAuto::off}));
    JobsAnswer jobs = judge.check();
    tell(std::move(jobs.findings));
    m_out.changes.remove_jobs = std::move(jobs.remove);
    check_needs(judge);
    Verdict verdict = judge.ask_the_server(findings(), m_out.changes.remove_jobs);
    m_out.accepted_objects = verdict.accepted;
    m_out.refused_objects = static_cast<std::size_t>(
        std::count_if(verdict.findings.begin(), verdict.findings.end(),
                      [](const auto& one) { return one.rule == "server-refuses"; }));
    tell(std::move(verdict.findings));
  }

  std::map<std::string, std::set<std::string>> secrets_to_make() const {
    std::map<std::string, std::set<std::string>> to_make;
    if (m_out.report.plan.makes_migration_secret) {
      to_make[k_migration_secret] = {k_migration_secret_key};
    }
    // In a new installation nobody has generated what 8.7's chart would have.
    if (m_out.running == Running::nothing) {
      for (const rules::SecretNeed& need : m_out.report.plan.secrets_to_keep) {
        to_make[need.name].insert(need.key);
      }
    }
    return to_make;
  }

  void check_needs(Judge& judge) {
    SecretsAnswer answer = judge.secrets(secrets_to_make());
    std::vector<Rescue> copies;
    if (m_line.own.secrets == helm::SecretsMode::copy) {
      copies = std::move(answer.rescues);
    }
    if (!(copies.empty() && answer.use_copy.empty()) &&
        name_copies(judge, copies, answer.use_copy)) {
      m_out.changes.copy = std::move(copies);
      answer = judge.secrets(secrets_to_make());
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
  bool name_copies(Judge& judge, const std::vector<Rescue>& to_copy, std::set<std::string> names) {
    for (const Rescue& rescue : to_copy) {
      names.insert(rescue.name);
    }
    for (const std::string& name : names) {
      if (rename_secret(m_out.report.plan.result, name, copy_name(name)) == 0) {
        findings().push_back(finding("secret-copy-impossible", {name}, {{"name", name}}));
        continue;
      }
      judge.expect_copy(name);
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

  const helm::CommandLine& m_line;
  const kube::Client& m_client;
  Console& m_console;
  const Renderer& m_renderer;
  rules::Request m_request = request_of(m_line);
  First m_first;
  Objects m_before;  // of the release's manifest
  Objects m_after;   // of the new one
  Prepared m_out;
};

}  // namespace

Prepared prepare(const helm::CommandLine& line, const kube::Client& client, Console& console,
                 const Renderer& renderer) {
  require_known_rules(line.own.accept);
  return Preparation(line, client, console, renderer).run();
}

}  // namespace upgrade
