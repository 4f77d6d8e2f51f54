#include "decisions/addresses.hpp"

#include "decisions/addresses_parts.hpp"
#include "rules/translation.hpp"

namespace decisions {

void decide_addresses(rules::Translation& t) {
  decide_extra_manifests(t);
  decide_context_path(t);
  decide_combined_ingress(t);
  decide_grpc_ingress(t);
  decide_services(t);  // before the Ingresses, which name its ports
  decide_own_ingresses(t);
  tell_addresses(t);
}

}  // namespace decisions
