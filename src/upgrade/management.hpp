// The brokers' management API, through the API server's proxy to their Service.
#pragma once

#include "base/failure.hpp"
#include "kube/client.hpp"
#include "process/interrupt.hpp"
#include "upgrade/objects.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace upgrade {

// ".../services/camunda-zeebe:9600/proxy/actuator" for the brokers of a manifest: beside their
// readiness probe, which knows port, scheme and context path. Nothing when there is none.
std::optional<std::string> management_path(const Objects& manifest,
                                           const std::string& release_namespace);

// What the brokers say of their exporters: "ENABLED", "DISABLED", …, by id.
struct ExportersSight {
  bool known = false;
  std::string trouble;  // why not
  std::map<std::string, std::string> states;
};
ExportersSight look_at_exporters(const kube::Client&, const std::string& management_path);
// The same of the API's answer.
ExportersSight exporters_of(const std::string& json);

struct Patience {
  std::chrono::milliseconds interval{2000};
  std::chrono::seconds timeout{300};
};

// Disables the exporters that are not disabled yet, one after the other, and waits until the
// brokers say that they are. Ids that the brokers do not know are passed over. Throws base::Failure
// when one cannot be disabled in time.
void disable_exporters(const kube::Client&, const std::string& management_path,
                       const std::vector<std::string>& ids, const Patience& patience = {});

}  // namespace upgrade
