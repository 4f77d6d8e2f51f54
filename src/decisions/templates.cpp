#include "decisions/templates.hpp"

#include "base/strings.hpp"
#include "decisions/addresses_in_cluster.hpp"
#include "decisions/addresses_parts.hpp"
#include "decisions/storage_parts.hpp"
#include "decisions/templates_reference.hpp"
#include "decisions/templates_simple.hpp"
#include "decisions/texts.hpp"
#include "rules/translation.hpp"

#include <array>
#include <optional>

namespace decisions {
namespace {

using rules::Translation;
using values::Path;

// 8.7 evaluated these as templates and 8.8 does not.
constexpr std::array k_no_longer_evaluated = {
    "orchestration.security.authentication.oidc.clientId",
    "orchestration.security.authentication.oidc.audience",
    "connectors.security.authentication.oidc.clientId",
};
// 8.8 evaluates what stands here and 8.7 did not; annotations and labels are the environment's.
constexpr std::array k_newly_evaluated = {"connectors.logging"};

std::optional<std::string> settled(Translation& t, const Path& at, const std::string& text) {
  if (!base::contains(text, "{{")) {
    return {};
  }
  for (const char* place : k_no_longer_evaluated) {
    if (at == Path(place)) {
      return render_simple(t, text);
    }
  }
  for (const char* place : k_newly_evaluated) {
    if (at.starts_with(place)) {
      t.tell("template-escaped", {{at.text()}, {}, at, {}});
      return without_evaluation(text);
    }
  }
  return with_new_references(t, at, text);
}

}  // namespace

void decide_templates(Translation& t) {
  check_storage(t);
  rewrite_in_cluster_addresses(t);
  rewrite_texts(t, [&t](const Path& at, const std::string& text) { return settled(t, at, text); });
}

}  // namespace decisions
