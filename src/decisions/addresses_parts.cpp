#include "decisions/addresses_parts.hpp"

#include "base/strings.hpp"
#include "decisions/templates_simple.hpp"
#include "rules/translation.hpp"

#include <algorithm>

namespace decisions {

using rules::Translation;
using values::Path;
using values::Value;

std::string normal_path(std::string_view path) {
  path = base::trim(path);
  while (path.ends_with('/')) {
    path.remove_suffix(1);
  }
  if (path.empty()) {
    return {};
  }
  return path.starts_with('/') ? std::string(path) : "/" + std::string(path);
}

std::string shown_path(std::string_view normalised) {
  return normalised.empty() ? "/" : std::string(normalised);
}

bool was_deployed(const Translation& t, std::string_view component) {
  return component == "zeebeGateway" ? t.on("zeebe.enabled")
                                     : t.on(Path().key(component).key("enabled"));
}

Path own_ingress(std::string_view component) {
  const Path ingress = Path().key(component).key("ingress");
  return component == "zeebeGateway" ? ingress.key("rest") : ingress;
}

bool had_own_ingress(const Translation& t, std::string_view component) {
  return was_deployed(t, component) && t.on(own_ingress(component).key("enabled"));
}

std::vector<FormerApp> former_apps(const Translation& t) {
  std::vector<FormerApp> apps = {{"operate", "Operate", "/operate", false, false, {}, {}},
                                 {"tasklist", "Tasklist", "/tasklist", false, false, {}, {}},
                                 {"zeebeGateway", "REST API", "", false, false, {}, {}}};
  for (auto& app : apps) {
    const std::string path = t.text(Path(app.key).key("contextPath"));
    app.on = was_deployed(t, app.key);
    app.served = app.on && !path.empty();
    app.path = normal_path(path);
    app.written = path;
  }
  return apps;
}

namespace {

std::string host_at(const Translation& t, const Path& at) {
  const std::string text = t.text(at);
  return render_simple(t, text).value_or(text);
}

void add_combined(const Translation& t, const std::string& host, std::vector<Neighbour>& out) {
  const auto served = [&](const char* component, const std::string& title) {
    const std::string path = t.text(Path(component).key("contextPath"));
    if (was_deployed(t, component) && !path.empty()) {
      out.push_back({title, host, normal_path(path)});
    }
    return !path.empty();
  };
  served("console", "Console");
  if (t.on("identity.enabled") &&
      (t.on("identityKeycloak.enabled") || t.on("global.identity.keycloak.internal"))) {
    out.push_back({"Keycloak", host, normal_path(t.text("global.identity.keycloak.contextPath"))});
  }
  if (!had_own_ingress(t, "identity")) {
    served("identity", "Management Identity");
  }
  served("optimize", "Optimize");
  if (served("webModeler", "Web Modeler") && t.on("webModeler.enabled")) {
    out.push_back(
        {"Web Modeler", host, normal_path(t.text("webModeler.contextPath") + std::string("-ws"))});
  }
  served("connectors", "Connectors");
}

void add_own(const Translation& t, std::vector<Neighbour>& out) {
  for (const auto& [component, title] :
       {std::pair{"identity", "Management Identity"}, std::pair{"optimize", "Optimize"},
        std::pair{"console", "Console"}, std::pair{"connectors", "Connectors"}}) {
    if (had_own_ingress(t, component)) {
      const Path at = own_ingress(component);
      out.push_back({title, host_at(t, at.key("host")), normal_path(t.text(at.key("path")))});
    }
  }
  if (had_own_ingress(t, "webModeler")) {
    out.push_back({"Web Modeler", host_at(t, "webModeler.ingress.webapp.host"), ""});
    out.push_back({"Web Modeler", host_at(t, "webModeler.ingress.websockets.host"), ""});
  }
  const Path grpc = "zeebeGateway.ingress.grpc";
  if (t.on("zeebe.enabled") && t.on(grpc.key("enabled")) && !t.on(grpc.key("external"))) {
    out.push_back(
        {"the gRPC Ingress", host_at(t, grpc.key("host")), normal_path(t.text(grpc.key("path")))});
  }
}

std::string text_at(const Value& map, const Path& at) {
  const Value* found = values::find(map, at);
  return found != nullptr ? found->plain() : std::string();
}

// Ingresses that the user added themselves.
void add_extra(const Translation& t, std::vector<Neighbour>& out) {
  const Value manifests = t.effective("global.extraManifests");
  for (const Value& object : manifests.items()) {
    const Value* rules = values::find(object, "spec.rules");
    if (text_at(object, "kind") != "Ingress" || rules == nullptr) {
      continue;
    }
    for (const Value& rule : rules->items()) {
      const Value* paths = values::find(rule, "http.paths");
      if (paths == nullptr) {
        continue;
      }
      const std::string host = text_at(rule, "host");
      for (const Value& path : paths->items()) {
        const std::string service = text_at(path, "backend.service.name");
        const std::string name = render_simple(t, service).value_or(service);
        if (name != former_service(t, "operate") && name != former_service(t, "tasklist") &&
            name != gateway_service(t)) {
          out.push_back({"an Ingress of global.extraManifests",
                         render_simple(t, host).value_or(host),
                         normal_path(text_at(path, "path"))});
        }
      }
    }
  }
}

}  // namespace

std::vector<Neighbour> neighbours(const Translation& t) {
  std::vector<Neighbour> out;
  add_combined(t, host_at(t, "global.ingress.host"), out);
  add_own(t, out);
  add_extra(t, out);
  return out;
}

std::vector<std::string> orchestration_hosts(const Translation& t) {
  std::vector<std::string> hosts;
  for (const FormerApp& app : former_apps(t)) {
    if (app.served) {
      hosts.push_back(host_at(t, "global.ingress.host"));
    }
    if (had_own_ingress(t, app.key)) {
      hosts.push_back(host_at(t, own_ingress(app.key).key("host")));
    }
  }
  std::sort(hosts.begin(), hosts.end());
  hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
  return hosts;
}

std::string new_context_path(const Translation& t) {
  const Value* path = t.result("orchestration.contextPath");
  return path != nullptr ? normal_path(path->plain()) : std::string();
}

namespace {

// camundaPlatform.componentFullname of both charts.
std::string full_name(const Translation& t, const std::string& override_name,
                      const std::string& name) {
  if (!override_name.empty()) {
    return override_name;
  }
  const std::string& release = t.request().release;
  return base::contains(release, name) ? release : release + "-" + name;
}

}  // namespace

std::string orchestration_name(const Translation& t) {
  const Value* name = t.result("orchestration.fullnameOverride");
  return full_name(t, name != nullptr ? name->plain() : std::string(), "zeebe");
}

std::string gateway_service(const Translation& t) {
  return orchestration_name(t) + "-gateway";
}

std::string former_service(const Translation& t, std::string_view component) {
  const Path at = Path().key(component);
  const std::string name = t.text(at.key("nameOverride"));
  return full_name(t, t.text(at.key("fullnameOverride")),
                   name.empty() ? std::string(component) : name);
}

Value new_effective(const Translation& t, const Path& at) {
  const Value* mine = t.result(at);
  return mine != nullptr ? *mine : t.catalogue().new_default(at);
}

std::string without_evaluation(const std::string& text) {
  if (!base::contains(text, "{{")) {
    return text;
  }
  return base::contains(text, "`") ? base::replace_all(text, "{{", "{{ \"{{\" }}")
                                   : "{{`" + text + "`}}";
}

Value labels_of(const Translation& t, std::string_view component) {
  Value labels = Value::map();
  for (const char* free : {"global.labels", "global.commonLabels"}) {
    const Value own = t.effective(free);
    for (const auto& [key, value] : own.entries()) {
      labels[key] = value.is_text() ? value : Value::text(value.plain());
    }
  }
  labels["app.kubernetes.io/name"] = Value::text("{{ include \"camundaPlatform.name\" . }}");
  labels["app.kubernetes.io/instance"] = Value::text("{{ .Release.Name }}");
  labels["app.kubernetes.io/managed-by"] = Value::text("{{ .Release.Service }}");
  labels["app.kubernetes.io/part-of"] = Value::text("camunda-platform");
  labels["app.kubernetes.io/component"] = Value::text(std::string(component));
  return labels;
}

Path add_manifest(Translation& t, Value object) {
  const Path list = "global.extraManifests";
  const Value* there = t.result(list);
  Value all = there != nullptr && there->is_list() ? *there : Value::list();
  all.items().push_back(std::move(object));
  const std::size_t index = all.items().size() - 1;
  t.set(list, std::move(all));
  return list.at(index);
}

}  // namespace decisions
