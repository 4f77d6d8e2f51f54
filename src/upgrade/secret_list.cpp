#include "upgrade/secret_list.hpp"

#include "upgrade/references.hpp"

#include <algorithm>

namespace upgrade {

std::vector<ListedSecret> list_secrets(const Objects& manifest, const Holders& live) {
  const std::vector<Reference> references = references_of(manifest);
  std::vector<ListedSecret> secrets;
  for (const Object& object : manifest) {
    if (object.kind() != "Secret") {
      continue;
    }
    ListedSecret one;
    one.name = object.name();
    const std::set<std::string> keys = keys_of(object);
    one.keys.assign(keys.begin(), keys.end());
    const Holder* holder = find(live, "Secret", one.name);
    one.there = holder != nullptr;
    one.kept = holder != nullptr && holder->kept;
    one.copied = find(live, "Secret", copy_name(one.name)) != nullptr;
    for (const Reference& reference : references) {
      const bool names = reference.kind == "Secret" && reference.name == one.name;
      if (names && std::find(one.needed_by.begin(), one.needed_by.end(), reference.needed_by) ==
                       one.needed_by.end()) {
        one.needed_by.push_back(reference.needed_by);
      }
    }
    secrets.push_back(std::move(one));
  }
  return secrets;
}

Changes changes_for(const std::vector<ListedSecret>& secrets, bool keep, bool copy) {
  Changes changes;
  for (const ListedSecret& one : secrets) {
    if (!one.there || one.needed_by.empty()) {
      continue;
    }
    const Rescue rescue{one.name, one.needed_by.front(), ""};
    if (keep && !one.kept) {
      changes.keep.push_back(rescue);
    }
    if (copy && !one.copied) {
      changes.copy.push_back(rescue);
    }
  }
  return changes;
}

}  // namespace upgrade
