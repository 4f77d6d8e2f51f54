// Ingresses that 8.7 made for one component alone. 8.8 makes none, so each is written out whole in
// global.extraManifests, under the name it had: for Helm and the controller it stays one object.
#include "base/strings.hpp"
#include "decisions/addresses_parts.hpp"
#include "decisions/templates_simple.hpp"
#include "rules/translation.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

struct Backend {
  std::string service;  // a template of chart 13.x
  Value port;
};

struct OwnIngress {
  std::string_view component;
  std::string_view title;
  std::string_view label;    // the component label that chart 12.x gave
  std::string_view name;     // of the object, without the release
  std::string_view service;  // helper of chart 13.x that names the Service, "" for orchestration
  std::string_view port;     // key of the new values with the Service's port
};

constexpr std::array k_ingresses = {
    OwnIngress{"operate", "operate", "operate", "operate", "", ""},
    OwnIngress{"tasklist", "tasklist", "tasklist", "tasklist", "", ""},
    OwnIngress{"zeebeGateway", "zeebeGateway (REST)", "zeebe-gateway", "", "", ""},
    OwnIngress{"optimize", "optimize", "optimize", "optimize", "optimize.fullname",
               "optimize.service.port"},
    OwnIngress{"identity", "identity", "identity", "identity", "identity.fullname",
               "identity.service.port"},
    OwnIngress{"console", "console", "console", "console", "console.fullname",
               "console.service.port"},
    OwnIngress{"connectors", "connectors", "connectors", "connectors", "connectors.serviceName",
               "connectors.service.serverPort"},
};

Value helper(std::string_view name) {
  return Value::text(fmt::format("{{{{ include \"{}\" . }}}}", name));
}

Backend orchestration_backend(const Translation& t) {
  return {"orchestration.serviceName", new_effective(t, "orchestration.service.httpPort")};
}

Backend backend_of(const Translation& t, const OwnIngress& own) {
  if (own.service.empty()) {
    return orchestration_backend(t);
  }
  return {std::string(own.service), t.effective(Path(own.port))};
}

// A name as chart 12.x made it, with the release left to Helm.
std::string object_name(const Translation& t, const OwnIngress& own) {
  if (own.component == "zeebeGateway") {
    return "{{ include \"orchestration.serviceName\" . }}-rest";
  }
  const Path at = Path().key(own.component);
  const std::string full = t.text(at.key("fullnameOverride"));
  const std::string name = t.text(at.key("nameOverride"));
  if (!full.empty()) {
    return full;
  }
  const std::string last = name.empty() ? std::string(own.name) : name;
  return base::contains(t.request().release, last) ? "{{ .Release.Name }}"
                                                   : "{{ .Release.Name }}-" + last;
}

Value annotations_of(const Translation& t, const Path& ingress) {
  Value annotations = t.effective(ingress.key("annotations"));
  for (auto& [key, value] : annotations.entries()) {
    if (!value.is_text()) {
      value = Value::text(value.plain());
    }
  }
  return annotations;
}

Value metadata(const Translation& t, std::string name, std::string_view label,
               const Path& ingress) {
  Value out = Value::map();
  out["name"] = Value::text(std::move(name));
  out["labels"] = labels_of(t, label);
  Value annotations = annotations_of(t, ingress);
  if (annotations.is_map() && !annotations.entries().empty()) {
    out["annotations"] = std::move(annotations);
  }
  return out;
}

Value rule_for(const std::string& host, const std::string& path, const std::string& type,
               const Backend& backend) {
  Value service = Value::map();
  service["name"] = helper(backend.service);
  service["port"]["number"] = backend.port;
  Value entry = Value::map();
  entry["path"] = Value::text(path);
  entry["pathType"] = Value::text(type.empty() ? "Prefix" : type);
  entry["backend"]["service"] = std::move(service);
  Value rule = Value::map();
  if (!host.empty()) {
    rule["host"] = Value::text(host);
  }
  rule["http"]["paths"] = Value::list({std::move(entry)});
  return rule;
}

// The entry of `tls`, if 8.7 made one: none for OpenShift's operator when no Secret is named.
std::optional<Value> tls_of(const Translation& t, const Path& site, const std::string& class_name) {
  const std::string secret = t.text(site.join("tls.secretName"));
  if (!t.on(site.join("tls.enabled")) ||
      (secret.empty() && base::contains(class_name, "openshift-"))) {
    return {};
  }
  Value entry = Value::map();
  if (const std::string host = t.text(site.key("host")); !host.empty()) {
    entry["hosts"] = Value::list({Value::text(host)});
  }
  if (!secret.empty()) {
    entry["secretName"] = Value::text(secret);
  }
  return entry;
}

Value ingress_object(Value meta, const std::string& class_name, std::vector<Value> rules,
                     std::vector<Value> tls) {
  Value out = Value::map();
  out["apiVersion"] = Value::text("networking.k8s.io/v1");
  out["kind"] = Value::text("Ingress");
  out["metadata"] = std::move(meta);
  Value spec = Value::map();
  if (!class_name.empty()) {
    spec["ingressClassName"] = Value::text(class_name);
  }
  spec["rules"] = Value::list(std::move(rules));
  if (!tls.empty()) {
    spec["tls"] = Value::list(std::move(tls));
  }
  out["spec"] = std::move(spec);
  return out;
}

void tell_own(Translation& t, std::string_view title, const Path& at,
              const std::vector<std::string>& hosts, const std::vector<std::string>& secrets,
              const std::vector<std::string>& places) {
  std::vector<std::string> subjects = hosts;
  subjects.insert(subjects.end(), secrets.begin(), secrets.end());
  subjects.insert(subjects.end(), places.begin(), places.end());
  std::erase(subjects, std::string());
  std::string next = "Check it";
  if (!secrets.empty()) {
    next += fmt::format(" and its TLS Secret{} {}", secrets.size() > 1 ? "s" : "",
                        base::enumerate(secrets));
  }
  const bool named = !hosts.empty() && !hosts.front().empty();
  t.tell("separated-ingress",
         {std::move(subjects),
          fmt::format("{} had an Ingress of its own, 8.8 has none for it; {} served by an Ingress "
                      "in global.extraManifests",
                      title,
                      named ? base::enumerate(hosts) + (hosts.size() > 1 ? " are now" : " is now")
                            : "its paths are now"),
          at, next + "."});
}

// Ingresses that lead to the orchestration cluster by one host and path are one.
struct Written {
  std::string host;
  std::string path;
  Path at;  // in global.extraManifests; empty: the combined Ingress
};

bool combined_leads_there(const Translation& t, const Written& place) {
  return t.on("global.ingress.enabled") && !t.on("global.ingress.external") &&
         t.result("orchestration.contextPath") != nullptr &&
         t.text("global.ingress.host") == place.host &&
         shown_path(new_context_path(t)) == place.path;
}

void merge_tls(Translation& t, const Path& at, const std::optional<Value>& tls) {
  const Value* object = t.result(at);
  if (!tls || object == nullptr) {
    return;
  }
  Value changed = *object;
  Value& list = values::reach(changed, "spec.tls");
  if (!list.is_list()) {
    list = Value::list();
  }
  if (std::find(list.items().begin(), list.items().end(), *tls) == list.items().end()) {
    list.items().push_back(*tls);
    t.set(at, std::move(changed));
  }
}

// The Ingress must lead to all of the new context path; one that led to more still does.
std::string orchestration_path(const Translation& t, const Path& at) {
  const std::string context = new_context_path(t);
  const std::string before = normal_path(t.text(at.key("path")));
  const bool covers = before.empty() || context == before || context.starts_with(before + "/");
  return shown_path(covers ? before : context);
}

// A rewrite that cut the path off would cut off the new one as well.
void drop_rewrite(Translation& t, const Path& at, Value& meta) {
  Value* annotations = meta.find("annotations");
  if (annotations == nullptr) {
    return;
  }
  for (const char* key :
       {"nginx.ingress.kubernetes.io/rewrite-target", "nginx.ingress.kubernetes.io/use-regex"}) {
    if (annotations->erase(key)) {
      t.tell("rewrite-dropped",
             {{at.key("annotations").key(key).text(), key}, {}, at.key("annotations"), {}});
    }
  }
}

void rebuild(Translation& t, const OwnIngress& own, std::vector<Written>& written) {
  const Path at = own_ingress(own.component);
  const std::string host = t.text(at.key("host"));
  const std::string class_name = t.text(at.key("className"));
  const bool orchestration = own.service.empty();
  const std::string path =
      orchestration ? orchestration_path(t, at) : shown_path(t.text(at.key("path")));
  const auto tls = tls_of(t, at, class_name);
  Written place{host, path, {}};
  const auto same = std::find_if(written.begin(), written.end(), [&](const Written& other) {
    return orchestration && other.host == host && other.path == path;
  });
  if (same != written.end()) {
    place.at = same->at;
    merge_tls(t, place.at, tls);
  } else if (!orchestration || !combined_leads_there(t, place)) {
    std::vector<Value> entries;
    if (tls) {
      entries.push_back(*tls);
    }
    Value meta = metadata(t, object_name(t, own), own.label, at);
    if (orchestration) {
      drop_rewrite(t, at, meta);
    }
    place.at = add_manifest(
        t, ingress_object(std::move(meta), class_name,
                          {rule_for(host, path, t.text(at.key("pathType")), backend_of(t, own))},
                          std::move(entries)));
  }
  if (orchestration) {
    written.push_back(place);
  }
  const std::string secret = tls ? t.text(at.join("tls.secretName")) : "";
  tell_own(t, own.title, at, {host},
           secret.empty() ? std::vector<std::string>{} : std::vector<std::string>{secret},
           {host + shown_path(t.text(at.key("path")))});
  t.claim(at, FateKind::converted, {place.at.empty() ? Path("global.ingress") : place.at},
          "own-ingress");
}

// Web Modeler's Ingress had two hosts.
void rebuild_web_modeler(Translation& t) {
  const Path at = "webModeler.ingress";
  const std::string class_name = t.text(at.key("className"));
  std::vector<Value> rules;
  std::vector<Value> entries;
  std::vector<std::string> hosts;
  std::vector<std::string> secrets;
  std::vector<std::string> places;
  for (const auto& [part, service] : {std::pair{"webapp", "webModeler.webapp.fullname"},
                                      std::pair{"websockets", "webModeler.websockets.fullname"}}) {
    const Path site = at.key(part);
    const std::string host = t.text(site.key("host"));
    rules.push_back(
        rule_for(host, "/", t.text(site.key("pathType")),
                 {service, t.effective(Path("webModeler").key(part).join("service.port"))}));
    hosts.push_back(host);
    places.push_back(host + "/");
    const std::string secret = t.text(site.join("tls.secretName"));
    if (auto tls = tls_of(t, site, secret.empty() ? class_name : "")) {
      entries.push_back(std::move(*tls));
      if (!secret.empty()) {
        secrets.push_back(secret);
      }
    }
  }
  const OwnIngress own{"webModeler", "webModeler", "web-modeler", "web-modeler", "", ""};
  const Path to = add_manifest(t, ingress_object(metadata(t, object_name(t, own), own.label, at),
                                                 class_name, std::move(rules), std::move(entries)));
  tell_own(t, own.title, at, hosts, secrets, places);
  t.claim(at, FateKind::converted, {to}, "own-ingress");
}

// 8.7 took the public address of the websockets from that Ingress.
void decide_websockets(Translation& t) {
  const bool combined = t.on("global.ingress.enabled") && !t.text("webModeler.contextPath").empty();
  if (combined || !had_own_ingress(t, "webModeler")) {
    return;
  }
  const Path site = "webModeler.ingress.websockets";
  const Path to = "webModeler.websockets";
  t.set(to.key("publicHost"), t.effective(site.key("host")));
  t.set(to.key("publicPort"), Value::integer(t.on(site.join("tls.enabled")) ? 443 : 80));
  for (const char* key : {"publicHost", "publicPort"}) {
    t.claim(to.key(key), FateKind::dropped, {}, "websockets-address");
  }
}

// 8.7 took the public address of Management Identity from its own Ingress; 8.8 does not, and its
// fallback changed as well.
void decide_identity_url(Translation& t) {
  if (!t.on("identity.enabled") || t.on("identity.fullURL") || t.on("global.ingress.enabled")) {
    return;
  }
  const Path at = own_ingress("identity");
  if (t.on(at.key("enabled"))) {
    t.pin("identity.fullURL",
          Value::text(fmt::format("{}://{}", t.on(at.join("tls.enabled")) ? "https" : "http",
                                  t.text(at.key("host")))),
          "identity-url-of-ingress");
  } else {
    t.pin("identity.fullURL", Value::text("http://localhost:8080"), "identity-url-default");
  }
}

}  // namespace

void decide_own_ingresses(Translation& t) {
  std::vector<Written> written;
  decide_websockets(t);
  decide_identity_url(t);
  for (const OwnIngress& own : k_ingresses) {
    if (had_own_ingress(t, own.component)) {
      rebuild(t, own, written);
    }
    t.drop(own_ingress(own.component), "own-ingress");
  }
  if (had_own_ingress(t, "webModeler")) {
    rebuild_web_modeler(t);
  }
  t.drop("webModeler.ingress", "own-ingress");
}

}  // namespace decisions
