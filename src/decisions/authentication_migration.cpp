#include "decisions/authentication_parts.hpp"
#include "rules/translation.hpp"

#include <fmt/format.h>

namespace decisions {
namespace {

using rules::Switch;
using rules::Translation;
using values::Path;
using values::Value;

const Path k_migration("orchestration.migration.identity");
constexpr const char* k_secret = "c8upgrade-identity-migration";
constexpr const char* k_key = "client-secret";

bool decided_by_user(const Translation& t) {
  return t.result(k_migration.key("enabled")) != nullptr;
}

bool has_secret(const Translation& t) {
  const Path secret = k_migration.key("secret");
  return t.result(secret.key("existingSecret")) != nullptr ||
         t.result(secret.key("inlineSecret")) != nullptr;
}

bool authorizations_on(const Translation& t) {
  const Value* own = t.result("orchestration.security.authorizations.enabled");
  return own == nullptr || own->truthy();
}

void switch_on(Translation& t) {
  t.pin(k_migration.key("enabled"), Value::boolean(true), "identity-migration");
  t.plan().identity_migration = true;
}

void migrate_from_keycloak(Translation& t) {
  switch_on(t);
  if (has_secret(t)) {
    return;
  }
  const Path secret = k_migration.key("secret");
  t.pin(secret.key("existingSecret"), Value::text(k_secret), "identity-migration-secret");
  t.pin(secret.key("existingSecretKey"), Value::text(k_key), "identity-migration-secret");
  t.plan().makes_migration_secret = true;
  if (!t.request().live) {
    t.tell("identity-migration-secret",
           {{k_secret, fmt::format("{}/{}", k_secret, k_key)}, {}, {}, {}});
  }
}

std::vector<std::string> missing_flags(const Translation& t) {
  const auto& client = t.request().migration_client;
  std::vector<std::string> out;
  if (client.client_id.empty() && t.result(k_migration.key("clientId")) == nullptr) {
    out.push_back("--identity-migration-client-id");
  }
  if (client.secret_name.empty() && !has_secret(t)) {
    out.push_back("--identity-migration-secret");
  }
  if (client.claim_value.empty() && t.result(k_migration.key("claimValue")) == nullptr) {
    out.push_back("--identity-migration-claim");
  }
  return out;
}

void pin_text(Translation& t, const char* key, const std::string& text) {
  if (!text.empty()) {
    t.pin(k_migration.key(key), Value::text(text), "identity-migration");
  }
}

// The Job looks rights up by audience, and the chart tells it one for all three applications.
void tell_job_audiences(Translation& t) {
  const base::Version first{13, 2, 2, {}};
  const Value* own = t.result("orchestration.security.authentication.oidc.audience");
  const std::string zeebe = own == nullptr ? std::string() : own->plain();
  Value list = Value::list();
  for (const auto& [component, name] :
       {std::pair{"operate", "OPERATE"}, std::pair{"tasklist", "TASKLIST"}}) {
    std::string audience = t.text(Path("global.identity.auth").key(component).key("audience"));
    audience = audience.empty() ? std::string(component) + "-api" : audience;
    if (audience != zeebe) {
      Value item = Value::map();
      item["name"] = Value::text(fmt::format("CAMUNDA_MIGRATION_IDENTITY_OIDC_AUDIENCES_{}", name));
      item["value"] = Value::text(audience);
      list.items().push_back(std::move(item));
    }
  }
  if (!list.items().empty() && t.request().to >= first) {
    t.pin(k_migration.key("env"), std::move(list), "identity-migration-audiences");
  }
}

void migrate_from_provider(Translation& t) {
  const std::vector<std::string> missing = missing_flags(t);
  if (!missing.empty()) {
    if (!authorizations_on(t)) {
      return;
    }
    std::string flags;
    for (const std::string& flag : missing) {
      flags += (flags.empty() ? "" : ", ") + flag;
    }
    std::vector<std::string> subjects = missing;
    subjects.push_back(k_migration.text());
    t.tell(
        t.request().live ? "identity-migration-client" : "identity-migration-off",
        {std::move(subjects),
         "The rights of users and clients stay in Management Identity, and nobody would have any "
         "in 8.8: their migration needs a client of the provider (" +
             flags + ")",
         "global.identity.auth.type",
         {}});
    return;
  }
  const auto& client = t.request().migration_client;
  switch_on(t);
  pin_text(t, "clientId", client.client_id);
  pin_text(t, "claimName", client.claim_name);
  pin_text(t, "claimValue", client.claim_value);
  if (!has_secret(t)) {
    const Path secret = k_migration.key("secret");
    t.pin(secret.key("existingSecret"), Value::text(client.secret_name), "identity-migration");
    t.pin(secret.key("existingSecretKey"),
          Value::text(client.secret_key.empty() ? k_key : client.secret_key), "identity-migration");
  }
  tell_job_audiences(t);
}

}  // namespace

void decide_identity_migration(Translation& t, const Login& login) {
  if (decided_by_user(t)) {
    t.plan().identity_migration = t.result(k_migration.key("enabled"))->truthy();
    return;
  }
  const Switch wanted = t.request().identity_migration;
  const bool asked = wanted == Switch::on;
  if (!login.oidc || !login.orchestration || wanted == Switch::off ||
      (!asked && !t.request().data_migration)) {
    return;
  }
  if (!login.identity) {
    // The Job looks for Management Identity in its own release and nowhere else.
    if (asked || (t.on("global.identity.service.url") && authorizations_on(t))) {
      t.tell("identity-migration-elsewhere",
             {{k_migration.text(), "global.identity.service.url"}, {}, "global.identity", {}});
    }
    return;
  }
  if (login.keycloak) {
    migrate_from_keycloak(t);
  } else {
    migrate_from_provider(t);
  }
}

}  // namespace decisions
