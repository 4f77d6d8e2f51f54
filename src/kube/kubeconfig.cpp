#include "kube/kubeconfig.hpp"

#include <utility>

namespace kube {
namespace {

using values::Value;

Value named(const std::string& name, std::string_view key, Value inner) {
  Value entry = Value::map();
  entry["name"] = Value::text(name);
  entry[key] = std::move(inner);
  return Value::list({std::move(entry)});
}

}  // namespace

Value kubeconfig_of(const std::string& name, Value cluster, Value user, Value context) {
  context["cluster"] = Value::text(name);
  context["user"] = Value::text(name);
  Value config = Value::map();
  config["apiVersion"] = Value::text("v1");
  config["kind"] = Value::text("Config");
  config["current-context"] = Value::text(name);
  config["clusters"] = named(name, "cluster", std::move(cluster));
  config["users"] = named(name, "user", std::move(user));
  config["contexts"] = named(name, "context", std::move(context));
  return config;
}

}  // namespace kube
