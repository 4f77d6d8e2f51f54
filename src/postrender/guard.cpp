#include "postrender/guard.hpp"

#include "base/failure.hpp"
#include "helm/client.hpp"
#include "postrender/carried.hpp"
#include "process/together.hpp"
#include "upgrade/accept.hpp"
#include "upgrade/cluster.hpp"
#include "upgrade/findings.hpp"
#include "upgrade/judge.hpp"
#include "upgrade/owners.hpp"
#include "upgrade/release.hpp"

#include <optional>
#include <utility>

namespace postrender {
namespace {

using upgrade::finding;
using upgrade::Running;
using upgrade::Shape;

// The chart that made the brokers.
std::optional<helm::ChartFacts> chart_of(const upgrade::Object* brokers) {
  const auto version = brokers == nullptr ? std::nullopt : upgrade::chart_version_of(*brokers);
  if (!version) {
    return std::nullopt;
  }
  return helm::ChartFacts{
      "camunda-platform", *version, brokers->label("app.kubernetes.io/version"), {}};
}

class Guard {
 public:
  Guard(const upgrade::Objects& objects, const helm::CommandLine& line, const kube::Client& client,
        upgrade::Console& console)
      : m_after(objects), m_line(line), m_client(client), m_console(console) {}

  Guarded run() {
    m_out.shape = upgrade::shape_of(m_after);
    if (m_out.shape == Shape::no_camunda) {
      return std::move(m_out);
    }
    const upgrade::Object* brokers = upgrade::brokers_of(m_after);
    if (!m_line.positionals.empty()) {
      m_out.release = m_line.positionals.front();
    } else if (brokers != nullptr) {
      m_out.release = brokers->label("app.kubernetes.io/instance");
    }
    look();
    if (m_out.shape == Shape::old_version) {
      judge_old();
    } else {
      judge_new(chart_of(brokers));
    }
    upgrade::accept(m_out.findings, m_line.own.accept);
    return std::move(m_out);
  }

 private:
  void tell(text::Sink more) { upgrade::append(m_out.findings, std::move(more)); }

  void look() {
    m_console.progress("looking at release " + m_out.release);
    process::together({[&] {
                         try {
                           if (!m_out.release.empty()) {
                             m_release = helm::get_release(m_out.release);
                             m_release_known = true;
                           }
                         } catch (const base::InternalError&) {
                           throw;
                         } catch (const base::Failure& failure) {
                           m_trouble = failure.what();
                         }
                       },
                       [&] {
                         if (m_client.available()) {
                           m_camunda = upgrade::look_at_camunda(m_client);
                         }
                       }});
    if (m_release && m_release->status == "uninstalled") {
      m_release.reset();
    }
    if (m_release) {
      upgrade::leave_umbrella(*m_release);
      m_before = upgrade::objects_of(m_release->manifest);
    }
    m_running = upgrade::what_runs(m_release, m_camunda.objects);
    if (!m_release) {
      // Applied without Helm: what lives tells.
      const Shape live = upgrade::shape_of(m_camunda.objects);
      m_running = upgrade::brokers_of(m_camunda.objects) == nullptr ? Running::nothing
                  : live == Shape::old_version                      ? Running::old_version
                                                                    : Running::new_version;
    }
    if (m_trouble.empty() && !m_camunda.known) {
      m_trouble = m_client.available() ? m_camunda.trouble : "there is no kubectl";
    }
  }

  bool knows_what_runs() const { return m_release_known || m_camunda.known; }

  void judge_old() {
    const auto olds = upgrade::workloads_of_old(m_after);
    const upgrade::Object* brokers = upgrade::brokers_of(m_after);
    const std::string object = brokers != nullptr ? brokers->title() : olds.front()->title();
    if (m_running == Running::new_version) {
      tell({finding("manifests-of-old", {object}, {{"object", object}})});
    } else if (!knows_what_runs()) {
      tell({finding("manifests-of-old-unseen", {object},
                    {{"object", object}, {"reason", m_trouble}})});
    }
  }

  void judge_new(const std::optional<helm::ChartFacts>& chart) {
    if (chart) {
      upgrade::require_target(*chart);
      tell(upgrade::check_target(*chart, m_release));
    }
    if (m_release) {
      upgrade::require_release(*m_release);
      tell(upgrade::check_state(*m_release, m_running, 0));
    } else if (m_running == Running::nothing) {
      tell(upgrade::check_leftover_claims(m_camunda.objects, m_out.release));
    }
    tell(upgrade::check_owners(m_before, m_camunda.objects, m_out.release));
    if (!m_trouble.empty()) {
      tell({finding("cluster-not-compared", {"kubectl"}, {{"reason", m_trouble}})});
    }
    tell(upgrade::check_rendering({m_running, m_out.release, m_before, m_after,
                                   m_line.own.migration == helm::OnOffAuto::off}));
    if (m_running == Running::old_version) {
      tell(check_carried(m_before, m_after));
    }
    upgrade::Judge judge({m_line, m_running, m_release ? &*m_release : nullptr,
                          m_client.release_namespace(), m_before, m_camunda, m_after,
                          /*look_at_nodes=*/false},
                         m_client, m_console);
    if (m_camunda.known) {
      tell(judge.look());
    }
    tell(judge.check().findings);
    upgrade::SecretsAnswer secrets = judge.secrets({});
    tell(std::move(secrets.findings));
    m_out.changes.keep = std::move(secrets.rescues);
    // How Helm writes objects is for Helm to say.
    if (m_camunda.known && m_release_known) {
      upgrade::Verdict verdict = judge.ask_the_server(m_out.findings, {});
      m_out.accepted_objects = verdict.accepted;
      tell(std::move(verdict.findings));
    }
  }

  const upgrade::Objects& m_after;
  const helm::CommandLine& m_line;
  const kube::Client& m_client;
  upgrade::Console& m_console;
  std::optional<helm::ReleaseState> m_release;
  bool m_release_known = false;  // Helm has answered, if only that there is none
  upgrade::Objects m_before;
  upgrade::Sight m_camunda;
  Running m_running = Running::nothing;
  std::string m_trouble;  // why something could not be looked at
  Guarded m_out;
};

}  // namespace

Guarded guard(const upgrade::Objects& objects, const helm::CommandLine& line,
              const kube::Client& client, upgrade::Console& console) {
  return Guard(objects, line, client, console).run();
}

}  // namespace postrender
