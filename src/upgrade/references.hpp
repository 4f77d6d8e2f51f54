// What the pods of a manifest need to start: Secrets and ConfigMaps, and keys in them.
#pragma once

#include "upgrade/objects.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace upgrade {

struct Reference {
  std::string kind;       // "Secret" or "ConfigMap"
  std::string name;       // may be empty: the chart rendered no name
  std::string key;        // empty: the whole object
  std::string needed_by;  // "StatefulSet camunda-zeebe"

  friend bool operator==(const Reference&, const Reference&) = default;
};

// References that a pod cannot start without (not `optional: true`), each one once per workload.
std::vector<Reference> references_of(const Objects&);

// The keys of a Secret's or ConfigMap's data, from a manifest or live.
std::set<std::string> keys_of(const Object&);

// Names of Secrets that some other object of the manifest asks an operator to make (ExternalSecret,
// SealedSecret, Certificate): their keys are not known.
std::set<std::string> made_by_operators(const Objects&);

}  // namespace upgrade
