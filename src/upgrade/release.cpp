#include "upgrade/release.hpp"

#include "base/failure.hpp"
#include "upgrade/findings.hpp"

#include <fmt/format.h>
#include <vector>

namespace upgrade {
namespace {

constexpr std::string_view k_chart = "camunda-platform";
constexpr int k_old_major = 12;
constexpr int k_new_major = 13;
const base::Version k_oldest_target{13, 2, 0, {}};

std::string broker_image(const Objects& live) {
  const Object* brokers = brokers_of(live);
  if (brokers == nullptr) {
    return "";
  }
  const values::Value* pods = pod_spec(*brokers);
  const values::Value* containers = pods == nullptr ? nullptr : pods->find("containers");
  if (containers == nullptr) {
    return "";
  }
  for (const values::Value& container : containers->items()) {
    const values::Value* name = container.find("name");
    const values::Value* image = container.find("image");
    if (name != nullptr && image != nullptr &&
        (name->as_text() == "zeebe" || name->as_text() == "orchestration")) {
      return image->plain();
    }
  }
  return "";
}

// A dependency's version may be a range ("~13.12", "13.x"): its lowest version stands for it.
std::optional<base::Version> lowest_version(std::string_view range) {
  const std::size_t first = range.find_first_of("0123456789");
  return first == std::string_view::npos
             ? std::nullopt
             : base::Version::parse(
                   range.substr(first, range.find_first_of(" ,|<>x*", first) - first));
}

}  // namespace

std::string enter_umbrella(helm::ChartFacts& target, const std::string& asked) {
  std::vector<helm::ChartFacts::Dependency> found;
  for (const auto& one : target.dependencies) {
    const std::string& block = one.alias.empty() ? one.name : one.alias;
    if (one.name == k_chart && (asked.empty() || asked == block)) {
      found.push_back(one);
    }
  }
  if (target.name == k_chart || (asked.empty() && found.empty())) {
    if (!asked.empty()) {
      throw base::Failure(fmt::format("--under {}: chart {} is no umbrella, it is {} itself", asked,
                                      target.name, k_chart),
                          "Leave --under out.");
    }
    return "";
  }
  if (found.size() != 1) {
    throw base::Failure(
        found.empty()
            ? fmt::format("chart {} has no dependency {} under the name {}", target.name, k_chart,
                          asked)
            : fmt::format("chart {} has {} dependencies {}", target.name, found.size(), k_chart),
        "Name the block of its values: --under NAME, the dependency's alias in Chart.yaml");
  }
  const auto& one = found.front();
  const auto version = lowest_version(one.version);
  if (!version) {
    throw base::Failure(fmt::format("chart {} names no version of its dependency {}: '{}'",
                                    target.name, k_chart, one.version),
                        "Write it into Chart.yaml, for example 13.12.7.");
  }
  target.name = k_chart;
  target.version = *version;
  target.app_version = fmt::format("8.{}", version->major - 5);
  return one.alias.empty() ? one.name : one.alias;
}

void leave_umbrella(helm::ReleaseState& release) {
  if (release.chart_name == k_chart) {
    return;
  }
  const Objects objects = objects_of(release.manifest);
  const Object* brokers = brokers_of(objects);
  if (brokers == nullptr) {
    return;
  }
  if (const auto version = chart_version_of(*brokers)) {
    release.chart_name = k_chart;
    release.chart_version = *version;
    release.app_version = fmt::format("8.{}", version->major - 5);
  }
}

void require_target(const helm::ChartFacts& target) {
  const std::string what = fmt::format("{} {}", target.name, target.version.text());
  if (target.name != k_chart) {
    throw base::Failure(
        fmt::format("chart {} is not {}", what, k_chart),
        "Name Camunda's own chart. If it is a dependency of your chart, give its block of your "
        "values to: helm c8upgrade values -f FILE");
  }
  if (target.version.major < k_new_major) {
    throw base::Failure(
        fmt::format("chart {} installs Camunda {}, not 8.8", what, target.app_version),
        "Name a chart of Camunda 8.8: --version 13.12.7");
  }
  if (target.version.major > k_new_major) {
    throw base::Failure(
        fmt::format("chart {} installs Camunda {}: an upgrade goes one minor version at a time",
                    what, target.app_version),
        "Go to 8.8 first: --version 13.12.7");
  }
  if (target.version < k_oldest_target) {
    throw base::Failure(
        fmt::format("chart {} is too old to upgrade to: it loses passwords and volumes of the "
                    "migration, which 13.2.0 and later carry",
                    what),
        "Name a newer chart, best 13.12.3 or later: --version 13.12.7");
  }
}

text::Sink check_target(const helm::ChartFacts& target,
                        const std::optional<helm::ReleaseState>& release) {
  text::Sink findings;
  const std::string version = target.version.text();
  if (target.version < k_recommended_target) {
    findings.push_back(finding("target-old", {version}, {{"version", version}}));
  }
  if (release && release->chart_version.major == k_new_major &&
      target.version < release->chart_version) {
    findings.push_back(finding("target-older-than-release", {version},
                               {{"version", version}, {"from", release->chart_version.text()}}));
  }
  return findings;
}

void require_release(const helm::ReleaseState& release) {
  const std::string what =
      fmt::format("release {} in namespace {}", release.name, release.release_namespace);
  const std::string chart = fmt::format("{} {}", release.chart_name, release.chart_version.text());
  if (release.chart_name != k_chart) {
    throw base::Failure(
        fmt::format("{} was made by chart {}, not {}", what, chart, k_chart),
        "Name the release of Camunda. If Camunda is a dependency of that chart, give its block of "
        "the values to: helm c8upgrade values -f FILE");
  }
  if (release.chart_version.major < k_old_major) {
    throw base::Failure(
        fmt::format("{} is Camunda {} (chart {}): an upgrade goes one minor version at a time",
                    what, release.app_version, release.chart_version.text()),
        "Upgrade to 8.7 first (chart 12.x, helm upgrade --version '^12.0.0'), then come back.");
  }
  if (release.chart_version.major > k_new_major) {
    throw base::Failure(
        fmt::format("{} is Camunda {} (chart {}) already; c8upgrade goes from 8.7 to 8.8", what,
                    release.app_version, release.chart_version.text()),
        "Nothing is left to do for c8upgrade: use helm upgrade.");
  }
}

ImageName image_name(std::string_view image) {
  image = image.substr(0, image.find('@'));
  const std::size_t colon = image.rfind(':');
  if (colon == std::string_view::npos || image.find('/', colon) != std::string_view::npos) {
    return {image, {}};
  }
  return {image.substr(0, colon), image.substr(colon + 1)};
}

std::optional<base::Version> chart_version_of(const Object& brokers) {
  const std::string chart = brokers.label("helm.sh/chart");
  const std::size_t dash = chart.rfind('-');
  return dash == std::string::npos ? std::nullopt : base::Version::parse(chart.substr(dash + 1));
}

std::string minor_of_image(std::string_view image) {
  const std::string_view tag = image_name(image).tag;
  // "8.7.37", "8.7-SNAPSHOT", "8.7.37-mycompany.2"
  const std::optional<base::Version> version = base::Version::parse(tag);
  if (!version || tag.find('.') == std::string_view::npos) {
    return "";
  }
  return fmt::format("{}.{}", version->major, version->minor);
}

Running what_runs(const std::optional<helm::ReleaseState>& release, const Objects& live) {
  if (!release) {
    return Running::nothing;
  }
  // Only this direction: brokers whose image says 8.8 under a chart of 8.7 have no migration in
  // their manifest, and nothing must conclude from it that none is due.
  if (release->chart_version.major < k_new_major || minor_of_image(broker_image(live)) == "8.7") {
    return Running::old_version;
  }
  return Running::new_version;
}

text::Sink check_state(const helm::ReleaseState& release, Running running, int last_deployed) {
  text::Sink findings;
  const Gaps gaps = {{"release", release.name},
                     {"namespace", release.release_namespace},
                     {"status", release.status},
                     {"revision", std::to_string(release.revision)},
                     {"deployed", std::to_string(last_deployed)}};
  if (release.status == "failed") {
    findings.push_back(finding("release-failed", {release.name}, gaps));
  } else if (release.status.starts_with("pending-") || release.status == "uninstalling") {
    // A rollback is safe only while 8.8 has not opened the volumes.
    const bool can_go_back = last_deployed > 0 && running == Running::old_version;
    findings.push_back(
        finding(can_go_back ? "release-pending" : "release-pending-new", {release.name}, gaps));
  }
  return findings;
}

text::Sink check_leftover_claims(const Objects& live, const std::string& release) {
  std::vector<std::string> claims;
  for (const Object& object : live) {
    if (object.kind() == "PersistentVolumeClaim" &&
        object.label(component::k_label) == component::k_broker &&
        object.label("app.kubernetes.io/instance") == release) {
      claims.push_back(object.name());
    }
  }
  if (claims.empty()) {
    return {};
  }
  const std::string first = claims.front();
  return {finding("leftover-claims", claims,
                  {{"claims", fmt::format("{}", fmt::join(claims, ", "))},
                   {"first", first},
                   {"release", release}})};
}

}  // namespace upgrade
