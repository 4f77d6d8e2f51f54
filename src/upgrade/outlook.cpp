#include "upgrade/outlook.hpp"

#include "base/strings.hpp"
#include "values/lookup.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <iterator>
#include <string_view>

namespace upgrade {
namespace {

using values::items_at;
using values::Path;
using values::plain_at;
using values::Value;

bool is_service(const Object& object) {
  return object.kind() == "StatefulSet" || object.kind() == "Deployment" ||
         object.kind() == "DaemonSet";
}

long replicas_of(const Object& object) {
  const Value* replicas = object.find("spec.replicas");
  return replicas == nullptr || !replicas->is_number() ? 1
                                                       : static_cast<long>(replicas->as_number());
}

std::string change(const std::string& before, const std::string& after) {
  return before == after ? before : before + " → " + after;
}

// "gateway 26500"
std::set<std::string> ports_of(const Object& service) {
  std::set<std::string> ports;
  for (const Value& port : items_at(service.value(), "spec.ports")) {
    ports.insert(std::string(base::trim(plain_at(port, "name") + " " + plain_at(port, "port"))));
  }
  return ports;
}

std::string listed(const std::set<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

std::set<std::string> without(const std::set<std::string>& all, const std::set<std::string>& some) {
  std::set<std::string> rest;
  std::set_difference(all.begin(), all.end(), some.begin(), some.end(),
                      std::inserter(rest, rest.end()));
  return rest;
}

// Of `wanted`, the addresses that none of `served` leads to: "/" leads to everything on its host.
std::set<std::string> not_served(const std::set<std::string>& wanted,
                                 const std::set<std::string>& served) {
  std::set<std::string> rest;
  for (const std::string& address : wanted) {
    const auto leads_there = [&](const std::string& prefix) {
      return address == prefix || (address.starts_with(prefix) &&
                                   (prefix.ends_with('/') || address[prefix.size()] == '/'));
    };
    if (std::none_of(served.begin(), served.end(), leads_there)) {
      rest.insert(address);
    }
  }
  return rest;
}

class Outlook {
 public:
  Outlook(const Prepared& prepared, const std::vector<ObjectChange>& changes)
      : m_prepared(prepared), m_changes(changes) {}

  std::vector<Highlight> take() {
    way_back();
    objects();
    pods();
    claims();
    secrets();
    services();
    addresses();
    images();
    requests();
    return std::move(m_highlights);
  }

 private:
  using Test = std::function<bool(const ObjectChange&)>;

  void add(std::string title, std::vector<std::string> lines) {
    lines.erase(std::remove(lines.begin(), lines.end(), std::string()), lines.end());
    if (!lines.empty()) {
      m_highlights.push_back({std::move(title), std::move(lines)});
    }
  }

  std::size_t count(ChangeKind kind) const {
    return static_cast<std::size_t>(
        std::count_if(m_changes.begin(), m_changes.end(),
                      [&](const ObjectChange& one) { return one.kind == kind; }));
  }

  // "deleted: a, b", or "" when nothing passes the test.
  std::string named(std::string_view what, const Test& test,
                    const std::function<std::string(const Object&)>& shown) const {
    std::vector<std::string> names;
    for (const ObjectChange& one : m_changes) {
      if (test(one)) {
        names.push_back(shown(one.object()));
      }
    }
    return names.empty() ? std::string() : fmt::format("{}: {}", what, fmt::join(names, ", "));
  }

  std::string of_kind(std::string_view what, std::string_view kind, ChangeKind change) const {
    return named(
        what,
        [&](const ObjectChange& one) { return one.kind == change && one.object().kind() == kind; },
        [](const Object& object) { return object.name(); });
  }

  void way_back() {
    if (m_prepared.running != Running::old_version || m_prepared.after.empty()) {
      return;
    }
    const std::vector<std::string> holders = holders_of_data(m_prepared.before);
    add("no way back",
        {"8.8 changes the data on the brokers' volumes and in the indices; only a backup leads "
         "back",
         holders.empty() ? std::string()
                         : fmt::format("back up what these hold: {}", fmt::join(holders, ", ")),
         "and every database and search engine outside of the release that its values name"});
  }

  void objects() {
    std::vector<std::string> counts;
    const auto tell = [&](ChangeKind kind, std::string_view word) {
      if (const std::size_t found = count(kind)) {
        counts.push_back(fmt::format("{} {}", found, word));
      }
    };
    tell(ChangeKind::made, "made");
    tell(ChangeKind::changed, "changed");
    tell(ChangeKind::relabelled, "get new version labels only");
    tell(ChangeKind::replaced, "made anew");
    tell(ChangeKind::deleted, "deleted");
    tell(ChangeKind::kept, "left behind on purpose");
    add("objects", {fmt::format("{}", fmt::join(counts, ", "))});
  }

  void pods() {
    const auto shown = [](const Object& object) {
      const long replicas = is_service(object) ? replicas_of(object) : 1;
      return replicas == 1 ? object.title() : fmt::format("{} ({})", object.title(), replicas);
    };
    const auto runs = [](const ObjectChange& one) { return pod_spec(one.object()) != nullptr; };
    add("pods",
        {named(
             "restart", [](const ObjectChange& one) { return one.restarts; }, shown),
         named(
             "start",
             [&](const ObjectChange& one) {
               return runs(one) &&
                      (one.kind == ChangeKind::made || one.kind == ChangeKind::replaced);
             },
             shown),
         named(
             "end",
             [&](const ObjectChange& one) { return runs(one) && one.kind == ChangeKind::deleted; },
             shown)});
  }

  void claims() {
    std::vector<std::string> lines;
    for (const ObjectChange& one : m_changes) {
      const Object& object = one.object();
      if (object.kind() == "PersistentVolumeClaim" && one.kind != ChangeKind::same &&
          one.kind != ChangeKind::relabelled) {
        lines.push_back(fmt::format("{} {}", object.name(), name(one.kind)));
      }
      if (object.kind() != "StatefulSet") {
        continue;
      }
      const Path templates("spec.volumeClaimTemplates");
      const Value* before = one.before == nullptr ? nullptr : one.before->find(templates);
      const Value* after = one.after == nullptr ? nullptr : one.after->find(templates);
      if (one.kind == ChangeKind::deleted && before != nullptr && !before->items().empty()) {
        lines.push_back(fmt::format("those of {} stay, and nobody uses them", object.title()));
      } else if (one.before != nullptr && one.after != nullptr && told(object, "claims-change")) {
        lines.push_back(fmt::format("those of {} would have to change: see below", object.title()));
      } else if (one.kind == ChangeKind::made && after != nullptr && !after->items().empty()) {
        lines.push_back(fmt::format("new ones for {}", object.title()));
      }
    }
    if (lines.empty() && !m_prepared.before.empty() && !m_prepared.after.empty()) {
      lines.emplace_back("none is changed or deleted");
    }
    add("claims", std::move(lines));
  }

  bool told(const Object& object, std::string_view rule) const {
    const text::Sink& findings = m_prepared.report.findings;
    return std::any_of(findings.begin(), findings.end(), [&](const text::Diagnostic& one) {
      return one.rule == rule && std::find(one.subjects.begin(), one.subjects.end(),
                                           object.name()) != one.subjects.end();
    });
  }

  void secrets() {
    std::vector<std::string> lines = {of_kind("deleted", "Secret", ChangeKind::deleted),
                                      of_kind("changed", "Secret", ChangeKind::changed),
                                      of_kind("made", "Secret", ChangeKind::made)};
    const Changes& ours = m_prepared.changes;
    lines.push_back(rescued("kept, which Helm alone would delete", ours.keep));
    lines.push_back(rescued("copied to names of their own", ours.copy));
    for (const NewSecret& one : ours.make) {
      lines.push_back(fmt::format("made: {}, {}, with a random value", one.name, one.purpose));
    }
    add("Secrets", std::move(lines));
  }

  static std::string rescued(std::string_view what, const std::vector<Rescue>& rescues) {
    std::set<std::string> names;
    for (const Rescue& one : rescues) {
      names.insert(one.name);
    }
    return names.empty() ? std::string() : fmt::format("{}: {}", what, listed(names));
  }

  void services() {
    std::vector<std::string> lines = {of_kind("deleted", "Service", ChangeKind::deleted),
                                      of_kind("made", "Service", ChangeKind::made)};
    for (const ObjectChange& one : m_changes) {
      if (one.object().kind() != "Service" || one.before == nullptr || one.after == nullptr) {
        continue;
      }
      const std::set<std::string> before = ports_of(*one.before);
      const std::set<std::string> after = ports_of(*one.after);
      std::string line;
      if (before != after) {
        const std::set<std::string> lost = without(before, after);
        const std::set<std::string> won = without(after, before);
        line = lost.empty()  ? fmt::format("also serves {}", listed(won))
               : won.empty() ? fmt::format("no longer serves {}", listed(lost))
                             : fmt::format("serves {} instead of {}", listed(won), listed(lost));
      }
      const std::string old_type = one.before->plain("spec.type");
      const std::string new_type = one.after->plain("spec.type");
      if (old_type != new_type && !(old_type + new_type == "ClusterIP")) {
        line += fmt::format("{}type {}", line.empty() ? "" : ", ", change(old_type, new_type));
      }
      if (!line.empty()) {
        lines.push_back(fmt::format("{} {}", one.object().name(), line));
      }
    }
    add("Services", std::move(lines));
  }

  void addresses() {
    const std::set<std::string> before = addresses_of(m_prepared.before);
    const std::set<std::string> after = addresses_of(m_prepared.after);
    const std::set<std::string> gone = not_served(before, after);
    const std::set<std::string> added = not_served(after, before);
    add("addresses",
        {gone.empty() ? "" : "gone: " + listed(gone), added.empty() ? "" : "new: " + listed(added),
         of_kind("Ingress deleted", "Ingress", ChangeKind::deleted),
         of_kind("Ingress made", "Ingress", ChangeKind::made)});
  }

  void images() {
    const std::set<std::string> before = images_of(m_prepared.before);
    const std::set<std::string> after = images_of(m_prepared.after);
    const std::set<std::string> added = without(after, before);
    if (!added.empty()) {
      add("images",
          {fmt::format("{} of {} are new: {}", added.size(), after.size(), listed(added))});
    }
  }

  void requests() {
    if (m_prepared.after.empty()) {
      return;
    }
    const Requests before = requests_of(m_prepared.before);
    const Requests after = requests_of(m_prepared.after);
    add("requests",
        {fmt::format("cpu {}, memory {}, claims {}", change(cores(before.cpu), cores(after.cpu)),
                     change(gibibytes(before.memory), gibibytes(after.memory)),
                     change(gibibytes(before.storage), gibibytes(after.storage))),
         m_prepared.room
             ? fmt::format("the nodes have cpu {} and memory {} left", cores(m_prepared.room->cpu),
                           gibibytes(m_prepared.room->memory))
             : std::string()});
  }

  const Prepared& m_prepared;
  const std::vector<ObjectChange>& m_changes;
  std::vector<Highlight> m_highlights;
};

}  // namespace

std::vector<Highlight> outlook_of(const Prepared& prepared,
                                  const std::vector<ObjectChange>& changes) {
  return Outlook(prepared, changes).take();
}

std::set<std::string> images_of(const Objects& objects) {
  std::set<std::string> images;
  for (const Object& object : objects) {
    const Value* pod = pod_spec(object);
    if (pod == nullptr) {
      continue;
    }
    for (const char* list : {"initContainers", "containers"}) {
      for (const Value& container : items_at(*pod, list)) {
        images.insert(plain_at(container, "image"));
      }
    }
  }
  images.erase("");
  return images;
}

std::set<std::string> addresses_of(const Objects& objects) {
  std::set<std::string> addresses;
  for (const Object& object : objects) {
    if (object.kind() != "Ingress") {
      continue;
    }
    const char* scheme = items_at(object.value(), "spec.tls").empty() ? "http" : "https";
    for (const Value& rule : items_at(object.value(), "spec.rules")) {
      const std::string host = plain_at(rule, "host");
      for (const Value& path : items_at(rule, "http.paths")) {
        addresses.insert(
            fmt::format("{}://{}{}", scheme, host.empty() ? "*" : host, plain_at(path, "path")));
      }
    }
  }
  return addresses;
}

std::vector<std::string> holders_of_data(const Objects& objects) {
  std::vector<std::string> holders;
  for (const Object& object : objects) {
    if (object.kind() == "StatefulSet" &&
        !items_at(object.value(), "spec.volumeClaimTemplates").empty()) {
      holders.push_back(object.name());
    }
  }
  return holders;
}

}  // namespace upgrade
