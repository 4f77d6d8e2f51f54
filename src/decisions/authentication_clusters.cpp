#include "decisions/authentication_parts.hpp"
#include "rules/translation.hpp"

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

// The browser's address of the web applications, from the one that Operate or Tasklist had;
// in-cluster names mean nothing to a browser.
std::string web_app(const Value& url) {
  for (const char* component : {"operate", "tasklist"}) {
    const Value* old = url.find(component);
    std::string address = old == nullptr ? std::string() : old->plain();
    const std::string path = std::string("/") + component;
    while (address.ends_with('/')) {
      address.pop_back();
    }
    const bool outside =
        address.find('.') != std::string::npos && address.find(".svc") == std::string::npos;
    if (outside && address.ends_with(path)) {
      return address.substr(0, address.size() - path.size());
    }
  }
  return {};
}

bool rename_urls(Value& cluster) {
  Value* url = cluster.find("url");
  if (url == nullptr || !url->is_map()) {
    return false;
  }
  bool changed = false;
  const std::string outside = web_app(*url);
  if (const Value* zeebe = url->find("zeebe"); zeebe != nullptr && zeebe->is_map()) {
    const Value old = *zeebe;
    url->erase("zeebe");
    for (const auto& [key, value] : old.entries()) {
      if (url->find(key) == nullptr) {
        (*url)[key] = value;
      }
    }
    changed = true;
  }
  if (!outside.empty() && url->find("web-app") == nullptr) {
    (*url)["web-app"] = Value::text(outside);
  }
  changed = url->erase("operate") || changed;
  return url->erase("tasklist") || changed;
}

bool rename_authentication(Value& cluster) {
  Value* method = cluster.find("authentication");
  const std::string name = method == nullptr ? std::string() : method->plain();
  if (name != "OAUTH" && name != "CLIENT_CREDENTIALS") {
    return false;
  }
  const values::Origin origin = method->origin;
  *method = Value::text("BEARER_TOKEN");
  method->origin = origin;
  cluster.erase("oauth");
  return true;
}

}  // namespace

void decide_modeler_clusters(Translation& t) {
  const Path at("webModeler.restapi.clusters");
  const Value* mine = t.user(at);
  if (mine == nullptr || !mine->is_list() || mine->items().empty()) {
    t.move(at, at, "modeler-clusters");
    return;
  }
  Value list = *mine;
  std::vector<std::string> changed = {at.text()};
  for (Value& cluster : list.items()) {
    const bool urls = rename_urls(cluster);
    if (rename_authentication(cluster) || urls) {
      const Value* id = cluster.find("id");
      changed.push_back(id == nullptr ? "?" : id->plain());
    }
  }
  t.put(at, std::move(list));
  t.claim(at, changed.size() > 1 ? FateKind::converted : FateKind::kept, {at}, "modeler-clusters");
  if (changed.size() > 1) {
    t.tell("modeler-clusters-changed", {std::move(changed), {}, at, {}});
  }
}

}  // namespace decisions
