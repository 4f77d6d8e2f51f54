// Whether a release is what an upgrade to 8.8 should have made of it.
#pragma once

#include "follow/state.hpp"
#include "helm/client.hpp"
#include "kube/client.hpp"
#include "kube/site.hpp"
#include "upgrade/objects.hpp"
#include "upgrade/secrets.hpp"

#include <optional>
#include <string>
#include <vector>

namespace follow {

enum class Verdict { right, wrong, unknown };
std::string_view name(Verdict);  // "ok", "wrong", "unknown"

struct Check {
  std::string what;  // "workloads"
  Verdict verdict = Verdict::right;
  std::string detail;  // one sentence
};

struct ValidateQuestion {
  helm::ReleaseState release;
  upgrade::Objects live;  // of the release: what watch looks at, Services and Ingresses
  std::optional<upgrade::Holders> holders;  // Secrets and ConfigMaps that pods refer to
  std::string holders_trouble;              // why they are not known
  std::optional<std::string> topology;      // JSON that topology_of() reads
  std::string topology_trouble;             // why it is not known
};

std::vector<Check> validate(const ValidateQuestion&);

// Asks the cluster and validates; the brokers at `site`, or through the API server. Throws
// base::Failure when release or objects cannot be read.
std::vector<Check> validate_release(const kube::Client&, const std::string& release,
                                    const kube::Site* site = nullptr);

}  // namespace follow
