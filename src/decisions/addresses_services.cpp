#include "base/strings.hpp"
#include "decisions/addresses_parts.hpp"
#include "rules/translation.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

struct PortKey {
  const char* from;
  const char* to;
};

// In the order in which the first one that differs from 8.7's default counts: the brokers' before
// the gateway's where both had the port.
constexpr std::array k_ports = {
    PortKey{"zeebe.service.httpPort", "managementPort"},
    PortKey{"zeebeGateway.service.httpPort", "managementPort"},
    PortKey{"zeebe.service.commandPort", "commandPort"},
    PortKey{"zeebe.service.internalPort", "internalPort"},
    PortKey{"zeebeGateway.service.internalPort", "internalPort"},
    PortKey{"zeebeGateway.service.grpcPort", "grpcPort"},
    PortKey{"zeebeGateway.service.restPort", "httpPort"},
};
constexpr std::array k_names = {
    PortKey{"zeebe.service.httpName", "managementName"},
    PortKey{"zeebeGateway.service.httpName", "managementName"},
    PortKey{"zeebe.service.commandName", "commandName"},
    PortKey{"zeebe.service.internalName", "internalName"},
    PortKey{"zeebeGateway.service.internalName", "internalName"},
    PortKey{"zeebeGateway.service.grpcName", "grpcName"},
    PortKey{"zeebeGateway.service.restName", "httpName"},
};

Path service() {
  return "orchestration.service";
}

// The values that the pod's ports, or their names, have so far: no two may be the same.
std::multiset<std::string> in_use(const Translation& t, bool names) {
  std::multiset<std::string> out;
  for (const char* port : {"management", "command", "internal", "grpc", "http"}) {
    out.insert(
        new_effective(t, service().key(std::string(port) + (names ? "Name" : "Port"))).plain());
  }
  const Value extras = t.effective("zeebe.service.extraPorts");
  for (const Value& extra : extras.items()) {
    if (const Value* found = extra.find(names ? "name" : "port")) {
      out.insert(found->plain());
    }
  }
  return out;
}

bool same_number(const Value& a, const Value& b) {
  return a.plain() == b.plain();
}

// A name that 8.7 gave anyway follows 8.8's default: names changed their meaning ("http" was the
// management port).
void decide_keys(Translation& t, std::span<const PortKey> keys, bool names) {
  std::vector<std::pair<Path, Path>> moved;
  for (const PortKey& key : keys) {
    const Path from = key.from;
    const Path to = service().key(key.to);
    const Value* mine = t.user(from);
    if (mine == nullptr) {
      continue;
    }
    if (mine->is_null() || (names && same_number(*mine, t.catalogue().old_default(from)))) {
      t.drop(from, names ? "service-port-names" : "service-ports");
      continue;
    }
    const Value* there = t.result(to);
    const bool conflict = there != nullptr && !same_number(*there, *mine);
    if (!conflict && t.put(to, *mine)) {
      t.claim(from, FateKind::moved, {to}, "service-ports");
      moved.emplace_back(from, to);
    } else {
      t.tell("service-port-conflict",
             {{from.text()},
              fmt::format("{} is {}, but 8.8 has one {} and it is {}", from.text(), mine->plain(),
                          to.text(), there != nullptr ? there->plain() : ""),
              from,
              {}});
      t.drop(from, "service-ports");
    }
  }
  for (const auto& [from, to] : moved) {
    const Value* value = t.result(to);
    if (value != nullptr && in_use(t, names).count(value->plain()) > 1) {
      t.tell("service-port-conflict",
             {{from.text()},
              fmt::format("{} is {}, which another port of the orchestration pod has already; {} "
                          "stays at its default",
                          from.text(), value->plain(), to.text()),
              from,
              {}});
      t.remove(to);
    }
  }
}

// 8.7's brokers and gateway had Services of their own for these; in 8.8 both Services have them.
void decide_extra_ports(Translation& t) {
  const Path from = "zeebe.service.extraPorts";
  const bool some = !t.effective(from).items().empty();
  t.move(from, "orchestration.service.extraPorts", "service-extra-ports");
  const std::string type = new_effective(t, "orchestration.service.type").plain();
  if (some && t.on("zeebe.enabled")) {
    t.tell(type == "ClusterIP" || type.empty() ? "extra-ports-shared" : "extra-ports-exposed",
           {{from.text()}, {}, from, {}});
  }
}

Value service_object(const Translation& t, const std::string& app) {
  const Path at = Path(app).key("service");
  const auto port = [&](const char* name, const char* key, const char* target) {
    Value out = Value::map();
    out["name"] = Value::text(name);
    out["port"] = t.effective(at.key(key));
    out["targetPort"] = new_effective(t, service().key(target));
    out["protocol"] = Value::text("TCP");
    return out;
  };
  Value out = Value::map();
  out["apiVersion"] = Value::text("v1");
  out["kind"] = Value::text("Service");
  const std::string name = t.text(Path(app).key("fullnameOverride"));
  out["metadata"]["name"] = Value::text(name.empty() ? "{{ .Release.Name }}-" + app : name);
  out["metadata"]["labels"] = labels_of(t, app);
  Value annotations = t.effective(at.key("annotations"));
  for (auto& [key, value] : annotations.entries()) {
    value = Value::text(without_evaluation(value.plain()));
  }
  if (annotations.is_map() && !annotations.entries().empty()) {
    out["metadata"]["annotations"] = std::move(annotations);
  }
  out["spec"]["type"] = t.effective(at.key("type"));
  out["spec"]["ports"] = Value::list(
      {port("http", "port", "httpPort"), port("management", "managementPort", "managementPort")});
  Value selector = labels_of(t, "zeebe-broker");
  const Value common = t.effective("global.commonLabels");
  for (const auto& [key, value] : common.entries()) {
    selector.erase(key);
  }
  out["spec"]["selector"] = std::move(selector);
  return out;
}

// The Services of Operate and Tasklist are gone. One that was open to the outside is kept as an
// object of the user's own; of the others only those who call them by name need to know.
void decide_former_service(Translation& t, const std::string& app) {
  const Path at = Path(app).key("service");
  const std::string type = t.text(at.key("type"));
  if (was_deployed(t, app) && !type.empty() && type != "ClusterIP") {
    const Path to = add_manifest(t, service_object(t, app));
    t.tell("separated-service",
           {{former_service(t, app), at.key("type").text()},
            fmt::format("{} had a Service of type {}, 8.8 has none for it; a Service of that name "
                        "in global.extraManifests leads to the orchestration cluster",
                        app, type),
            at,
            {}});
    t.claim(at, FateKind::converted, {to}, "former-service");
  } else if (was_deployed(t, app)) {
    std::vector<std::string> subjects;
    for (const Path& leaf : t.unclaimed(at)) {
      if (t.changed(leaf)) {
        subjects.push_back(leaf.text());
      }
    }
    if (!subjects.empty()) {
      subjects.push_back(former_service(t, app));
      t.tell("former-service-settings", {std::move(subjects), {}, at, {}});
    }
  }
  t.drop(at, "former-service");
}

// The annotations of both Services are evaluated as templates in 8.8 and were not in 8.7.
void decide_annotations(Translation& t, const Path& from, const Path& to) {
  for (const Path& leaf : t.unclaimed(from)) {
    const Value* value = t.user(leaf);
    if (value == nullptr || !value->is_text() || !base::contains(value->as_text(), "{{")) {
      continue;
    }
    Value escaped = Value::text(without_evaluation(value->as_text()));
    escaped.origin = value->origin;
    const Path target = to.join(leaf.after(from.size()));
    t.put(target, escaped);
    t.claim(leaf, FateKind::converted, {target}, "service-annotations");
  }
  t.move(from, to, "service-annotations");
}

// They stand on all Services; only the orchestration cluster's are evaluated.
void tell_global_annotations(Translation& t) {
  const Value annotations = t.effective("global.annotations");
  for (const auto& [key, value] : annotations.entries()) {
    if (value.is_text() && base::contains(value.as_text(), "{{")) {
      const Path at = Path("global.annotations").key(key);
      t.tell("annotation-evaluated", {{at.text()}, {}, at, {}});
    }
  }
}

}  // namespace

void decide_services(Translation& t) {
  decide_keys(t, k_ports, false);
  decide_keys(t, k_names, true);
  decide_annotations(t, "zeebe.service.annotations", service().join("headless.annotations"));
  decide_annotations(t, "zeebeGateway.service.annotations", service().key("annotations"));
  t.move("zeebeGateway.service.type", service().key("type"), "service-type");
  decide_extra_ports(t);
  decide_former_service(t, "operate");
  decide_former_service(t, "tasklist");
  tell_global_annotations(t);
}

}  // namespace decisions
