#include "decisions/addresses_in_cluster.hpp"

#include "base/strings.hpp"
#include "decisions/addresses_parts.hpp"
#include "decisions/templates_simple.hpp"
#include "decisions/texts.hpp"
#include "rules/translation.hpp"

#include <array>
#include <fmt/format.h>
#include <optional>

namespace decisions {
namespace {

using rules::Translation;
using values::Path;
using values::Value;

// "http://{{ .Release.Name }}-operate.ns:80/operate/x", taken apart. Positions are in the text.
struct Url {
  std::size_t host_begin = 0;
  std::size_t end = 0;
  std::string host;  // as written
  std::string port;
  std::string path;
};

bool ends_host(char c) {
  return base::contains("/:?#\"'`, \t\n;)]}|", std::string_view(&c, 1));
}

std::size_t host_end(const std::string& text, std::size_t at) {
  while (at < text.size()) {
    if (text.compare(at, 2, "{{") == 0) {
      const std::size_t close = text.find("}}", at);
      if (close == std::string::npos) {
        return text.size();
      }
      at = close + 2;
    } else if (ends_host(text[at])) {
      break;
    } else {
      ++at;
    }
  }
  return at;
}

Url url_at(const std::string& text, std::size_t scheme_end) {
  Url url;
  url.host_begin = scheme_end;
  std::size_t at = host_end(text, scheme_end);
  url.host = text.substr(scheme_end, at - scheme_end);
  if (at < text.size() && text[at] == ':') {
    const std::size_t end = host_end(text, at + 1);
    url.port = text.substr(at + 1, end - at - 1);
    at = end;
  }
  const std::size_t path_end = std::min(text.find_first_of("?#\"'`, \t\n;)]|", at), text.size());
  if (at < text.size() && text[at] == '/') {
    // A template may stand in the path; it has spaces.
    const bool plain = text.substr(at, path_end - at).find("{{") == std::string::npos;
    url.path = plain ? text.substr(at, path_end - at) : std::string();
    at = plain ? path_end : at;
  }
  url.end = at;
  return url;
}

// The Service that a host of the cluster names, and what follows it: ".ns.svc" or nothing.
struct InCluster {
  std::string service;
  std::string domain;
};

std::optional<InCluster> in_cluster(const Translation& t, const std::string& host) {
  const auto rendered = render_simple(t, host);
  if (!rendered) {
    return {};
  }
  const std::size_t dot = std::min(rendered->find('.'), rendered->size());
  const std::string domain = rendered->substr(dot);
  const std::string& space = t.request().release_namespace;
  const bool inside = domain.empty() || base::contains(domain + ".", ".svc.") ||
                      domain == "." + space || std::count(domain.begin(), domain.end(), '.') == 1;
  return inside ? std::optional(InCluster{rendered->substr(0, dot), domain}) : std::nullopt;
}

// The host with another Service's name; a template in front of it stays.
std::string renamed(const Translation& t, const std::string& host, const std::string& app,
                    const std::string& domain) {
  const std::string tail = "-" + app;
  const std::size_t at = host.rfind(tail);
  const bool usual = gateway_service(t) == t.request().release + "-zeebe-gateway";
  if (usual && at != std::string::npos && base::contains(host, "{{")) {
    return host.substr(0, at) + "-zeebe-gateway" + host.substr(at + tail.size());
  }
  return gateway_service(t) + domain;
}

std::string without_prefix(const std::string& path, const std::string& prefix) {
  if (!prefix.empty() && (path == prefix || path.starts_with(prefix + "/"))) {
    return path.substr(prefix.size());
  }
  return path;
}

// Where the page or the API of a former app is below the new context path.
std::string new_path(const Translation& t, const FormerApp& app, const Path& at,
                     const std::string& old_path) {
  const std::string rest = without_prefix(old_path, app.path);
  const std::string context = new_context_path(t);
  for (const char* api : {"/v1", "/v2", "/api", "/actuator"}) {
    if (rest == api || rest.starts_with(std::string(api) + "/")) {
      return context + rest;
    }
  }
  const bool client = base::contains(base::lower(variable_at(t, at) + at.text()), "client");
  if (client && (rest.empty() || rest == "/")) {
    return context;  // a client of the API appends its path itself
  }
  return context + app.suffix + (rest == "/" ? "" : rest);
}

std::string new_port(const Translation& t, const FormerApp& app, const std::string& port) {
  const bool management = port == t.text(Path(app.key).join("service.managementPort"));
  return new_effective(t, management ? "orchestration.service.managementPort"
                                     : "orchestration.service.httpPort")
      .plain();
}

// What was rewritten, to be told in one finding.
struct Rewritten {
  std::vector<std::string> words;
  std::vector<std::string> subjects;
  Path first;

  void add(const Translation& t, const Path& at, const std::string& before,
           const std::string& after) {
    words.push_back(before + " → " + after);
    subjects.insert(subjects.end(), {at.text(), before});
    if (const std::string name = variable_at(t, at); !name.empty()) {
      subjects.push_back(name);
    }
    first = first.empty() ? at : first;
  }
};

// The text that takes the place of [host_begin, end), if the URL leads to something that moved.
std::optional<std::string> replacement(const Translation& t, const Path& at, const Url& url) {
  const auto where = in_cluster(t, url.host);
  if (!where) {
    return {};
  }
  const auto apps = former_apps(t);
  for (const FormerApp& app : apps) {
    if (app.suffix.empty() || where->service != former_service(t, app.key)) {
      continue;
    }
    return renamed(t, url.host, app.key, where->domain) + ":" + new_port(t, app, url.port) +
           new_path(t, app, at, url.path);
  }
  const FormerApp& gateway = apps.back();
  const bool rest = url.port == t.text("zeebeGateway.service.restPort");
  if (where->service == gateway_service(t) && rest && gateway.path != new_context_path(t)) {
    const std::string below = without_prefix(url.path, gateway.path);
    return url.host + ":" + new_effective(t, "orchestration.service.httpPort").plain() +
           new_context_path(t) + (below == "/" ? "" : below);
  }
  return {};
}

std::optional<std::string> rewritten(const Translation& t, const Path& at, const std::string& text,
                                     Rewritten& told) {
  std::string out;
  std::size_t done = 0;
  for (std::size_t sign = text.find("://"); sign != std::string::npos;
       sign = text.find("://", sign + 3)) {
    const Url url = url_at(text, sign + 3);
    const auto instead = replacement(t, at, url);
    if (instead && url.host_begin >= done) {
      const std::string before = text.substr(url.host_begin, url.end - url.host_begin);
      if (before != *instead) {
        told.add(t, at, before, *instead);
        out += text.substr(done, url.host_begin - done) + *instead;
        done = url.end;
      }
    }
  }
  return done == 0 ? std::nullopt : std::optional(out + text.substr(done));
}

// Backends of the user's own Ingresses name a Service without a URL.
void rewrite_backend(Translation& t, const Path& at, const std::string& app, Rewritten& told) {
  const Path service = at.parent();
  const std::string before = t.result(at)->as_text();
  const std::string after = renamed(t, before, app, "");
  t.set(at, Value::text(after));
  Value port = Value::map();
  port["number"] = new_effective(t, "orchestration.service.httpPort");
  t.set(service.key("port"), std::move(port));
  told.add(t, at, before, after);
}

// 8.7's names of the gateway's ports, as monitors of the user's own may have them.
void tell_port_names(Translation& t, const Value& object, const Path& at) {
  const Value* kind = object.find("kind");
  const std::string text = kind != nullptr ? kind->plain() : std::string();
  if (text != "ServiceMonitor" && text != "PodMonitor") {
    return;
  }
  const Value* component =
      values::find(object, Path("spec.selector.matchLabels").key("app.kubernetes.io/component"));
  if (component != nullptr && !base::contains(component->plain(), "zeebe")) {
    return;
  }
  const Value* endpoints =
      values::find(object, text == "PodMonitor" ? "spec.podMetricsEndpoints" : "spec.endpoints");
  if (endpoints == nullptr) {
    return;
  }
  for (std::size_t i = 0; i < endpoints->items().size(); ++i) {
    const Value* port = endpoints->items()[i].find("port");
    const std::string name = port != nullptr ? port->plain() : std::string();
    if (name == "http" || name == "rest" || name == "gateway") {
      t.tell("port-name-changed",
             {{at.text(), name},
              fmt::format("{} scrapes the port {}; 8.8 calls the ports server (was http), http "
                          "(was rest) and grpc (was gateway)",
                          at.text(), name),
              at,
              {}});
    }
  }
}

bool is_backend(const Path& at) {
  const auto& steps = at.steps();
  return steps.size() > 3 && at.back().key == "name" && steps[steps.size() - 2].key == "service" &&
         steps[steps.size() - 3].key == "backend";
}

void look_at_manifests(Translation& t, Rewritten& told) {
  const Value* manifests = t.result("global.extraManifests");
  const Value* mine = t.user("global.extraManifests");
  if (manifests == nullptr || mine == nullptr || !mine->is_list()) {
    return;
  }
  std::vector<std::pair<Path, std::string>> texts;
  for (std::size_t i = 0; i < mine->items().size() && i < manifests->items().size(); ++i) {
    tell_port_names(t, mine->items()[i], Path("global.extraManifests").at(i));
    values::for_each_leaf(manifests->items()[i], [&](const Path& below, const Value& value) {
      if (value.is_text()) {
        texts.emplace_back(Path("global.extraManifests").at(i).join(below), value.as_text());
      }
    });
  }
  for (const auto& [at, text] : texts) {
    const std::string name = render_simple(t, text).value_or(text);
    for (const char* app : {"operate", "tasklist"}) {
      const bool label = at.back().key == "app.kubernetes.io/component" && name == app &&
                         at.parent().back().key != "labels";
      if (name == former_service(t, app) && is_backend(at)) {
        rewrite_backend(t, at, app, told);
      } else if ((name == former_service(t, app) && at.back().key != "name") || label) {
        t.tell("in-cluster-address-gone",
               {{at.text(), former_service(t, app)},
                fmt::format("{} names {}, which has no Service and no pod of its own in 8.8",
                            at.text(), app),
                at,
                {}});
      }
    }
  }
}

}  // namespace

void rewrite_in_cluster_addresses(Translation& t) {
  if (!t.on("zeebe.enabled")) {
    return;
  }
  Rewritten told;
  look_at_manifests(t, told);
  rewrite_texts(
      t, [&](const Path& at, const std::string& text) { return rewritten(t, at, text, told); });
  if (!told.words.empty()) {
    t.tell("in-cluster-address",
           {std::move(told.subjects),
            "addresses inside the cluster were rewritten: " + base::join(told.words, "; "),
            told.first,
            {}});
  }
}

}  // namespace decisions
