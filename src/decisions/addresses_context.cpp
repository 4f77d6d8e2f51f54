#include "decisions/addresses_parts.hpp"
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

constexpr const char* k_target = "orchestration.contextPath";

// The context path under which 8.8 serves the app where 8.7 had it, if there is one.
std::optional<std::string> that_keeps(const FormerApp& app) {
  if (!app.on || app.suffix.empty() || !app.path.ends_with(app.suffix)) {
    return {};
  }
  return app.path.substr(0, app.path.size() - app.suffix.size());
}

// Without a wish about Operate and Tasklist the REST API keeps its place.
std::string wish(const std::vector<FormerApp>& apps) {
  for (const FormerApp& app : apps) {
    if (const auto keeps = that_keeps(app)) {
      return *keeps;
    }
  }
  const auto gateway = std::find_if(apps.begin(), apps.end(),
                                    [](const FormerApp& app) { return app.suffix.empty(); });
  if (gateway != apps.end() && gateway->on && !gateway->path.empty()) {
    return gateway->path;
  }
  const bool elsewhere = std::any_of(
      apps.begin(), apps.end(), [](const FormerApp& app) { return app.on && !app.path.empty(); });
  return elsewhere ? "/orchestration" : "";
}

bool is_taken(const Translation& t, const std::string& path) {
  const auto hosts = orchestration_hosts(t);
  const auto others = neighbours(t);
  return std::any_of(others.begin(), others.end(), [&](const Neighbour& other) {
    return other.path == path && std::find(hosts.begin(), hosts.end(), other.host) != hosts.end();
  });
}

std::string choose(const Translation& t, const std::vector<FormerApp>& apps) {
  const std::string wanted = wish(apps);
  for (const char* path : {wanted.c_str(), "/orchestration", "/orchestration-cluster"}) {
    if (!is_taken(t, path)) {
      return path;
    }
  }
  return wanted;
}

bool reached_by_ingress(const Translation& t, const std::vector<FormerApp>& apps) {
  return std::any_of(apps.begin(), apps.end(), [&](const FormerApp& app) {
    return app.served || had_own_ingress(t, app.key);
  });
}

void claim_former(Translation& t, const std::vector<FormerApp>& apps) {
  const bool given = t.result(k_target) != nullptr;
  for (const FormerApp& app : apps) {
    const Path at = Path(app.key).key("contextPath");
    if (given && app.on && !t.text(at).empty()) {
      t.claim(at, FateKind::merged, {k_target}, "context-path");
    } else {
      t.drop(at, "context-path");
    }
  }
}

}  // namespace

void decide_context_path(Translation& t) {
  const auto apps = former_apps(t);
  const bool cluster = t.on("zeebe.enabled");
  if (t.request().context_path) {
    const std::string path = normal_path(*t.request().context_path);
    t.claim(k_target, FateKind::converted, {k_target}, "context-path");
    t.set(k_target, Value::text(shown_path(path)));
  } else if (t.result(k_target) == nullptr && cluster && reached_by_ingress(t, apps)) {
    const std::string path = choose(t, apps);
    const bool had_one =
        std::any_of(apps.begin(), apps.end(), [](const FormerApp& app) { return app.served; });
    if (!path.empty() || had_one) {
      t.set(k_target, Value::text(shown_path(path)));
    }
  }
  claim_former(t, apps);
}

}  // namespace decisions
