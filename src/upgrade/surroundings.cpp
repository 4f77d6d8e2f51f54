#include "upgrade/surroundings.hpp"

#include "base/strings.hpp"
#include "upgrade/findings.hpp"
#include "values/lookup.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

namespace upgrade {
namespace {

using values::items_at;
using values::Path;
using values::plain_at;
using values::Value;

class Collector {
 public:
  explicit Collector(const Objects& after) : m_after(after) {}

  std::vector<Surrounding> take() {
    for (const Object& object : m_after) {
      if (const Value* pod = pod_spec(object)) {
        add("ServiceAccount", plain_at(*pod, "serviceAccountName"), object);
        add("PriorityClass", plain_at(*pod, "priorityClassName"), object);
        for (const Value& secret : items_at(*pod, "imagePullSecrets")) {
          add("Secret", plain_at(secret, "name"), object);
        }
      }
      if (object.kind() == "StatefulSet") {
        for (const Value& claim : items_at(object.value(), "spec.volumeClaimTemplates")) {
          add("StorageClass", plain_at(claim, "spec.storageClassName"), object);
        }
      } else if (object.kind() == "PersistentVolumeClaim") {
        add("StorageClass", object.plain("spec.storageClassName"), object);
      } else if (object.kind() == "Ingress") {
        add("IngressClass", object.plain("spec.ingressClassName"), object);
        certificates(object);
      }
    }
    return std::move(m_found);
  }

 private:
  // cert-manager makes what it is asked for by annotation.
  void certificates(const Object& ingress) {
    if (ingress.text().find("cert-manager.io/") != std::string::npos) {
      return;
    }
    for (const Value& entry : items_at(ingress.value(), "spec.tls")) {
      add("Secret", plain_at(entry, "secretName"), ingress);
    }
  }

  // Names that are always there: those of Kubernetes itself.
  static bool built_in(std::string_view kind, std::string_view name) {
    return (kind == "ServiceAccount" && name == "default") ||
           (kind == "PriorityClass" && name.starts_with("system-"));
  }

  void add(const std::string& kind, const std::string& name, const Object& object) {
    const bool known = std::any_of(m_found.begin(), m_found.end(), [&](const Surrounding& one) {
      return one.kind == kind && one.name == name;
    });
    if (!name.empty() && name.front() != '-' && !known && !built_in(kind, name) &&
        find(m_after, kind, name) == nullptr) {
      m_found.push_back({kind, name, object.title()});
    }
  }

  const Objects& m_after;
  std::vector<Surrounding> m_found;
};

bool has_ingress(const Objects& objects) {
  return std::any_of(objects.begin(), objects.end(),
                     [](const Object& object) { return object.kind() == "Ingress"; });
}

// "storageclass/fast" of "storageclass.storage.k8s.io/fast"
std::set<std::string> names_printed(std::string_view out) {
  std::set<std::string> names;
  for (const std::string_view line : base::split_lines(out)) {
    const std::size_t slash = line.find('/');
    if (slash != std::string_view::npos) {
      const std::string_view kind = line.substr(0, std::min(slash, line.find('.')));
      names.insert(std::string(kind) + std::string(line.substr(slash)));
    }
  }
  return names;
}

// "host/path" of every rule with a host.
std::set<std::string> places_of(const Object& ingress) {
  std::set<std::string> places;
  for (const Value& rule : items_at(ingress.value(), "spec.rules")) {
    const std::string host = plain_at(rule, "host");
    for (const Value& path : items_at(rule, "http.paths")) {
      if (!host.empty()) {
        places.insert(host + plain_at(path, "path"));
      }
    }
  }
  return places;
}

text::Sink check_ingresses(const Objects& before, const Objects& after,
                           const std::string& release_namespace, const Objects& live) {
  std::map<std::string, std::string> wanted;  // place → our Ingress
  for (const Object& object : after) {
    if (object.kind() == "Ingress") {
      for (const std::string& place : places_of(object)) {
        wanted.emplace(place, object.name());
      }
    }
  }
  text::Sink findings;
  for (const Object& object : live) {
    const bool ours = object.in_namespace() == release_namespace &&
                      (find(before, "Ingress", object.name()) != nullptr ||
                       find(after, "Ingress", object.name()) != nullptr);
    if (ours) {
      continue;
    }
    for (const std::string& place : places_of(object)) {
      if (const auto mine = wanted.find(place); mine != wanted.end()) {
        findings.push_back(finding("ingress-twice", {place, object.name()},
                                   {{"place", place},
                                    {"other", object.name()},
                                    {"namespace", object.in_namespace()},
                                    {"name", mine->second}}));
      }
    }
  }
  return findings;
}

}  // namespace

std::vector<Surrounding> surroundings_of(const Objects& before, const Objects& after) {
  std::vector<Surrounding> wanted = Collector(after).take();
  const std::vector<Surrounding> known = Collector(before).take();
  wanted.erase(std::remove_if(wanted.begin(), wanted.end(),
                              [&](const Surrounding& one) {
                                return std::any_of(
                                    known.begin(), known.end(), [&](const auto& old) {
                                      return old.kind == one.kind && old.name == one.name;
                                    });
                              }),
               wanted.end());
  return wanted;
}

std::vector<kube::Client::Call> calls_for(const std::vector<Surrounding>& wanted,
                                          const Objects& after) {
  std::vector<kube::Client::Call> calls;
  if (!wanted.empty()) {
    kube::Client::Call call;
    call.words = {"get"};
    for (const Surrounding& one : wanted) {
      call.words.push_back(base::lower(one.kind) + "/" + one.name);
    }
    call.words.insert(call.words.end(), {"--ignore-not-found", "-o", "name"});
    calls.push_back(std::move(call));
  }
  if (has_ingress(after)) {
    calls.push_back({{"get", "ingresses", "--all-namespaces", "-o", "json"}, {}, {}});
  }
  return calls;
}

text::Sink check_surroundings(const std::vector<Surrounding>& wanted, const Objects& before,
                              const Objects& after, const std::string& release_namespace,
                              const std::vector<kube::Client::Answer>& answers) {
  text::Sink findings;
  std::size_t next = 0;
  if (!wanted.empty() && next < answers.size()) {
    const kube::Client::Answer& answer = answers[next++];
    const std::set<std::string> there = names_printed(answer.out);
    for (const Surrounding& one : wanted) {
      const bool goes = find(before, one.kind, one.name) != nullptr;
      if (goes || (answer.ok() && !there.contains(base::lower(one.kind) + "/" + one.name))) {
        const bool blocks = one.kind == "ServiceAccount" || one.kind == "PriorityClass";
        const char* rule = blocks                 ? "pod-needs-missing"
                           : one.kind == "Secret" ? "pull-secret-missing"
                                                  : "class-missing";
        findings.push_back(finding(
            rule, {one.name}, {{"kind", one.kind}, {"name", one.name}, {"needed", one.needed_by}}));
      }
    }
  }
  if (has_ingress(after) && next < answers.size() && answers[next].ok()) {
    append(findings, check_ingresses(before, after, release_namespace,
                                     objects_of(kube::items_of(answers[next].out))));
  }
  return findings;
}

}  // namespace upgrade
