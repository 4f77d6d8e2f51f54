#include "upgrade/health.hpp"

#include "base/strings.hpp"
#include "upgrade/findings.hpp"

#include <fmt/format.h>

namespace upgrade {
namespace {

long number(const Object& object, const values::Path& path, long otherwise) {
  const values::Value* found = object.find(path);
  return found == nullptr || !found->is_number() ? otherwise
                                                 : static_cast<long>(found->as_number());
}

}  // namespace

text::Sink check_health(const Objects& live) {
  std::vector<std::string> names;
  std::vector<std::string> shown;
  for (const Object& object : live) {
    // Without a status nothing is known of it.
    if ((object.kind() != "StatefulSet" && object.kind() != "Deployment") ||
        object.find("status.observedGeneration") == nullptr) {
      continue;
    }
    const long wanted = number(object, "spec.replicas", 1);
    const long ready = number(object, "status.readyReplicas", 0);
    if (ready < wanted) {
      names.push_back(object.name());
      shown.push_back(fmt::format("{} ({} of {} pods)", object.title(), ready, wanted));
    }
  }
  if (names.empty()) {
    return {};
  }
  const std::string objects = base::enumerate(shown);
  return {finding("not-ready-before", std::move(names), {{"objects", objects}})};
}

}  // namespace upgrade
