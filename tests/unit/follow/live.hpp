// Live objects for the tests of watch and validate, cut down to what is read of them.
#pragma once

#include "upgrade/objects.hpp"
#include "values/json.hpp"

#include <fmt/format.h>
#include <string>
#include <vector>

namespace follow {

inline std::string as_json(const std::vector<std::string>& objects) {
  return fmt::format(R"({{"kind": "List", "items": [{}]}})", fmt::join(objects, ","));
}

inline upgrade::Objects live(const std::vector<std::string>& objects) {
  std::vector<values::Value> all;
  for (const std::string& one : objects) {
    all.push_back(values::from_json(one));
  }
  return upgrade::objects_of(std::move(all));
}

inline std::string deployment(const std::string& name, const std::string& status,
                              const std::string& component = "connectors",
                              const std::string& image = "camunda/connectors-bundle:8.8.17") {
  return fmt::format(
      R"({{"kind": "Deployment", "metadata": {{"name": "{}", "generation": 2, "labels": )"
      R"({{"app.kubernetes.io/component": "{}", "app.kubernetes.io/managed-by": "Helm"}}}}, )"
      R"("spec": {{"replicas": 2, "template": {{"spec": {{"containers": [{{"image": "{}"}}]}}}}}}, )"
      R"("status": {}}})",
      name, component, image, status);
}
inline const std::string k_rolled_out =
    R"({"observedGeneration": 2, "replicas": 2, "updatedReplicas": 2, "readyReplicas": 2})";
inline const std::string k_rolling =
    R"({"observedGeneration": 2, "replicas": 3, "updatedReplicas": 1, "readyReplicas": 2})";

inline std::string job(const std::string& kind, const std::string& status) {
  return fmt::format(
      R"({{"kind": "Job", "metadata": {{"name": "camunda-zeebe-migration-{}", "labels": )"
      R"({{"app.kubernetes.io/component": "orchestration-migration"}}}}, "status": {}}})",
      kind, status);
}
inline const std::string k_complete = R"({"conditions": [{"type": "Complete", "status": "True"}]})";
inline const std::string k_failed =
    R"({"failed": 7, "conditions": [{"type": "Failed", "status": "True", )"
    R"("reason": "BackoffLimitExceeded", "message": "Job has reached the specified backoff limit"}]})";
inline const std::string k_active = R"({"active": 1})";

inline std::string pod(const std::string& name, const std::string& status) {
  return fmt::format(R"({{"kind": "Pod", "metadata": {{"name": "{}"}}, "status": {}}})", name,
                     status);
}

}  // namespace follow
