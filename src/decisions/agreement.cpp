#include "decisions/agreement.hpp"

#include "decisions/addresses_parts.hpp"
#include "rules/translation.hpp"
#include "values/lookup.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string>
#include <string_view>

namespace decisions {
namespace {

using rules::Translation;
using values::Path;
using values::Value;

constexpr const char* k_own_prefix = "orchestration.index.prefix";

struct Prefix {
  Path at;
  std::string text;
};

// Of the records that the legacy exporter writes.
Prefix records_prefix(const Translation& t) {
  const bool elastic = new_effective(t, "global.elasticsearch.enabled").truthy();
  const bool open = new_effective(t, "global.opensearch.enabled").truthy();
  if (!new_effective(t, "orchestration.enabled").truthy() || (!elastic && !open)) {
    return {};
  }
  const Path at = elastic ? "global.elasticsearch.prefix" : "global.opensearch.prefix";
  return {at, new_effective(t, at).plain()};
}

void check_own_prefix(Translation& t, const Prefix& records) {
  const std::string own = new_effective(t, k_own_prefix).plain();
  if (!own.empty() && (own.starts_with(records.text) || records.text.starts_with(own))) {
    t.tell("prefix-overlap", {{k_own_prefix, records.at.text()},
                              fmt::format("the index prefixes {} ({}) and {} ({}) overlap", own,
                                          k_own_prefix, records.text, records.at.text()),
                              records.at,
                              {}});
  }
  static constexpr std::array k_reserved = {"camunda", "operate", "tasklist"};
  if (own.empty() &&
      std::find(k_reserved.begin(), k_reserved.end(), records.text) != k_reserved.end()) {
    t.tell("prefix-reserved", {{records.at.text()}, {}, records.at, {}});
  }
}

// Optimize knows its own prefix by several names, all of which end alike.
void check_optimize_prefix(Translation& t, const Prefix& records) {
  const Value* env = t.result("optimize.env");
  if (env == nullptr || !new_effective(t, "optimize.enabled").truthy()) {
    return;
  }
  for (const Value& variable : env->items()) {
    const std::string name = values::plain_at(variable, "name");
    const std::string prefix = values::plain_at(variable, "value");
    if ((name.ends_with("INDEX_PREFIX") || name.ends_with("INDEXPREFIX")) &&
        prefix.starts_with(records.text)) {
      t.tell("optimize-prefix-overlap",
             {{"optimize.env", name, records.at.text()},
              fmt::format("Optimize's indices begin with {} ({}), as those of the records do ({})",
                          prefix, name, records.at.text()),
              "optimize.env",
              {}});
    }
  }
}

struct SecretName {
  std::string name;
  std::string key;

  friend bool operator==(const SecretName&, const SecretName&) = default;
};

SecretName secret_at(const Translation& t, const Path& block) {
  const Path secret = block.key("secret");
  return {new_effective(t, secret.key("existingSecret")).plain(),
          new_effective(t, secret.key("existingSecretKey")).plain()};
}

// With Keycloak the Job logs in as `migration`, whatever the values say.
void check_migration_secret(Translation& t) {
  const Path migration = "orchestration.migration.identity";
  if (!new_effective(t, migration.key("enabled")).truthy() ||
      new_effective(t, "global.identity.auth.type").plain() != "KEYCLOAK") {
    return;
  }
  const SecretName mine = secret_at(t, migration);
  if (!mine.name.empty() && mine == secret_at(t, "orchestration.security.authentication.oidc")) {
    t.tell("migration-secret-shared",
           {{migration.key("secret").text(), mine.name},
            fmt::format("the identity migration has the password of the cluster's own client "
                        "(Secret {}, key {})",
                        mine.name, mine.key),
            migration.key("secret").key("existingSecret"),
            {}});
  }
}

}  // namespace

void check_agreement(Translation& t) {
  if (const Prefix records = records_prefix(t); !records.text.empty()) {
    check_own_prefix(t, records);
    check_optimize_prefix(t, records);
  }
  check_migration_secret(t);
}

}  // namespace decisions
