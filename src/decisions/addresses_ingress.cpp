#include "base/strings.hpp"
#include "decisions/addresses_parts.hpp"
#include "rules/translation.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

// What the Ingress came to: the old flat form, taken first, may have written it already.
Value settled(const Translation& t, const Path& from, const Path& to, const char* key) {
  const Value* there = t.result(to.join(key));
  return there != nullptr ? *there : t.effective(from.join(key));
}

// With an empty name 8.7 left the tls block out for OpenShift's Ingress operator; 8.8 asks for "-".
// Elsewhere 8.8 compares the name with "-" and cannot do so when there is none at all.
void decide_tls_secret(Translation& t, const Path& from, const Path& to) {
  const Path name = from.join("tls.secretName");
  const Path target = to.join("tls.secretName");
  if (t.user(name) == nullptr || !t.text(name).empty()) {
    return;
  }
  const bool automatic = settled(t, from, to, "tls.enabled").truthy() &&
                         base::contains(settled(t, from, to, "className").plain(), "openshift-");
  Value value = Value::text(automatic ? "-" : "");
  value.origin = t.user(name)->origin;
  t.put(target, value);
  t.claim(name, FateKind::converted, {target}, "ingress-tls-secret");
}

// 8.8 evaluates the host as a template even when there is none, and stops at null.
void decide_host(Translation& t, const Path& from, const Path& to) {
  const Path host = from.key("host");
  const Value* mine = t.user(host);
  if (mine != nullptr && mine->is_null()) {
    Value value = Value::text("");
    value.origin = mine->origin;
    t.put(to.key("host"), value);
    t.claim(host, FateKind::converted, {to.key("host")}, "ingress-host");
  }
}

// The path type of each path that the combined Ingress of 8.7 had: the component's, which has a
// default of its own, so that the global one hardly ever counted.
std::map<std::string, std::vector<std::string>> path_types(const Translation& t) {
  std::map<std::string, std::vector<std::string>> types;
  const auto add = [&](const char* component, const char* at) {
    const bool served =
        was_deployed(t, component) && !t.text(Path(component).key("contextPath")).empty() &&
        !(std::string_view(component) == "identity" && had_own_ingress(t, "identity"));
    if (!served) {
      return;
    }
    std::string type = t.text(at);
    type = type.empty() ? t.text("global.ingress.pathType") : type;
    types[type.empty() ? "Prefix" : type].push_back(at);
  };
  add("console", "console.ingress.pathType");
  add("identity", "identity.ingress.pathType");
  add("operate", "operate.ingress.pathType");
  add("optimize", "optimize.ingress.pathType");
  add("tasklist", "tasklist.ingress.pathType");
  add("webModeler", "webModeler.ingress.webapp.pathType");
  add("webModeler", "webModeler.ingress.websockets.pathType");
  add("connectors", "connectors.ingress.pathType");
  add("zeebeGateway", "zeebeGateway.ingress.rest.pathType");
  return types;
}

void decide_path_type(Translation& t) {
  const Path target = "global.ingress.pathType";
  const auto types = path_types(t);
  if (!t.on("global.ingress.enabled") || t.on("global.ingress.external") || types.empty()) {
    return;
  }
  const auto most = std::max_element(types.begin(), types.end(), [](const auto& a, const auto& b) {
    return a.second.size() < b.second.size();
  });
  std::vector<std::string> others;
  for (const auto& [type, paths] : types) {
    if (type != most->first) {
      others.insert(others.end(), paths.begin(), paths.end());
    }
  }
  if (!others.empty()) {
    const Path first(others.front());
    t.tell("path-type", {std::move(others), {}, first, {}});
  }
  const bool written = t.user(target) != nullptr;
  if (written || most->first != t.catalogue().new_default(target).plain()) {
    t.set(target, Value::text(most->first));
  }
  t.claim(target, t.text(target) == most->first ? FateKind::kept : FateKind::converted, {target},
          "path-type");
  for (const auto& path : most->second) {
    if (t.result(target) != nullptr) {
      t.claim(Path(path), FateKind::merged, {target}, "path-type");
    }
  }
}

// The old flat form of the gRPC Ingress: what stands there wins over `grpc` unless it is empty.
void decide_flat_form(Translation& t, const Path& to) {
  const Path flat = "zeebeGateway.ingress";
  const bool acts = t.on(flat.key("enabled"));
  for (const Path& leaf : t.unclaimed(flat)) {
    if (leaf == flat) {  // nothing, or something else than a map
      t.drop(leaf, "grpc-ingress-flat");
      continue;
    }
    const std::string& key = leaf.steps()[flat.size()].key;
    if (key == "grpc" || key == "rest") {
      continue;
    }
    const Value* value = t.user(leaf);
    const Path target = to.join(leaf.after(flat.size()));
    if (acts && value != nullptr && value->truthy() && t.put(target, *value)) {
      t.claim(leaf, FateKind::moved, {target}, "grpc-ingress-flat");
    } else {
      t.drop(leaf, "grpc-ingress-flat");
    }
  }
}

}  // namespace

void decide_combined_ingress(Translation& t) {
  const Path ingress = "global.ingress";
  decide_path_type(t);
  decide_tls_secret(t, ingress, ingress);
  decide_host(t, ingress, ingress);
}

void decide_grpc_ingress(Translation& t) {
  const Path from = "zeebeGateway.ingress.grpc";
  const Path to = "orchestration.ingress.grpc";
  decide_flat_form(t, to);
  decide_tls_secret(t, from, to);
  decide_host(t, from, to);
  for (const Path& leaf : t.unclaimed(from)) {
    const Path target = to.join(leaf.after(from.size()));
    const Value* value = t.user(leaf);
    if (value != nullptr && !t.put(target, *value) && t.on("zeebeGateway.ingress.enabled")) {
      t.drop(leaf, "grpc-ingress-flat");  // the flat form overruled it in 8.7, too
    } else {
      t.move(leaf, target, "grpc-ingress");
    }
  }
  const Value enabled = new_effective(t, to.key("enabled"));
  if (t.on("zeebe.enabled") && enabled.truthy() &&
      new_effective(t, to.join("tls.enabled")).truthy()) {
    t.pin(to.join("tls.secretName"), t.effective(from.join("tls.secretName")),
          "grpc-ingress-secret");
  }
}

}  // namespace decisions
