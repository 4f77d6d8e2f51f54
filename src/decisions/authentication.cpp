#include "decisions/authentication.hpp"

#include "base/strings.hpp"
#include "decisions/authentication_parts.hpp"
#include "rules/translation.hpp"

namespace decisions {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

Login login_of(const Translation& t) {
  Login out;
  out.oidc = t.on("global.identity.auth.enabled");
  out.type = t.text("global.identity.auth.type");
  out.keycloak = out.type == "KEYCLOAK";
  out.identity = t.on("identity.enabled");
  out.orchestration = t.on("zeebe.enabled");
  return out;
}

Value text_list(const std::vector<std::string>& texts) {
  Value out = Value::list();
  for (const std::string& text : texts) {
    out.items().push_back(Value::text(text));
  }
  return out;
}

namespace {

// Tasklist's own restrictions: told to who asked for them by name.
void decide_task_restrictions(Translation& t) {
  const Path at("tasklist.identity.userAccessRestrictions.enabled");
  const Value* mine = t.user(at);
  if (mine != nullptr && mine->truthy()) {
    t.tell("task-restrictions-gone", {{at.text()}, {}, at, {}});
  }
  t.drop("tasklist.identity", "task-restrictions");
}

void decide_keycloak_alone(Translation& t, const Login& login) {
  if (login.identity || !t.on("identityKeycloak.enabled")) {
    return;
  }
  const bool asked = t.user("identityKeycloak.enabled") != nullptr && login.oidc;
  t.tell(asked ? "keycloak-without-identity" : "keycloak-goes",
         {{"identityKeycloak.enabled", "keycloak", "postgresql"}, {}, "identityKeycloak", {}});
  t.set("identityKeycloak.enabled", Value::boolean(false));
  t.claim("identityKeycloak.enabled", FateKind::converted, {"identityKeycloak.enabled"},
          "keycloak-goes");
}

void decide_components_without_identity(Translation& t, const Login& login) {
  if (login.identity || t.on("global.identity.service.url")) {
    return;
  }
  for (const char* component : {"console", "webModeler"}) {
    const Path at = Path(component).key("enabled");
    if (t.on(at)) {
      t.tell("needs-identity", {{at.text()}, {}, at, {}});
    }
  }
}

}  // namespace

void decide_authentication(Translation& t) {
  const Login login = login_of(t);
  decide_provider(t, login);
  const std::string redirect = decide_redirect(t, login);
  decide_orchestration_client(t, login, redirect);
  decide_connectors(t, login);
  decide_basic(t, login);
  decide_roles(t, login);
  decide_modeler_clusters(t);
  decide_task_restrictions(t);
  decide_keycloak_alone(t, login);
  decide_components_without_identity(t, login);
  decide_identity_migration(t, login);
  // Keys of these clients that chart 12.x never read.
  for (const char* client : {"zeebe", "operate", "tasklist", "connectors", "console", "admin"}) {
    const Path at = Path("global.identity.auth").key(client);
    for (const Path& leaf : t.unclaimed(at)) {
      if (!t.catalogue().old_knows(leaf)) {
        t.drop(leaf, "unread-client-key");
      }
    }
  }
}

}  // namespace decisions
