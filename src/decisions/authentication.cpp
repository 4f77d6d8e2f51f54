#include "decisions/authentication.hpp"

#include "base/version.hpp"
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

void decide_components_without_identity(Translation& t, const Login& login) {
  // Charts before 13.11 want it in the release itself.
  const bool elsewhere =
      t.on("global.identity.service.url") && t.request().to >= base::Version{13, 11, 0, {}};
  if (login.identity || elsewhere) {
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
  decide_components_without_identity(t, login);
  decide_identity_migration(t, login);
  // Keys of these clients that chart 12.x never read.
  for (const char* client : {"zeebe", "operate", "tasklist", "connectors"}) {
    t.drop(Path("global.identity.auth").key(client), "unread-client-key");
  }
}

}  // namespace decisions
