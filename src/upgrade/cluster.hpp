// What the cluster says, in as few kubectl calls as can be. A cluster that does not answer, or does
// not let us look, is no failure: the caller tells what could not be looked at.
#pragma once

#include "kube/client.hpp"
#include "upgrade/objects.hpp"
#include "upgrade/secrets.hpp"

#include <string>
#include <vector>

namespace upgrade {

struct Sight {
  bool known = false;   // everything that was asked for was answered
  std::string trouble;  // why not
  Objects objects;
};

// Brokers, their claims and the migration Jobs, by their labels.
Sight look_at_camunda(const kube::Client&);

// The live counterparts of a manifest's objects, whole.
Sight look_at_counterparts(const kube::Client&, const Objects& manifest);

struct HoldersSight {
  bool known = false;
  std::string trouble;
  Holders holders;
};

// Secrets and ConfigMaps by name: keys and annotations, never what they hold.
HoldersSight look_at_holders(const kube::Client&, const std::vector<Reference>&);

// False only when the API server says that there is none.
bool namespace_exists(const kube::Client&, const std::string& name);

}  // namespace upgrade
