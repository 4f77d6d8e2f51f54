// What the new objects need or meet outside of the release: classes and accounts that they name,
// Secrets without which pods start all the same (of registries, of an Ingress' certificate),
// hosts and paths that another Ingress serves already.
#pragma once

#include "kube/client.hpp"
#include "text/diagnostic.hpp"
#include "upgrade/objects.hpp"

#include <string>
#include <vector>

namespace upgrade {

struct Surrounding {
  // "StorageClass", "IngressClass", "PriorityClass", "ServiceAccount" or "Secret"
  std::string kind;
  std::string name;
  std::string needed_by;  // "StatefulSet camunda-zeebe"

  friend bool operator==(const Surrounding&, const Surrounding&) = default;
};

// What the new manifest names and does not make itself, each once. What the old one names as well
// is left out, it is no change; but not what the old one has made: that goes away.
std::vector<Surrounding> surroundings_of(const Objects& before, const Objects& after);

// The calls that look at them: none when there is nothing to look at.
std::vector<kube::Client::Call> calls_for(const std::vector<Surrounding>&, const Objects& after);

// `answers` are those of the calls. What could not be looked at, most of it for want of a right to
// read cluster-wide, is not told: the API server judges names of its own accord where it can.
text::Sink check_surroundings(const std::vector<Surrounding>&, const Objects& before,
                              const Objects& after, const std::string& release_namespace,
                              const std::vector<kube::Client::Answer>& answers);

}  // namespace upgrade
