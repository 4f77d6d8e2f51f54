// The parts of decide_authentication and what they share.
#pragma once

#include "values/value.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rules {
class Translation;
}

namespace decisions {

// How 8.7 let people and programs in.
struct Login {
  bool oidc = false;           // global.identity.auth.enabled
  bool keycloak = false;       // the provider is a Keycloak
  bool identity = false;       // Management Identity is part of the release
  bool orchestration = false;  // there is a cluster to log in to
  std::string type;            // KEYCLOAK, MICROSOFT, GENERIC
};
Login login_of(const rules::Translation&);

// Addresses of the provider and its type.
void decide_provider(rules::Translation&, const Login&);
// The address to which the provider sends people back, without "/sso-callback".
std::string decide_redirect(rules::Translation&, const Login&);
// The client of the orchestration cluster, the audiences and claims it accepts.
void decide_orchestration_client(rules::Translation&, const Login&, const std::string& redirect);
void decide_connectors(rules::Translation&, const Login&);
// Without a provider: users in the cluster's own storage, and an API that was open.
void decide_basic(rules::Translation&, const Login&);
// Who gets the roles that 8.8 makes: first user, initial claim, Identity's users and clients.
void decide_roles(rules::Translation&, const Login&);
// The clusters that are listed for Web Modeler.
void decide_modeler_clusters(rules::Translation&);
// The Job that carries users' rights from Management Identity to the cluster.
void decide_identity_migration(rules::Translation&, const Login&);

// A list of ours, for items that keep their own origins.
values::Value text_list(const std::vector<std::string>&);

}  // namespace decisions
