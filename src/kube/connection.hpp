// Helm's words of connection that kubectl does not know, as a kubeconfig for it.
#pragma once

#include "values/value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kube {

// HELM_KUBE*: what Helm's global flags said, resolved by Helm and handed to a plugin.
struct Connection {
  std::string context;
  std::string api_server;
  std::string token;
  std::string as_user;
  std::vector<std::string> as_groups;
  std::string ca_file;
  std::string tls_server_name;
  bool insecure = false;

  // kubectl needs a kubeconfig of ours; a context alone is a word it knows.
  bool needs_kubeconfig() const;
};

Connection connection_from_environment();

// The caller's kubeconfig, reduced to one context (`kubectl config view --minify --flatten --raw`;
// null when there is none), with Helm's words laid over it as Helm lays them.
values::Value overlay(const values::Value& kubeconfig, const Connection&);

}  // namespace kube
