// What a translation is asked for, besides the values: the release, the two charts, the switches.
#pragma once

#include "base/version.hpp"
#include "values/value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rules {

enum class Switch { automatic, on, off };
// translate: everything in the structure of 8.8. compat: what the target's compatibility layer
// really carries stays in the structure of 8.7, and the layer is on.
enum class Mode { translate, compat };

// Of an identity provider that is not the release's Keycloak: --identity-migration-* flags.
struct MigrationClient {
  std::string client_id;
  std::string secret_name;
  std::string secret_key;
  std::string claim_name;
  std::string claim_value;
};

struct Request {
  std::string release = "camunda";
  bool release_assumed = false;  // nobody has named it
  std::string release_namespace = "default";
  base::Version from{12, 13, 3, {}};
  base::Version to{13, 12, 7, {}};
  Mode mode = Mode::translate;
  std::string under;  // the block of an umbrella chart's values, "" for the chart's own values
  std::optional<std::string> context_path;
  bool data_migration = true;  // decided by the caller from --migration and the release's state
  Switch identity_migration = Switch::automatic;
  MigrationClient migration_client;
  bool live = false;  // the main job: it makes Secrets itself; offline the command is told
  std::vector<std::string> source_names;  // by values::Origin::source, for locations
};

}  // namespace rules
