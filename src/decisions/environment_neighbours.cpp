#include "base/strings.hpp"
#include "decisions/environment_parts.hpp"
#include "rules/translation.hpp"

#include <algorithm>

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

const Path k_login("connectors.security.authentication.oidc");

// The secret as the new form wants it, or null when the variable has it from anywhere else.
Value secret_of(const Variable& variable) {
  Value secret = Value::map();
  if (variable.plain()) {
    secret["inlineSecret"] = Value::text(variable.text());
  } else if (const Value* key = values::find(variable.item, "valueFrom.secretKeyRef");
             key != nullptr && key->find("name") != nullptr && key->find("key") != nullptr) {
    secret["existingSecret"] = Value::text(key->find("name")->plain());
    secret["existingSecretKey"] = Value::text(key->find("key")->plain());
  } else {
    return {};
  }
  values::set_origin(secret, variable.item.origin);
  return secret;
}

void decide_login(Environment& environment, const Variable& variable, const std::string& field) {
  Translation& t = environment.translation();
  const bool operate = variable.name.starts_with("OPERATE");
  const Path to = k_login.key(field);
  if (!t.on("global.identity.auth.enabled")) {
    environment.keep(variable, variable.name, "env-kept");
    return;
  }
  if (operate && t.result(to) != nullptr) {
    environment.drop_and_tell(variable, "env-connectors-operate");  // the other client's
    return;
  }
  Value value = field == "secret" ? secret_of(variable) : Value::text(variable.text());
  if (value.is_null() || (field != "secret" && !variable.plain())) {
    environment.keep(variable, variable.name, "env-kept");
    return;
  }
  value.origin = variable.item.origin;
  t.set(to, value);
  environment.moved(variable, {to}, "env-connectors-login");
  if (field == "clientId") {
    Value clients = Value::list({value});
    t.pin("orchestration.security.initialization.defaultRoles.connectors.clients",
          std::move(clients), "connectors-role");
  }
}

void decide_modeler_login(Environment& environment, const Variable& variable) {
  const std::string value = variable.text();
  Variable changed = variable;
  if (value == "OAUTH" || value == "CLIENT_CREDENTIALS") {
    changed.item["value"] = Value::text("BEARER_TOKEN");
    environment.collect(variable, "env-modeler-clusters");
  }
  environment.keep(changed, changed.name, "env-modeler-clusters");
}

}  // namespace

// Chart 12.x gave Connectors the brokers' client: who replaced one half of it kept the other.
void complete_connectors_login(Translation& t, const std::vector<Variable>& variables) {
  if (!t.on("global.identity.auth.enabled")) {
    return;
  }
  const auto gives = [&](std::string_view half) {
    return std::any_of(variables.begin(), variables.end(), [half](const Variable& variable) {
      return rules::same_variable(half, variable.name);
    });
  };
  const bool client = gives("CAMUNDA_CLIENT_AUTH_CLIENTID");
  const bool secret = gives("CAMUNDA_CLIENT_AUTH_CLIENTSECRET");
  if (client && !secret) {
    if (const Value* brokers = t.result("orchestration.security.authentication.oidc.secret")) {
      t.set(k_login.key("secret"), *brokers);
    }
  } else if (secret && !client) {
    t.set(k_login.key("clientId"), t.effective("global.identity.auth.zeebe.clientId"));
  }
}

bool decide_neighbour_variable(Environment& environment, const Variable& variable) {
  const std::string name(variable.rule->target);
  if (name.starts_with("connectors-")) {
    decide_login(environment, variable, name.substr(name.find('-') + 1));
    return true;
  }
  if (name == "modeler-authentication") {
    decide_modeler_login(environment, variable);
    return true;
  }
  return false;
}

// Chart 12.x took a boolean false for "not set", so only the text "false" switched it off.
void decide_play(Translation& t) {
  const Path at("webModeler.webapp.playEnabled");
  const Value* mine = t.user(at);
  if (mine == nullptr) {
    return;
  }
  if (mine->is_text() && mine->plain() == "false" && t.on("webModeler.enabled")) {
    t.tell("play-on", {{at.text()}, {}, at, {}});
  }
  t.drop(at, "play-enabled");
}

}  // namespace decisions
