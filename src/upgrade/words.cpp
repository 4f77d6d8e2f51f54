#include "upgrade/words.hpp"

#include "upgrade/findings.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace upgrade {
namespace {

using std::chrono::seconds;

constexpr seconds k_helm_default{300};
// The data migration's own limits (processes, metrics) are two hours each.
constexpr seconds k_migration_limit{7200};

std::string shown(seconds time) {
  const auto count = time.count();
  return count % 60 == 0 ? fmt::format("{}m", count / 60) : fmt::format("{}s", count);
}

long probe_delay(const values::Value& container, std::string_view probe) {
  const values::Value* delay =
      values::find(container, values::Path().key(probe).key("initialDelaySeconds"));
  return delay == nullptr || !delay->is_number() ? 0 : static_cast<long>(delay->as_number());
}

}  // namespace

seconds shortest_rollout(const Objects& after) {
  const Object* brokers = brokers_of(after);
  const values::Value* pods = brokers == nullptr ? nullptr : pod_spec(*brokers);
  const values::Value* containers = pods == nullptr ? nullptr : pods->find("containers");
  if (containers == nullptr) {
    return seconds{0};
  }
  long one = 0;
  for (const values::Value& container : containers->items()) {
    one = std::max(
        one, probe_delay(container, "startupProbe") + probe_delay(container, "readinessProbe"));
  }
  const values::Value* replicas = brokers->find("spec.replicas");
  const long count =
      replicas == nullptr || !replicas->is_number() ? 1 : static_cast<long>(replicas->as_number());
  return seconds{one * count};
}

text::Sink check_words(const helm::CommandLine& line, Running running, const Objects& after) {
  text::Sink findings;
  if (line.atomic && running != Running::nothing) {
    findings.push_back(finding("rollback-on-failure", {"--atomic", "--rollback-on-failure"}));
  }
  if (line.force) {
    findings.push_back(finding("force", {"--force", "--force-replace"}));
  }
  const seconds timeout = line.timeout.value_or(k_helm_default);
  if (line.wait || line.atomic) {
    const seconds needed = shortest_rollout(after);
    if (timeout < needed) {
      findings.push_back(finding("timeout-too-short", {"--timeout"},
                                 {{"timeout", shown(timeout)}, {"needed", shown(needed)}}));
    }
  }
  if (line.wait_for_jobs && timeout < k_migration_limit &&
      migration_job_of(after, MigrationKind::data) != nullptr) {
    findings.push_back(
        finding("wait-for-jobs", {"--wait-for-jobs"}, {{"timeout", shown(timeout)}}));
  }
  return findings;
}

}  // namespace upgrade
