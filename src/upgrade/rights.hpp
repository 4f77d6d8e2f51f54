// Whether the account may do in the cluster what Helm will do: asked before anything changes, since
// the first refusal comes in the middle of an upgrade.
#pragma once

#include "kube/client.hpp"
#include "text/diagnostic.hpp"
#include "upgrade/objects.hpp"

#include <string>

namespace upgrade {

// One question for all: what may be done in this namespace (SelfSubjectRulesReview).
kube::Client::Call call_for_rights(const std::string& release_namespace);

// Verbs that the answer does not allow, for what is made, changed and deleted between the two
// manifests, in one finding. An answer that is not complete, or none, says nothing: some
// authorizers cannot list their rules. Objects of other namespaces are left out.
text::Sink check_rights(const Objects& before, const Objects& after,
                        const std::string& release_namespace, const kube::Client::Answer& answer);

// "networkpolicies" of "NetworkPolicy".
std::string resource_of(const std::string& kind);

}  // namespace upgrade
