#include "decisions/authentication_parts.hpp"
#include "decisions/secret_forms_parts.hpp"
#include "decisions/secret_names.hpp"
#include "rules/translation.hpp"

#include <fmt/format.h>

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

const Path k_mode("connectors.inbound.mode");
const Path k_method("connectors.security.authentication.method");
const Path k_users("orchestration.security.initialization.users");

// One client for all: it gets the role that 8.8 gives the default one.
void decide_client(Translation& t, const Login& login) {
  const Path at("global.identity.auth.connectors.clientId");
  const Path to("connectors.security.authentication.oidc.clientId");
  const Value* mine = t.user(at);
  if (mine == nullptr) {
    return;
  }
  const std::string client = evaluated(t, mine->plain());
  if (client.find("{{") != std::string::npos) {
    t.tell("client-template", {{at.text()}, {}, at, {}});
  }
  t.put(to, written(client, mine->origin));
  t.claim(at, FateKind::moved, {to}, "connectors-client");
  if (login.oidc && login.orchestration && client != "connectors" && !client.empty()) {
    t.pin("orchestration.security.initialization.defaultRoles.connectors.clients",
          text_list({client}), "connectors-role");
  }
}

// Connectors logged in at Operate as user `connectors`; in 8.8 as the first user of this list.
void decide_password(Translation& t, const Login& login) {
  const Path at("connectors.inbound.auth.existingSecret");
  const std::string password = t.text(at);
  if (password.empty() || login.oidc || t.text(k_mode) != "credentials" ||
      t.result(k_users) != nullptr) {
    t.drop("connectors.inbound.auth", "connectors-password");
    return;
  }
  Value users = t.catalogue().new_default(k_users);
  if (users.is_list() && !users.items().empty()) {
    users.items().front()["password"] = written(password, t.user(at)->origin);
  }
  t.set(k_users, std::move(users));
  t.claim(at, FateKind::converted, {k_users.at(0).key("password")}, "connectors-password");
  tell_plain(t, at, t.request().release + "-connectors-auth-credentials");
  t.drop("connectors.inbound.auth", "connectors-password");
}

void decide_mode(Translation& t, const Login& login) {
  const Value* mine = t.user(k_mode);
  if (mine == nullptr) {
    return;
  }
  const std::string mode = mine->plain();
  if (mode == "disabled") {
    // Written by the environment's decision, which puts connectors' variables together.
    t.claim(k_mode, FateKind::converted, {"connectors.env"}, "connectors-inbound-off");
    return;
  }
  if (login.oidc && mode == "credentials" && t.on("connectors.enabled")) {
    t.tell("connectors-login", {{k_mode.text()}, {}, k_mode, {}});
  }
  t.put(k_method, written(login.oidc ? "oidc" : "basic", mine->origin));
  t.claim(k_mode, FateKind::converted, {k_method}, "connectors-method");
}

}  // namespace

void decide_connectors(Translation& t, const Login& login) {
  decide_client(t, login);
  decide_password(t, login);
  decide_mode(t, login);
  t.drop("connectors.inbound", "connectors-method");
}

void decide_basic(Translation& t, const Login& login) {
  if (login.oidc || !login.orchestration) {
    return;
  }
  const Path unprotected("orchestration.security.authentication.unprotectedApi");
  const Path authorizations("orchestration.security.authorizations.enabled");
  t.pin(unprotected, Value::boolean(true), "open-api");
  t.pin(authorizations, Value::boolean(false), "open-api");
  t.tell("open-api", {{unprotected.text(), authorizations.text(), k_users.text()}, {}, {}, {}});
}

}  // namespace decisions
