#include "upgrade/immutable.hpp"

#include "base/strings.hpp"
#include "upgrade/drift.hpp"
#include "upgrade/findings.hpp"

#include <fmt/format.h>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace upgrade {
namespace {

using values::Path;
using values::Value;

std::span<const std::string_view> immutable_fields(std::string_view kind) {
  static constexpr std::string_view k_stateful_set[] = {
      "spec.selector", "spec.serviceName", "spec.podManagementPolicy", "spec.volumeClaimTemplates"};
  static constexpr std::string_view k_selector[] = {"spec.selector"};
  if (kind == "StatefulSet") {
    return k_stateful_set;
  }
  return kind == "Deployment" || kind == "DaemonSet" ? std::span<const std::string_view>(k_selector)
                                                     : std::span<const std::string_view>();
}

// What Helm may leave out of a claim template without asking for a change.
Value bare_claims(const Value& claims) {
  Value bare = claims;
  for (Value& claim : bare.items()) {
    claim.erase("apiVersion");
    claim.erase("kind");
    claim.erase("status");
  }
  return bare;
}

// "data: 32Gi (standard)" for a claim template, the plain text of a scalar, else "".
std::string shown(const Value* value, std::string_view field) {
  if (value == nullptr) {
    return "nothing";
  }
  if (field != "spec.volumeClaimTemplates") {
    return value->is_map() ? std::string() : value->plain();
  }
  std::vector<std::string> claims;
  for (const Value& claim : value->items()) {
    const auto at = [&](const Path& path) {
      const Value* found = values::find(claim, path);
      return found == nullptr ? std::string() : found->plain();
    };
    const std::string storage_class = at("spec.storageClassName");
    claims.push_back(fmt::format("{} {}{}{}", at("metadata.name"),
                                 at("spec.resources.requests.storage"),
                                 storage_class.empty() ? "" : " of class ", storage_class));
  }
  return claims.empty() ? "none" : fmt::format("{}", fmt::join(claims, ", "));
}

bool changes(const Value* live, const Value* before, const Value* after) {
  if (live == nullptr || after == nullptr) {
    // The server fills in what is missing (podManagementPolicy), or refuses it by itself.
    return live == nullptr && after != nullptr && after->truthy();
  }
  if (after->is_list()) {
    const Value old_claims = before == nullptr ? Value() : bare_claims(*before);
    return would_change(bare_claims(*live), before == nullptr ? nullptr : &old_claims,
                        bare_claims(*after));
  }
  return would_change(*live, before, *after);
}

}  // namespace

text::Sink check_immutable(const Objects& before, const Objects& live, const Objects& after,
                           std::set<std::string>& told) {
  text::Sink findings;
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> others;
  for (const Object& object : after) {
    const auto fields = immutable_fields(object.kind());
    if (fields.empty()) {
      continue;
    }
    const Object* old = find(before, object.kind(), object.name());
    const Object* there = find(live, object.kind(), object.name());
    there = there == nullptr ? old : there;
    if (there == nullptr) {
      continue;
    }
    for (const std::string_view field : fields) {
      const Path path(field);
      const Value* was = there->find(path);
      const Value* will_be = object.find(path);
      if (!changes(was, old == nullptr ? nullptr : old->find(path), will_be)) {
        continue;
      }
      told.insert(object.title());
      const std::string from = shown(was, field);
      const std::string to = shown(will_be, field);
      const std::string difference =
          from.empty() || from == to ? std::string() : fmt::format(": {} → {}", from, to);
      if (field == "spec.volumeClaimTemplates") {
        findings.push_back(finding("claims-change", {object.name()},
                                   {{"object", object.title()}, {"difference", difference}}));
      } else {
        others[{std::string(field), difference}].push_back(object.title());
      }
    }
  }
  // A name or label that changes shows in every selector: told once.
  for (const auto& [change, objects] : others) {
    findings.push_back(finding("immutable-field", objects,
                               {{"objects", base::enumerate(objects)},
                                {"field", change.first},
                                {"difference", change.second}}));
  }
  return findings;
}

}  // namespace upgrade
