#include "decisions/authentication_parts.hpp"
#include "rules/translation.hpp"

#include <algorithm>

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

const Path k_roles("orchestration.security.initialization.defaultRoles");

void add_unique(std::vector<Value>& items, Value item) {
  if (std::find(items.begin(), items.end(), item) == items.end()) {
    items.push_back(std::move(item));
  }
}

// The role of Management Identity and the one of the cluster have new names.
bool rename_roles(Value& user) {
  Value* roles = user.find("roles");
  if (roles == nullptr || !roles->is_list()) {
    return false;
  }
  std::vector<Value> renamed;
  for (Value role : roles->items()) {
    const std::string name = role.is_text() ? role.as_text() : std::string();
    const values::Origin origin = role.origin;
    if (name == "Identity") {
      role = Value::text("ManagementIdentity");
    } else if (name == "Operate" || name == "Tasklist" || name == "Zeebe") {
      role = Value::text("Orchestration");
    }
    role.origin = origin;
    add_unique(renamed, std::move(role));
  }
  const bool changed = renamed != roles->items();
  roles->items() = std::move(renamed);
  return changed;
}

bool rename_permissions(Value& client, const std::vector<std::string>& old_audiences,
                        const std::string& audience) {
  Value* permissions = client.find("permissions");
  if (permissions == nullptr || !permissions->is_list()) {
    return false;
  }
  std::vector<Value> renamed;
  for (Value permission : permissions->items()) {
    Value* server = permission.find("resourceServerId");
    if (server != nullptr && std::find(old_audiences.begin(), old_audiences.end(),
                                       server->plain()) != old_audiences.end()) {
      const values::Origin origin = server->origin;
      *server = Value::text(audience);
      server->origin = origin;
    }
    add_unique(renamed, std::move(permission));
  }
  const bool changed = renamed != permissions->items();
  permissions->items() = std::move(renamed);
  return changed;
}

template <class Change>
void rewrite_list(Translation& t, const Path& at, std::string_view rule, Change&& change) {
  const Value* mine = t.user(at);
  if (mine == nullptr || !mine->is_list()) {
    t.move(at, at, rule);
    return;
  }
  Value list = *mine;
  bool changed = false;
  for (Value& item : list.items()) {
    changed = change(item) || changed;
  }
  t.put(at, std::move(list));
  t.claim(at, changed ? FateKind::converted : FateKind::kept, {at}, rule);
}

std::vector<std::string> old_audiences(const Translation& t) {
  std::vector<std::string> out;
  for (const std::string component : {"operate", "tasklist", "zeebe"}) {
    const std::string audience =
        t.text(Path("global.identity.auth").key(component).key("audience"));
    out.push_back(audience.empty() ? component + "-api" : audience);
  }
  return out;
}

// Somebody must be able to give rights to the others: who could in 8.7 can in 8.8.
void decide_admin(Translation& t, const Login& login) {
  if (!login.oidc || !login.orchestration) {
    return;
  }
  if (login.keycloak) {
    const std::string user = t.text("identity.firstUser.username");
    if (login.identity && t.on("identity.firstUser.enabled") && !user.empty() && user != "demo") {
      t.pin(k_roles.key("admin").key("users"), text_list({user}), "admin-role");
    }
    return;
  }
  const std::string claim = t.text("global.identity.auth.identity.initialClaimName");
  const std::string value = t.text("global.identity.auth.identity.initialClaimValue");
  const Path rules("orchestration.security.initialization.mappingRules");
  if (!login.identity || claim.empty() || value.empty() || t.result(rules) != nullptr ||
      t.result(k_roles.key("admin").key("mappingRules")) != nullptr) {
    return;
  }
  Value rule = Value::map();
  rule["mappingRuleID"] = Value::text("initial-admin");
  rule["claimName"] = Value::text(claim);
  rule["claimValue"] = Value::text(value);
  t.pin(rules, Value::list({std::move(rule)}), "admin-claim");
  t.pin(k_roles.key("admin").key("mappingRules"), text_list({"initial-admin"}), "admin-claim");
}

}  // namespace

void decide_roles(Translation& t, const Login& login) {
  decide_admin(t, login);
  rewrite_list(t, "identity.users", "identity-users", rename_roles);
  const Value* own = t.result("orchestration.security.authentication.oidc.audience");
  const std::string audience = own == nullptr ? "orchestration-api" : own->plain();
  const std::vector<std::string> old = old_audiences(t);
  rewrite_list(t, "identity.clients", "identity-clients",
               [&](Value& client) { return rename_permissions(client, old, audience); });
}

}  // namespace decisions
