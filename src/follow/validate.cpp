#include "follow/validate.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "follow/topology.hpp"
#include "follow/watch.hpp"
#include "process/together.hpp"
#include "upgrade/brokers.hpp"
#include "upgrade/cluster.hpp"
#include "upgrade/management.hpp"
#include "upgrade/references.hpp"
#include "upgrade/release.hpp"
#include "values/lookup.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace follow {
namespace {

using upgrade::Object;
using upgrade::Objects;
using values::Path;
using values::Value;

bool is_workload(const Object& object) {
  return object.kind() == "StatefulSet" || object.kind() == "Deployment" || object.kind() == "Job";
}

class Validation {
 public:
  explicit Validation(const ValidateQuestion& question)
      : m_question(question), m_manifest(upgrade::objects_of(question.release.manifest)) {}

  std::vector<Check> take() {
    release();
    workloads();
    objects();
    images();
    references();
    brokers();
    addresses();
    migration();
    return std::move(m_checks);
  }

 private:
  void add(std::string what, bool right, std::string detail) {
    m_checks.push_back(
        {std::move(what), right ? Verdict::right : Verdict::wrong, std::move(detail)});
  }
  void unknown(std::string what, std::string detail) {
    m_checks.push_back({std::move(what), Verdict::unknown, std::move(detail)});
  }

  void release() {
    const helm::ReleaseState& release = m_question.release;
    const bool right = release.status == "deployed" && release.chart_version.major == 13;
    add("release", right,
        fmt::format("chart {}, {}, revision {}", release.chart_version.text(), release.status,
                    release.revision));
  }

  void workloads() {
    const State state = state_of(m_question.live);
    std::vector<std::string> waiting;
    for (const Item& item : state.items) {
      if (item.phase != Phase::done && !item.title.starts_with("Job ")) {
        waiting.push_back(fmt::format("{} ({})", item.title, item.detail));
      }
    }
    std::vector<std::string> missing;
    for (const Object& object : m_manifest) {
      if (is_workload(object) && find(m_question.live, object.kind(), object.name()) == nullptr) {
        missing.push_back(object.title());
      }
    }
    const auto count = std::count_if(state.items.begin(), state.items.end(), [](const Item& item) {
      return !item.title.starts_with("Job ");
    });
    std::string detail;
    if (!waiting.empty()) {
      detail = "not ready: " + base::enumerate(waiting);
    }
    if (!missing.empty()) {
      detail += (detail.empty() ? "not there: " : "; not there: ") + base::enumerate(missing);
    }
    add("workloads", detail.empty(), detail.empty() ? fmt::format("{} ready", count) : detail);
    for (const text::Diagnostic& one : state.troubles) {
      if (one.rule != "job-failed") {
        add("pods", false, one.message);
      }
    }
  }

  // What Helm has made for this release and its manifest no longer has.
  void objects() {
    std::vector<std::string> left;
    for (const Object& object : m_question.live) {
      const bool helms = object.label("app.kubernetes.io/managed-by") == "Helm" &&
                         object.kind() != "Pod" && object.kind() != "PersistentVolumeClaim";
      if (helms && find(m_manifest, object.kind(), object.name()) == nullptr) {
        left.push_back(object.title());
      }
    }
    add("objects", left.empty(),
        left.empty() ? "those of the release's manifest, and no others"
                     : "not in the release's manifest: " + base::enumerate(left));
  }

  void images() {
    std::set<std::string> old;
    std::set<std::string> brokers;
    for (const Object& object : m_question.live) {
      const Value* pod = pod_spec(object);
      const Value* containers = pod == nullptr ? nullptr : pod->find("containers");
      if (containers == nullptr || object.find("metadata.deletionTimestamp") != nullptr) {
        continue;
      }
      for (const Value& container : containers->items()) {
        const Value* image = container.find("image");
        const std::string name = image == nullptr ? "" : image->plain();
        if (upgrade::minor_of_image(name) == "8.7") {
          old.insert(fmt::format("{} ({})", name, object.title()));
        }
        if (object.kind() == "StatefulSet" &&
            object.label(upgrade::component::k_label) == upgrade::component::k_broker) {
          brokers.insert(name);
        }
      }
    }
    add("images", old.empty(),
        old.empty() ? fmt::format("none of 8.7; the brokers run {}", fmt::join(brokers, ", "))
                    : fmt::format("of 8.7: {}", fmt::join(old, ", ")));
  }

  void references() {
    if (!m_question.holders) {
      unknown("Secrets", "could not be looked at: " + m_question.holders_trouble);
      return;
    }
    std::set<std::string> missing;
    const std::vector<upgrade::Reference> wanted = upgrade::references_of(m_manifest);
    for (const upgrade::Reference& one : wanted) {
      const upgrade::Holder* holder = upgrade::find(*m_question.holders, one.kind, one.name);
      if (holder == nullptr) {
        missing.insert(fmt::format("{} {} ({} needs it)", one.kind, one.name, one.needed_by));
      } else if (!one.key.empty() && !holder->keys.contains(one.key)) {
        missing.insert(fmt::format("key {} of {} {} ({} needs it)", one.key, one.kind, one.name,
                                   one.needed_by));
      }
    }
    add("Secrets", missing.empty(),
        missing.empty() ? "every Secret and ConfigMap that pods refer to is there"
                        : fmt::format("missing: {}", fmt::join(missing, ", ")));
  }

  void brokers() {
    const auto facts = upgrade::broker_facts(m_manifest);
    if (!facts) {
      add("brokers", false, "the release has none");
      return;
    }
    const auto number = [](const std::optional<long>& value) {
      return value ? std::to_string(*value) : std::string("an unknown number of");
    };
    const Object* live = upgrade::brokers_of(m_question.live);
    const std::string running = live == nullptr ? "0" : live->plain("spec.replicas");
    add("brokers", facts->replicas && running == std::to_string(*facts->replicas),
        fmt::format("{} of {} brokers, {} partitions, replication factor {}", running,
                    number(facts->replicas), number(facts->partitions),
                    number(facts->replication_factor)));
    topology(*facts);
  }

  void topology(const upgrade::BrokerFacts& facts) {
    if (!m_question.topology) {
      unknown("topology", m_question.topology_trouble);
      return;
    }
    const auto cluster = topology_of(*m_question.topology);
    if (!cluster) {
      unknown("topology", "the answer is none of Camunda's about its brokers");
      return;
    }
    const auto count = static_cast<long>(cluster->partitions.size());
    const bool right = cluster->troubles.empty() &&
                       (!facts.partitions || *facts.partitions == count) &&
                       (!facts.replicas || *facts.replicas == cluster->brokers);
    add("topology", right,
        fmt::format("{} brokers with {} partitions{}{}", cluster->brokers, count,
                    cluster->troubles.empty() ? "" : "; ", base::enumerate(cluster->troubles)));
  }

  // A Service answers when a pod behind it is ready, an Ingress when a controller has taken it.
  void addresses() {
    std::vector<std::string> silent;
    std::vector<std::string> not_taken;
    std::size_t count = 0;
    for (const Object& object : m_question.live) {
      if (object.kind() == "Service" && object.find("spec.selector") != nullptr) {
        ++count;
        if (!has_ready_pod(*object.find("spec.selector"))) {
          silent.push_back(object.title());
        }
      } else if (object.kind() == "Ingress") {
        ++count;
        if (values::items_at(object.value(), "status.loadBalancer.ingress").empty()) {
          not_taken.push_back(object.title());
        }
      }
    }
    if (count == 0) {
      return;
    }
    if (!silent.empty()) {
      add("addresses", false, "no ready pod behind " + base::enumerate(silent));
    } else if (not_taken.empty()) {
      add("addresses", true, fmt::format("{} Services and Ingresses have somebody behind", count));
    }
    if (!not_taken.empty()) {
      unknown("addresses", "no controller has given an address to " + base::enumerate(not_taken));
    }
  }

  bool has_ready_pod(const Value& selector) const {
    return std::any_of(m_question.live.begin(), m_question.live.end(), [&](const Object& pod) {
      const auto& wanted = selector.entries();
      const auto& conditions = values::items_at(pod.value(), "status.conditions");
      return pod.kind() == "Pod" &&
             std::all_of(wanted.begin(), wanted.end(),
                         [&](const auto& label) {
                           return pod.label(label.first) == label.second.plain();
                         }) &&
             std::any_of(conditions.begin(), conditions.end(), [](const Value& one) {
               return values::plain_at(one, "type") == "Ready" &&
                      values::plain_at(one, "status") == "True";
             });
    });
  }

  void migration() {
    bool any = false;
    for (const Item& item : state_of(m_question.live).items) {
      if (item.title.starts_with("Job ")) {
        any = true;
        add("migration", item.phase == Phase::done, fmt::format("{}: {}", item.title, item.detail));
      }
    }
    if (!any) {
      add("migration", true, "off");
    }
  }

  const ValidateQuestion& m_question;
  const Objects m_manifest;
  std::vector<Check> m_checks;
};

// The URL may be that of the management API or of the REST API.
void ask(const kube::Site& site, ValidateQuestion& question) {
  kube::Client::Answer answer = site.get("/actuator/cluster");
  if (!answer.ok() && answer.trouble().kind == kube::Trouble::Kind::other) {
    answer = site.get("/v2/topology");
  }
  question.topology_trouble = "the brokers could not be asked: " + answer.trouble().message;
  if (answer.ok()) {
    question.topology = answer.out;
  }
}

}  // namespace

std::string_view name(Verdict verdict) {
  return verdict == Verdict::right ? "ok" : verdict == Verdict::wrong ? "wrong" : "unknown";
}

std::vector<Check> validate(const ValidateQuestion& question) {
  return Validation(question).take();
}

std::vector<Check> validate_release(const kube::Client& client, const std::string& release,
                                    const kube::Site* site) {
  ValidateQuestion question;
  std::optional<helm::ReleaseState> state;
  kube::Client::Answer others;
  process::together({[&] { state = helm::get_release(release); },
                     [&] { question.live = look_at_release(client, release); },
                     [&] {
                       others = client.run({"get", "services,ingresses", "-o", "json", "--selector",
                                            "app.kubernetes.io/instance=" + release});
                     }});
  if (!state) {
    throw base::Failure(fmt::format("there is no release {} in this namespace", release),
                        "helm list --all-namespaces shows what is there.");
  }
  question.release = std::move(*state);
  upgrade::leave_umbrella(question.release);
  for (Object& object : upgrade::objects_of(kube::items_of(others.ok() ? others.out : ""))) {
    question.live.push_back(std::move(object));
  }
  const Objects manifest = upgrade::objects_of(question.release.manifest);
  upgrade::HoldersSight holders;
  const auto path = upgrade::management_path(manifest, question.release.release_namespace);
  question.topology_trouble = "the brokers have no readiness probe that tells their port";
  process::together(
      {[&] { holders = upgrade::look_at_holders(client, upgrade::references_of(manifest)); },
       [&] {
         if (site != nullptr) {
           ask(*site, question);
         } else if (path) {
           const kube::Client::Answer answer = client.run({"get", "--raw", *path + "/cluster"});
           question.topology_trouble =
               "the brokers could not be asked through the API server: " + answer.trouble().message;
           if (answer.ok()) {
             question.topology = answer.out;
           }
         }
       }});
  question.holders_trouble = holders.trouble;
  if (holders.known) {
    question.holders = std::move(holders.holders);
  }
  return validate(question);
}

}  // namespace follow
