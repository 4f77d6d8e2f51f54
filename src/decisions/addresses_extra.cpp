#include "decisions/addresses_parts.hpp"
#include "rules/translation.hpp"

namespace decisions {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

// Taken first and as a whole: what is rebuilt is appended behind what the user wrote.
void decide_extra_manifests(Translation& t) {
  const Path list = "global.extraManifests";
  const Value* mine = t.user(list);
  if (mine == nullptr) {
    return;
  }
  if (mine->is_map()) {  // a template's `range` walks a map as well, 13.x's schema does not
    Value all = Value::list();
    for (const auto& [key, object] : mine->entries()) {
      all.items().push_back(object);
    }
    t.set(list, std::move(all));
    t.claim(list, FateKind::converted, {list}, "extra-manifests");
    return;
  }
  t.set(list, *mine);
  t.claim(list, FateKind::kept, {list}, "extra-manifests", true);
}

}  // namespace decisions
