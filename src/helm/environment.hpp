// What Helm tells a plugin through its environment, and what we tell our children the same way.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace helm {

// The namespace of the release: $HELM_NAMESPACE, which Helm has resolved for a plugin, else what
// `helm env` says (flags, kubeconfig, "default").
std::string release_namespace();

// Puts words of connection that stood on the command line (CommandLine::connection) into our
// environment, so that every later call of Helm and kubectl goes to the same place. Call it once,
// before any of them.
void adopt_connection(const std::vector<std::pair<std::string, std::string>>& connection);

}  // namespace helm
