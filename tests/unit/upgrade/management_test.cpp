#include "upgrade/management.hpp"

#include "unit/kube/fake_kubectl.hpp"
#include "unit/upgrade/manifests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace upgrade {
namespace {

using kube::Client;
using kube::FakeKubectl;
using testing::HasSubstr;
using testing::Not;

constexpr Patience k_impatient{std::chrono::milliseconds(1), std::chrono::seconds(1)};

std::string with_probe(const std::string& probe) {
  std::string yaml = brokers_yaml();
  const std::string there = "readinessProbe: {initialDelaySeconds: 30}";
  return yaml.replace(yaml.find(there), there.size(), "readinessProbe: {httpGet: " + probe + "}");
}

TEST(Management, the_api_is_beside_the_readiness_probe) {
  EXPECT_EQ(management_path(manifest(with_probe("{path: /actuator/health/readiness, port: 9600}")),
                            "prod"),
            "/api/v1/namespaces/prod/services/camunda-zeebe:9600/proxy/actuator");
  EXPECT_EQ(management_path(
                manifest(with_probe(
                    "{path: /orchestration/actuator/health/status, port: 9601, scheme: HTTPS}")),
                "prod"),
            "/api/v1/namespaces/prod/services/https:camunda-zeebe:9601/proxy/orchestration/"
            "actuator");
  EXPECT_EQ(management_path(manifest(brokers_yaml()), "prod"), std::nullopt);
  EXPECT_EQ(management_path({}, "prod"), std::nullopt);
}

TEST(Management, what_the_brokers_say_of_their_exporters) {
  const ExportersSight sight = exporters_of(
      R"([{"exporterId":"camundaexporter","status":"ENABLED"},{"exporterId":"elasticsearch","status":"DISABLED"}])");
  ASSERT_TRUE(sight.known);
  EXPECT_EQ(sight.states.at("elasticsearch"), "DISABLED");
  EXPECT_FALSE(exporters_of("<html>").known);
  EXPECT_FALSE(exporters_of("{}").known);
}

// A cluster that needs two looks until the exporter is disabled.
constexpr const char* k_brokers = R"S(
case "$*" in
  *create*) cat >"$dir/body"; echo 0 >"$dir/n"; echo '{"changeId": 1}'; exit ;;
esac
n=$(cat "$dir/n" 2>/dev/null || echo none)
case $n in
  none) state=ENABLED ;;
  0) echo 1 >"$dir/n"; state=DISABLING ;;
  *) state=DISABLED ;;
esac
echo "[{\"exporterId\":\"elasticsearch\",\"status\":\"$state\"}]"
)S";

TEST(Management, an_exporter_is_disabled_once_and_waited_for) {
  const FakeKubectl kubectl(k_brokers);
  disable_exporters(Client("n"), "/p/actuator", {"elasticsearch", "unknown"}, k_impatient);
  EXPECT_THAT(kubectl.calls(),
              HasSubstr("create --raw /p/actuator/exporters/elasticsearch/disable -f -"));
  EXPECT_THAT(kubectl.calls(), Not(HasSubstr("unknown")));
  const std::string calls = kubectl.calls();
  EXPECT_EQ(std::count(calls.begin(), calls.end(), '\n'), 4) << calls;
  // A second run finds it done.
  disable_exporters(Client("n"), "/p/actuator", {"elasticsearch"}, k_impatient);
  const std::string more = kubectl.calls();
  EXPECT_EQ(std::count(more.begin(), more.end(), '\n'), 5) << more;
}

TEST(Management, brokers_that_cannot_or_will_not_end_it) {
  {
    const FakeKubectl kubectl(
        "echo 'Error from server (ServiceUnavailable): no endpoints' >&2; exit 1");
    EXPECT_THROW(disable_exporters(Client("n"), "/p", {"elasticsearch"}, k_impatient),
                 base::Failure);
    disable_exporters(Client("n"), "/p", {}, k_impatient);
  }
  const FakeKubectl kubectl(
      "case \"$*\" in *create*) exit 0 ;; esac\n"
      "echo '[{\"exporterId\":\"elasticsearch\",\"status\":\"ENABLED\"}]'");
  try {
    disable_exporters(Client("n"), "/p", {"elasticsearch"}, k_impatient);
    FAIL() << "went on";
  } catch (const base::Failure& failure) {
    EXPECT_THAT(failure.what(), HasSubstr("elasticsearch is not disabled yet: ENABLED"));
  }
}

}  // namespace
}  // namespace upgrade
