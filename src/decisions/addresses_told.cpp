// What a person has to know about addresses: what moved, what hides what, what is newly open.
#include "base/strings.hpp"
#include "decisions/addresses_parts.hpp"
#include "decisions/templates_simple.hpp"
#include "rules/translation.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace decisions {
namespace {

using rules::Translation;
using values::Path;

struct Address {
  std::string title;
  std::string site;  // "https://host" or ""
  std::string host;
  std::string old_path;
  std::string new_path;
  std::string written;  // the old path as it stands in the values
};

std::string scheme(const Translation& t, const Path& ingress) {
  return t.on(ingress.join("tls.enabled")) ? "https://" : "http://";
}

std::string host_of(const Translation& t, const Path& ingress) {
  const std::string host = t.text(ingress.key("host"));
  return render_simple(t, host).value_or(host);
}

std::vector<Address> public_addresses(const Translation& t) {
  std::vector<Address> out;
  const std::string context = new_context_path(t);
  const Path combined = "global.ingress";
  for (const FormerApp& app : former_apps(t)) {
    const std::string now = context + app.suffix;
    if (app.served) {
      const std::string host = t.on(combined.key("enabled")) ? host_of(t, combined) : "";
      out.push_back({app.title, host.empty() ? "" : scheme(t, combined) + host, host, app.path, now,
                     app.written});
    }
    if (had_own_ingress(t, app.key)) {
      const Path own = own_ingress(app.key);
      const std::string host = host_of(t, own);
      const std::string path = app.path.empty() ? normal_path(t.text(own.key("path"))) : app.path;
      out.push_back({app.title, host.empty() ? "" : scheme(t, own) + host, host, path, now, {}});
    }
  }
  return out;
}

// Clients in the cluster speak to the gateway's Service, whose paths begin with the context path.
void add_in_cluster(const Translation& t, std::vector<Address>& out) {
  const auto apps = former_apps(t);
  const FormerApp& gateway = apps.back();
  if (!gateway.on || gateway.path == new_context_path(t)) {
    return;
  }
  const std::string host =
      gateway_service(t) + ":" + new_effective(t, "orchestration.service.httpPort").plain();
  out.push_back({"the REST API inside the cluster",
                 "http://" + host,
                 host,
                 gateway.path,
                 new_context_path(t),
                 {}});
}

void tell_moved(Translation& t) {
  std::vector<Address> addresses = public_addresses(t);
  add_in_cluster(t, addresses);
  std::vector<std::string> words;
  std::vector<std::string> subjects;
  for (const Address& address : addresses) {
    const bool relative = !address.written.empty() && !address.written.starts_with('/');
    if (address.old_path == address.new_path && !relative) {
      continue;
    }
    const std::string before = relative ? address.written : shown_path(address.old_path);
    const std::string after = shown_path(address.new_path);
    words.push_back(
        fmt::format("{} {}{} → {}{}", address.title, address.site, before, address.site, after));
    subjects.insert(subjects.end(), {address.host + before, address.host + after});
    if (before != "/") {
      subjects.push_back(before);
    }
    if (!address.written.empty()) {
      subjects.insert(subjects.end(), {address.written, address.host + address.written});
    }
  }
  if (words.empty()) {
    return;
  }
  std::sort(subjects.begin(), subjects.end());
  subjects.erase(std::unique(subjects.begin(), subjects.end()), subjects.end());
  Path at = "operate.contextPath";
  for (const char* candidate :
       {"zeebeGateway.contextPath", "tasklist.contextPath", "operate.contextPath"}) {
    at = t.user(candidate) != nullptr ? Path(candidate) : at;
  }
  t.tell("address-moved",
         {std::move(subjects), "addresses that change: " + base::join(words, "; "), at, {}});
}

// Paths of the orchestration cluster that a neighbour of the same path would answer instead.
void tell_hidden(Translation& t) {
  static constexpr std::array k_paths = {"/identity", "/operate", "/tasklist",     "/v1",    "/v2",
                                         "/api",      "/login",   "/sso-callback", "/logout"};
  if (t.result("orchestration.contextPath") == nullptr) {
    return;
  }
  const std::string context = new_context_path(t);
  const auto hosts = orchestration_hosts(t);
  for (const Neighbour& other : neighbours(t)) {
    const bool shared = std::find(hosts.begin(), hosts.end(), other.host) != hosts.end();
    const bool hides = std::any_of(k_paths.begin(), k_paths.end(),
                                   [&](const char* path) { return other.path == context + path; });
    if (!shared || !hides) {
      continue;
    }
    if (other.title == "Management Identity") {
      t.tell("identity-hides-admin",
             {{other.host + other.path, other.path, "identity.contextPath"},
              fmt::format("Management Identity at {}{} hides the admin UI of the orchestration "
                          "cluster, which has the same address",
                          other.host, other.path),
              "identity.contextPath",
              {}});
    } else {
      t.tell("path-hidden", {{other.host + other.path, other.path},
                             fmt::format("{} at {}{} hides the page of the orchestration cluster "
                                         "that has the same address",
                                         other.title, other.host, other.path),
                             {},
                             {}});
    }
  }
}

// One context path makes everything below it reachable, also what 8.7's Ingress left out.
void tell_exposed(Translation& t) {
  if (!t.on("global.ingress.enabled") || t.result("orchestration.contextPath") == nullptr) {
    return;
  }
  const std::string site = host_of(t, "global.ingress") + shown_path(new_context_path(t));
  std::vector<std::string> names;
  for (const FormerApp& app : former_apps(t)) {
    if (app.on && !app.served && !had_own_ingress(t, app.key)) {
      names.push_back(app.title);
    }
  }
  if (names.empty()) {
    return;
  }
  const bool open = !t.on("global.identity.auth.enabled");
  t.tell(open ? "newly-reachable-open" : "newly-reachable",
         {{site},
          fmt::format("{} can be reached at {} now; 8.7's Ingress did not lead there",
                      base::enumerate(names), site),
          {},
          {}});
}

// 8.7 left Management Identity out of the combined Ingress when it had one of its own.
void tell_identity_exposed(Translation& t) {
  const std::string path = t.text("identity.contextPath");
  if (!t.on("global.ingress.enabled") || t.on("global.ingress.external") || path.empty() ||
      !had_own_ingress(t, "identity")) {
    return;
  }
  const std::string site = host_of(t, "global.ingress") + path;
  t.tell("newly-reachable",
         {{site, "identity.contextPath"},
          fmt::format("Management Identity can be reached at {} as well now; 8.7 left it out of "
                      "the combined Ingress because it had one of its own",
                      site),
          "identity.contextPath",
          {}});
}

// Who serves Operate or Tasklist without the chart's Ingress names their Services.
void tell_own_routes(Translation& t) {
  const bool by_chart = t.on("global.ingress.enabled") && !t.on("global.ingress.external");
  std::vector<std::string> services;
  for (const FormerApp& app : former_apps(t)) {
    if (app.served && !app.suffix.empty() && !by_chart && !had_own_ingress(t, app.key)) {
      services.push_back(former_service(t, app.key));
    }
  }
  if (services.empty()) {
    return;
  }
  const std::string message =
      fmt::format("the Service{} {} {} gone: routes of your own must lead to {}:{}{}",
                  services.size() > 1 ? "s" : "", base::enumerate(services),
                  services.size() > 1 ? "are" : "is", gateway_service(t),
                  new_effective(t, "orchestration.service.httpPort").plain(), new_context_path(t));
  t.tell("own-route", {std::move(services), message, "operate.contextPath", {}});
}

void tell_empty_ingress(Translation& t) {
  if (!t.on("global.ingress.enabled") || t.on("global.ingress.external") ||
      !new_context_path(t).empty() || t.result("orchestration.contextPath") != nullptr) {
    return;
  }
  const std::string host = host_of(t, "global.ingress");
  const auto others = neighbours(t);
  const bool some = std::any_of(others.begin(), others.end(), [&](const Neighbour& other) {
    return other.host == host && other.title != "the gRPC Ingress";
  });
  if (!some) {
    t.tell("ingress-without-paths",
           {{"global.ingress.enabled", "orchestration.contextPath"}, {}, "global.ingress", {}});
  }
}

}  // namespace

void tell_addresses(Translation& t) {
  tell_identity_exposed(t);
  if (!t.on("zeebe.enabled")) {
    return;
  }
  tell_moved(t);
  tell_hidden(t);
  tell_exposed(t);
  tell_own_routes(t);
  tell_empty_ingress(t);
}

}  // namespace decisions
