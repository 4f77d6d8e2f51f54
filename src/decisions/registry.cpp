#include "decisions/registry.hpp"

#include "decisions/addresses.hpp"
#include "decisions/agreement.hpp"
#include "decisions/authentication.hpp"
#include "decisions/brokers.hpp"
#include "decisions/compat.hpp"
#include "decisions/environment.hpp"
#include "decisions/images.hpp"
#include "decisions/lists.hpp"
#include "decisions/migration.hpp"
#include "decisions/secret_forms.hpp"
#include "decisions/storage.hpp"
#include "decisions/templates.hpp"

#include <array>

namespace decisions {

// Later ones build on what earlier ones wrote: authentication needs the context path, the
// environment and the lists whether the data migration is on.
std::span<const rules::Decision> all() {
  static constexpr std::array k_decisions = {
      rules::Decision{"images", decide_images},
      rules::Decision{"brokers", decide_brokers},
      rules::Decision{"addresses", decide_addresses},
      rules::Decision{"storage", decide_storage},
      rules::Decision{"migration", decide_migration},
      rules::Decision{"secret-forms", decide_secret_forms},
      rules::Decision{"authentication", decide_authentication},
      rules::Decision{"environment", decide_environment},
      rules::Decision{"lists", decide_lists},
      rules::Decision{"templates", decide_templates},
      rules::Decision{"agreement", check_agreement, true},
      rules::Decision{"compat", decide_compat, true},
  };
  return k_decisions;
}

}  // namespace decisions
