#include "kube/connection.hpp"

#include "base/strings.hpp"
#include "kube/kubeconfig.hpp"

#include <algorithm>
#include <cstdlib>

namespace kube {
namespace {

using values::Value;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

// Helm 4 gives every group twice when a plugin runs.
std::vector<std::string> groups(const std::string& text) {
  std::vector<std::string> names;
  for (const std::string_view name : base::split(text, ',')) {
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) {
      names.emplace_back(name);
    }
  }
  return names;
}

// The map under `key` of the first entry of `list`, or an empty one.
Value first_of(const Value& config, std::string_view list, std::string_view key) {
  const Value* entries = config.find(list);
  if (entries == nullptr || entries->items().empty()) {
    return Value::map();
  }
  const Value* inner = entries->items().front().find(key);
  return inner != nullptr && inner->is_map() ? *inner : Value::map();
}

Value cluster(Value cluster, const Connection& words) {
  if (!words.api_server.empty()) {
    cluster["server"] = Value::text(words.api_server);
  }
  if (!words.ca_file.empty()) {
    cluster["certificate-authority"] = Value::text(words.ca_file);
    cluster.erase("certificate-authority-data");
    cluster.erase("insecure-skip-tls-verify");
  }
  if (!words.tls_server_name.empty()) {
    cluster["tls-server-name"] = Value::text(words.tls_server_name);
  }
  if (words.insecure) {
    // A kubeconfig with both is refused.
    cluster["insecure-skip-tls-verify"] = Value::boolean(true);
    cluster.erase("certificate-authority");
    cluster.erase("certificate-authority-data");
  }
  return cluster;
}

Value user(Value user, const Connection& words) {
  if (!words.token.empty()) {
    user["token"] = Value::text(words.token);
    for (const char* other : {"tokenFile", "exec", "auth-provider", "username", "password"}) {
      user.erase(other);
    }
  }
  if (!words.as_user.empty()) {
    user["as"] = Value::text(words.as_user);
  }
  if (!words.as_groups.empty()) {
    Value names = Value::list();
    for (const std::string& name : words.as_groups) {
      names.items().push_back(Value::text(name));
    }
    user["as-groups"] = std::move(names);
  }
  return user;
}

}  // namespace

bool Connection::needs_kubeconfig() const {
  return !api_server.empty() || !token.empty() || !as_user.empty() || !as_groups.empty() ||
         !ca_file.empty() || !tls_server_name.empty() || insecure;
}

Connection connection_from_environment() {
  Connection words;
  words.context = environment("HELM_KUBECONTEXT");
  words.api_server = environment("HELM_KUBEAPISERVER");
  words.token = environment("HELM_KUBETOKEN");
  words.as_user = environment("HELM_KUBEASUSER");
  words.as_groups = groups(environment("HELM_KUBEASGROUPS"));
  words.ca_file = environment("HELM_KUBECAFILE");
  words.tls_server_name = environment("HELM_KUBETLS_SERVER_NAME");
  const std::string insecure = base::lower(environment("HELM_KUBEINSECURE_SKIP_TLS_VERIFY"));
  words.insecure = insecure == "true" || insecure == "1";
  return words;
}

Value overlay(const Value& kubeconfig, const Connection& words) {
  return kubeconfig_of("helm", cluster(first_of(kubeconfig, "clusters", "cluster"), words),
                       user(first_of(kubeconfig, "users", "user"), words),
                       first_of(kubeconfig, "contexts", "context"));
}

}  // namespace kube
