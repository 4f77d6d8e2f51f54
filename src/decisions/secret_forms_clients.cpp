// The passwords of the clients by which components log in at the identity provider.
#include "decisions/secret_forms_parts.hpp"
#include "decisions/secret_names.hpp"
#include "rules/translation.hpp"

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

struct Client {
  std::string_view name;         // below global.identity.auth
  std::string_view default_key;  // of 8.7
  std::string_view to;           // the new form
  const char* user;              // the switch of the component that uses it
};

constexpr Client k_clients[] = {
    {"zeebe", "zeebe-secret", "orchestration.security.authentication.oidc.secret", "zeebe.enabled"},
    {"connectors", "connectors-secret", "connectors.security.authentication.oidc.secret",
     "connectors.enabled"},
    {"optimize", "optimize-secret", "global.identity.auth.optimize.secret", "optimize.enabled"},
};

void claim_fields(Translation& t, const Path& at, FateKind kind, std::vector<Path> to,
                  std::string_view rule) {
  t.claim(at.key("existingSecret"), kind, to, rule);
  t.claim(at.key("existingSecretKey"), kind, to, rule);
}

void decide_client(Translation& t, const Client& client) {
  const Path at = Path("global.identity.auth").key(client.name);
  const Path to(client.to);
  const bool used = t.on("global.identity.auth.enabled") && t.on(client.user);
  const Secret secret =
      given_secret(t, at.key("existingSecret"), "existingSecretKey", client.default_key);
  if (answered(t, to, secret.origin)) {
    if (secret.form != SecretForm::none) {
      t.tell("overruled", {{at.key("existingSecret").text()}, {}, at.key("existingSecret"), {}});
    }
    claim_fields(t, at, FateKind::dropped, {}, "overruled");
    return;
  }
  switch (secret.form) {
    case SecretForm::name:
      refer(t, to, secret);
      claim_fields(t, at, FateKind::converted,
                   {to.key("existingSecret"), to.key("existingSecretKey")}, "client-secret");
      break;
    case SecretForm::plain:
      t.put(to.key("inlineSecret"), written(secret.text, secret.origin));
      t.claim(at.key("existingSecret"), FateKind::converted, {to.key("inlineSecret")},
              "client-secret");
      t.drop(at.key("existingSecretKey"), "client-secret");
      if (used) {
        tell_plain(t, at.key("existingSecret"), client_secret_name(t, client.name));
      }
      break;
    case SecretForm::none:
      if (used) {
        keep_generated(t, to, client_secret_name(t, client.name), secret.key,
                       client.name == "zeebe" ? "orchestration" : std::string(client.name));
      }
      claim_fields(t, at, used ? FateKind::converted : FateKind::dropped,
                   used ? std::vector<Path>{to.key("existingSecretKey")} : std::vector<Path>{},
                   "client-secret");
      break;
  }
}

// Management Identity's own client: with Keycloak it makes its client itself, and both charts
// refuse a password.
void decide_identity_client(Translation& t) {
  const Path at("global.identity.auth.identity");
  const Path to = at.key("secret");
  const Secret secret =
      given_secret(t, at.key("existingSecret"), "existingSecretKey", "identity-secret");
  const bool keycloak = t.text("global.identity.auth.type") == "KEYCLOAK";
  if (keycloak || secret.form == SecretForm::none || answered(t, to, secret.origin)) {
    claim_fields(t, at, FateKind::dropped, {}, "identity-client-secret");
    return;
  }
  if (secret.form == SecretForm::name) {
    refer(t, to, secret);
    claim_fields(t, at, FateKind::converted,
                 {to.key("existingSecret"), to.key("existingSecretKey")}, "identity-client-secret");
    return;
  }
  t.put(to.key("inlineSecret"), written(secret.text, secret.origin));
  t.claim(at.key("existingSecret"), FateKind::converted, {to.key("inlineSecret")},
          "identity-client-secret");
  t.drop(at.key("existingSecretKey"), "identity-client-secret");
}

// With this switch 13.x refuses a text where 12.x took it.
void allow_texts(Translation& t) {
  const Path strict("global.testDeprecationFlags.existingSecretsMustBeSet");
  if (t.text(strict) != "error") {
    return;
  }
  for (const char* secret :
       {"orchestration.security.authentication.oidc.secret",
        "connectors.security.authentication.oidc.secret", "global.identity.auth.identity.secret"}) {
    if (t.result(Path(secret).key("inlineSecret")) != nullptr) {
      t.set(strict, Value::text("warning"));
      t.claim(strict, FateKind::converted, {strict}, "client-secret");
    }
  }
}

}  // namespace

void decide_client_secrets(Translation& t) {
  for (const Client& client : k_clients) {
    decide_client(t, client);
  }
  decide_identity_client(t);
  for (const char* component : {"operate", "tasklist", "console"}) {
    claim_fields(t, Path("global.identity.auth").key(component), FateKind::dropped, {},
                 "webapp-client");
  }
  allow_texts(t);
}

}  // namespace decisions
