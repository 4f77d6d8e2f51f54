#include "decisions/authentication_parts.hpp"
#include "decisions/secret_forms_parts.hpp"
#include "decisions/secret_names.hpp"
#include "rules/translation.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

const Path k_auth("global.identity.auth");
const Path k_oidc("orchestration.security.authentication.oidc");

std::string or_else(std::string text, std::string_view otherwise) {
  return text.empty() ? std::string(otherwise) : text;
}

// Tokens that were made out to any of the three keep working.
void decide_audiences(Translation& t) {
  const Path to = k_oidc.key("backwardsCompatibleAudiences");
  Value list = Value::list();
  for (const char* component : {"operate", "tasklist", "zeebe"}) {
    const Path at = k_auth.key(component).key("audience");
    const Value* mine = t.user(at);
    Value item = Value::text(or_else(t.text(at), std::string(component) + "-api"));
    if (mine != nullptr) {
      item.origin = mine->origin;
    }
    if (std::find(list.items().begin(), list.items().end(), item) == list.items().end()) {
      list.items().push_back(std::move(item));
    }
    t.claim(at, FateKind::merged, {to}, "audiences");
  }
  t.pin(to, std::move(list), "audiences");
}

void put_or_pin(Translation& t, const Path& from, const Path& to, std::string text,
                std::string_view rule) {
  const Value* mine = t.user(from);
  if (mine != nullptr && !mine->is_null()) {
    t.put(to, written(std::move(text), mine->origin));
  } else {
    t.pin(to, Value::text(std::move(text)), rule);
  }
}

std::string carried(Translation& t, const Path& at, std::string_view otherwise) {
  const std::string text = or_else(t.text(at), otherwise);
  const std::string plain = evaluated(t, text);
  if (plain.find("{{") != std::string::npos) {
    t.tell("client-template", {{at.text()}, {}, at, {}});
  }
  return plain;
}

// Who logs people in: with Keycloak and Management Identity the client that Identity of 8.8 makes
// for it, else the one that 8.7 had, which has to learn to.
void carry_client(Translation& t, const Login& login, const std::string& redirect) {
  const Path at = k_auth.key("zeebe").key("clientId");
  const Path to = k_oidc.key("clientId");
  const std::string client = carried(t, at, "zeebe");
  put_or_pin(t, at, to, client, "orchestration-client");
  t.claim(at, FateKind::converted, {to}, "orchestration-client");
  // In one layer of several the host may be missing.
  const std::string whole = evaluated(t, redirect);
  const std::string address =
      (whole.find(":///") == std::string::npos ? whole : redirect) + "/sso-callback";
  std::vector<std::string> subjects = {client, address, to.text()};
  // With one client for everything, people logged in through it before.
  const bool known = t.text(k_auth.key("operate").key("clientId")) == client ||
                     t.text(k_auth.key("tasklist").key("clientId")) == client;
  std::string message =
      known ? fmt::format("The provider must allow the client {} a new redirect URI, {}", client,
                          address)
            : fmt::format(
                  "People log in through the client {} now, which only machines used "
                  "before: the provider must allow it the authorization code flow "
                  "(\"Standard flow\") and the redirect URI {}",
                  client, address);
  if (!login.keycloak && login.type != "MICROSOFT") {
    subjects.push_back(k_oidc.key("usernameClaim").text());
    subjects.push_back(k_oidc.key("clientIdClaim").text());
    message +=
        ". Names are read from the claims preferred_username (people) and client_id (clients); set "
        "usernameClaim and clientIdClaim if its tokens have others";
  }
  t.tell("standard-flow", {std::move(subjects), std::move(message), at, {}});
}

void decide_entra_claims(Translation& t) {
  t.pin(k_oidc.key("clientIdClaim"), Value::text("azp"), "entra-claims");
  t.pin(k_oidc.key("preferUsernameClaim"), Value::boolean(true), "entra-claims");
  const std::string scope = t.text(k_auth.key("zeebe").key("tokenScope"));
  if (!scope.empty()) {
    t.pin(k_oidc.key("scope"), text_list({"openid", "profile", "offline_access", scope}),
          "entra-claims");
  }
}

// Web applications had clients of their own; nobody asks for them any more.
void drop_webapp_clients(Translation& t) {
  for (const char* component : {"operate", "tasklist"}) {
    const Path at = k_auth.key(component);
    t.drop(at.key("clientId"), "webapp-client");
    t.drop(at.key("audience"), "webapp-client");
  }
}

}  // namespace

void decide_orchestration_client(Translation& t, const Login& login, const std::string& redirect) {
  const Path zeebe = k_auth.key("zeebe");
  const Path scope = zeebe.key("tokenScope");
  const Path connectors_scope("connectors.security.authentication.oidc.tokenScope");
  if (t.user(scope) != nullptr) {
    t.move(scope, connectors_scope, "token-scope");
  }
  if (!login.oidc || !login.orchestration) {
    t.drop(zeebe.key("clientId"), "orchestration-client");
    t.drop(zeebe.key("audience"), "orchestration-client");
    drop_webapp_clients(t);
    return;
  }
  if (!login.keycloak) {
    put_or_pin(t, zeebe.key("audience"), k_oidc.key("audience"),
               or_else(t.text(zeebe.key("audience")), "zeebe-api"), "orchestration-client");
  }
  decide_audiences(t);
  const bool made_by_identity = login.keycloak && login.identity;
  if (made_by_identity && or_else(t.text(zeebe.key("clientId")), "zeebe") == "zeebe") {
    t.drop(zeebe.key("clientId"), "orchestration-client");
  } else {
    carry_client(t, login, redirect);
  }
  if (login.type == "MICROSOFT") {
    decide_entra_claims(t);
  }
  drop_webapp_clients(t);
}

}  // namespace decisions
