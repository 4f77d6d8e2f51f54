// Which Secrets (and ConfigMaps) the new pods need, which of them the upgrade would delete, and
// what is done about it.
#pragma once

#include "helm/command_line.hpp"
#include "text/diagnostic.hpp"
#include "upgrade/objects.hpp"
#include "upgrade/references.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace upgrade {

// A Secret or ConfigMap of the cluster without what it holds.
struct Holder {
  std::string kind;
  std::string name;
  std::set<std::string> keys;
  bool kept = false;  // annotated helm.sh/resource-policy: keep
};
using Holders = std::vector<Holder>;

const Holder* find(const Holders&, const std::string& kind, const std::string& name);

// A Secret that Helm would delete although it is needed.
struct Rescue {
  std::string name;
  std::string needed_by;  // "StatefulSet camunda-zeebe"
  std::string key;        // empty: the whole Secret
};

struct SecretsQuestion {
  const Objects& before;          // the release's manifest
  const Objects& after;           // the new one
  const Holders* live = nullptr;  // null: the cluster could not be asked
  helm::SecretsMode mode = helm::SecretsMode::keep;
  // Secrets that the run makes when they are not there, and the keys they get.
  std::map<std::string, std::set<std::string>> to_make = {};
};

struct SecretsAnswer {
  text::Sink findings;
  std::vector<Rescue> rescues;     // by annotation, or by copying
  std::set<std::string> use_copy;  // gone, but the copy of an earlier run is there
  std::set<std::string> make;      // of to_make, those that are needed and not there
};

SecretsAnswer check_secrets(const SecretsQuestion&);

// The name of the copy that --secrets copy makes.
std::string copy_name(const std::string& secret);

// Every value that is exactly this name becomes the other; how many there were.
std::size_t rename_secret(values::Value& tree, const std::string& from, const std::string& to);

// Rendered Secrets whose value of an existing key would change, when a StatefulSet uses them: what
// stands on its disk still expects the old password. (Charts make some secrets between stateless
// pods anew with every upgrade.) `live` holds whole objects.
text::Sink check_changed_secrets(const Objects& live, const Objects& after);

}  // namespace upgrade
