#include "upgrade/judge.hpp"

#include "process/together.hpp"
#include "upgrade/brokers.hpp"
#include "upgrade/findings.hpp"
#include "upgrade/health.hpp"
#include "upgrade/immutable.hpp"
#include "upgrade/references.hpp"
#include "upgrade/rights.hpp"
#include "upgrade/surroundings.hpp"
#include "upgrade/words.hpp"

#include <algorithm>
#include <utility>

namespace upgrade {

Judge::Judge(Trial trial, const kube::Client& client, Console& console)
    : m_trial(std::move(trial)), m_client(client), m_console(console) {}

text::Sink Judge::look() {
  if (!m_client.available()) {
    return {};
  }
  m_console.progress("looking at what runs");
  std::vector<Reference> wanted = references_of(m_trial.after);
  for (std::size_t i = 0, count = wanted.size(); i < count; ++i) {
    if (wanted[i].kind == "Secret") {
      wanted.push_back({"Secret", copy_name(wanted[i].name), "", ""});  // of an earlier run
    }
  }
  const std::vector<Surrounding> around = surroundings_of(m_trial.before, m_trial.after);
  std::vector<kube::Client::Answer> answers;
  std::vector<kube::Client::Answer> room;
  std::vector<kube::Client::Answer> rights;
  process::together(
      {[&] { m_holders = look_at_holders(m_client, wanted); },
       [&] { m_live = look_at_counterparts(m_client, m_trial.after); },
       [&] { answers = m_client.run_all(calls_for(around, m_trial.after)); },
       [&] {
         if (m_trial.look_at_nodes) {
           room = m_client.run_all(calls_for_room(m_trial.before, m_trial.after));
         }
       },
       [&] { rights = m_client.run_all({call_for_rights(m_trial.release_namespace)}); }});
  text::Sink findings =
      check_surroundings(around, m_trial.before, m_trial.after, m_trial.release_namespace, answers);
  append(findings,
         check_rights(m_trial.before, m_trial.after, m_trial.release_namespace, rights.front()));
  if (m_trial.look_at_nodes) {
    RoomAnswer nodes = check_room(m_trial.before, m_trial.after, room);
    append(findings, std::move(nodes.findings));
    m_room = nodes.room;
  }
  if (!m_holders.known) {
    findings.push_back(finding("secrets-not-read", {"kubectl"}, {{"reason", m_holders.trouble}}));
  }
  return findings;
}

JobsAnswer Judge::check() {
  const Objects& live = m_trial.camunda.objects;
  text::Sink findings = check_brokers(m_trial.before, live, m_trial.after);
  append(findings, check_immutable(m_trial.before, m_live.objects, m_trial.after, m_told));
  append(findings, check_health(m_live.objects));
  append(findings, check_words(m_trial.line, m_trial.running, m_trial.after));
  append(findings, check_changed_secrets(m_live.objects, m_trial.after));
  JobsAnswer answer =
      check_jobs({m_trial.running, m_trial.before, m_trial.camunda.known ? &live : nullptr,
                  m_trial.after, m_trial.line.own.migration, m_trial.line.own.identity_migration});
  append(findings, std::move(answer.findings));
  answer.findings = std::move(findings);
  return answer;
}

SecretsAnswer Judge::secrets(const std::map<std::string, std::set<std::string>>& to_make) const {
  return check_secrets({m_trial.before, m_trial.after,
                        m_holders.known ? &m_holders.holders : nullptr, m_trial.line.own.secrets,
                        to_make});
}

void Judge::expect_copy(const std::string& secret) {
  if (const Holder* original = find(m_holders.holders, "Secret", secret)) {
    Holder copy = *original;
    copy.name = copy_name(secret);
    m_holders.holders.push_back(std::move(copy));
  }
}

Verdict Judge::ask_the_server(const text::Sink& told, const std::vector<std::string>& remove_jobs) {
  const helm::CommandLine& line = m_trial.line;
  const bool wanted = line.own.server_check && line.dry_run != helm::DryRun::client;
  if (!m_client.available() || !wanted) {
    return {};
  }
  if (m_trial.release == nullptr && !namespace_exists(m_client, m_trial.release_namespace)) {
    return {};
  }
  m_console.progress("asking the API server");
  VerdictQuestion question{m_trial.after, {},         jobs_to_leave_out(told, remove_jobs),
                           m_told,        applying(), m_trial.release_namespace};
  for (const Object& object : m_live.objects) {
    question.existing.insert(object.title());
  }
  const std::vector<Ballot> ballots = ballots_of(question);
  std::vector<kube::Client::Call> calls;
  for (const Ballot& ballot : ballots) {
    calls.push_back(ballot.call);
  }
  return verdict_of(question, ballots, m_client.run_all(calls));
}

// Jobs that the run removes, and those whose change has been told.
std::set<std::string> Judge::jobs_to_leave_out(const text::Sink& told,
                                               const std::vector<std::string>& remove_jobs) const {
  std::set<std::string> titles;
  for (const std::string& job : remove_jobs) {
    titles.insert("Job " + job);
  }
  for (const MigrationKind kind : {MigrationKind::data, MigrationKind::identity}) {
    if (const Object* job = migration_job_of(m_trial.after, kind)) {
      const auto about_it = [&](const text::Diagnostic& one) {
        return one.rule.starts_with("migration-") &&
               std::find(one.subjects.begin(), one.subjects.end(), job->name()) !=
                   one.subjects.end();
      };
      if (std::any_of(told.begin(), told.end(), about_it)) {
        titles.insert(job->title());
      }
    }
  }
  return titles;
}

Applying Judge::applying() const {
  bool server_side = m_trial.release != nullptr ? m_trial.release->apply_method == "ssa"
                                                : helm::major_version() >= 4;
  bool forced = false;
  for (const std::string& word : m_trial.line.passed) {
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

}  // namespace upgrade
