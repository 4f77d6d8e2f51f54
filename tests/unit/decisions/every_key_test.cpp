// What becomes of every key of chart 12.x, of every row of env.tsv and of whole deployments, one
// row each in fixtures/every-*.tsv. UPDATE_GOLDEN=1 rewrites the rows: read the difference then.
// They are what tests/mutation relies on, so that no rule can change unseen.
#include "base/strings.hpp"
#include "decisions/registry.hpp"
#include "rules/engine.hpp"
#include "values/json.hpp"
#include "values/yaml_reader.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <map>
#include <optional>
#include <set>

namespace {

using values::Path;
using values::Value;

// Everything that has a switch is on, so that a key has an effect.
constexpr std::string_view k_deployment = R"({
  "console": {"enabled": true}, "webModeler": {"enabled": true}, "postgresql": {"enabled": true},
  "identityPostgresql": {"enabled": true},
  "zeebe": {"podDisruptionBudget": {"enabled": true}},
  "zeebeGateway": {"ingress": {"grpc": {"enabled": true, "host": "grpc.test"}}},
  "operate": {"contextPath": "/operate"}, "tasklist": {"contextPath": "/tasklist"},
  "global": {"ingress": {"enabled": true, "host": "all.test"}}})";

rules::Plan translate(Value values, std::string_view to = "13.12.7", bool migration = true) {
  rules::Request request;
  request.data_migration = migration;
  request.to = *base::Version::parse(to);
  request.source_names = {"values.yaml"};
  values::set_origin(values, {0, 1, 1});
  return rules::translate(rules::catalogue_8_7_to_8_8(), decisions::all(), request,
                          std::move(values));
}

std::map<std::string, std::string> leaves(const Value& root) {
  std::map<std::string, std::string> out;
  values::for_each_leaf(root, [&](const Path& path, const Value& value) {
    out[path.text()] = values::to_json(value);
  });
  return out;
}

std::string_view name(text::Severity severity) {
  return severity == text::Severity::error     ? "error"
         : severity == text::Severity::warning ? "warning"
                                               : "note";
}

std::set<std::string> told(const rules::Plan& plan) {
  std::set<std::string> out;
  for (const auto& finding : plan.findings) {
    out.insert(fmt::format("{}:{}({})", name(finding.severity), finding.rule,
                           base::join(finding.subjects, ",")));
  }
  return out;
}

// What `plan` has that `base` has not, and the other way round.
std::string difference(const rules::Plan& base, const rules::Plan& plan) {
  std::vector<std::string> out;
  const auto before = leaves(base.result);
  const auto after = leaves(plan.result);
  for (const auto& [path, value] : after) {
    if (const auto it = before.find(path); it == before.end() || it->second != value) {
      out.push_back(path + "=" + value);
    }
  }
  for (const auto& [path, value] : before) {
    if (!after.contains(path)) {
      out.push_back("-" + path);
    }
  }
  const auto said = told(base);
  for (const auto& finding : told(plan)) {
    if (!said.contains(finding)) {
      out.push_back(finding);
    }
  }
  return base::join(out, " ");
}

// The rule that `explain` names for the key, and what its fate says.
std::string rule_of(const rules::Plan& plan, const Path& path) {
  const auto* explained = rules::catalogue_8_7_to_8_8().rule_for(path);
  const auto it = std::find_if(plan.fates.begin(), plan.fates.end(),
                               [&](const auto& fate) { return fate.path.starts_with(path); });
  const std::string_view kind = it == plan.fates.end() ? "none" : rules::name(it->kind);
  const std::string fate = it == plan.fates.end() ? "" : it->rule;
  return fmt::format("{}\t{}\t{}", explained == nullptr ? "none" : explained->id, kind, fate);
}

bool ends(std::string_view path, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return path.ends_with("." + std::string(name));
  });
}

// Something else than the default, of its type.
Value other(std::string_view path, const Value& there) {
  switch (there.kind()) {
    case values::Kind::boolean:
      return Value::boolean(!there.as_boolean());
    case values::Kind::integer:
    case values::Kind::number:
      return Value::integer(there.as_integer() + 7 + static_cast<std::int64_t>(there.as_number()));
    case values::Kind::list:
      if (ends(path, {"command", "pvcAccessModes", "loadBalancerSourceRanges"})) {
        return Value::list({Value::text("other")});
      }
      if (ends(path, {"env", "extraEnvVars"})) {
        return values::from_json(R"([{"name": "OTHER", "value": "text"}])");
      }
      if (ends(path, {"envFrom"})) {
        return values::from_json(R"([{"secretRef": {"name": "other"}}])");
      }
      if (ends(path, {"extraVolumeMounts"})) {
        return values::from_json(R"([{"name": "other", "mountPath": "/other"}])");
      }
      return values::from_json(R"([{"name": "other"}])");
    case values::Kind::map:
      return values::from_json(R"({"other": "text"})");
    default:
      return Value::text(there.is_text() && !there.as_text().empty() &&
                                 there.as_text().find_first_not_of("0123456789") ==
                                     std::string::npos
                             ? "7"
                             : "other");
  }
}

// The rows of one fixture: compared one by one, or written.
class Rows {
 public:
  explicit Rows(const std::string& name)
      : m_file(std::string(C8UPGRADE_TESTS) + "/fixtures/" + name),
        m_writes(std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::ifstream in(m_file, std::ios::binary);
    for (std::string line; std::getline(in, line);) {
      m_expected.push_back(line);
    }
  }
  ~Rows() {
    if (m_writes && !m_rows.empty()) {
      std::ofstream out(m_file, std::ios::binary);
      for (const auto& row : m_rows) {
        out << row << '\n';
      }
    }
  }
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  void add(std::string row) {
    if (!m_writes) {
      ASSERT_LT(m_rows.size(), m_expected.size()) << "a new row: " << row;
      ASSERT_EQ(row, m_expected[m_rows.size()]) << m_file;
    }
    m_rows.push_back(std::move(row));
  }
  // tests/mutation looks at some rows only: those of names that begin like this.
  bool skips(std::string_view name) {
    const char* wanted = std::getenv("C8UPGRADE_ROWS");
    if (wanted == nullptr || m_writes || name.starts_with(wanted)) {
      return false;
    }
    m_rows.push_back(m_expected.at(m_rows.size()));
    return true;
  }
  // The first two columns of the rows that are there; nothing when they are written.
  std::optional<std::vector<std::pair<std::string, std::string>>> inputs() const {
    if (m_writes) {
      return std::nullopt;
    }
    std::vector<std::pair<std::string, std::string>> out;
    for (std::size_t i = 1; i < m_expected.size(); ++i) {
      const auto columns = base::split(m_expected[i], '\t');
      out.emplace_back(columns.at(0), columns.at(1));
    }
    return out;
  }
  void end() {
    if (!m_writes) {
      EXPECT_EQ(m_rows.size(), m_expected.size()) << m_file;
    }
  }

 private:
  std::string m_file;
  bool m_writes;
  std::vector<std::string> m_expected;
  std::vector<std::string> m_rows;
};

// Those of the chart's values.yaml, and what else a rule names.
std::set<std::string> keys() {
  std::set<std::string> out;
  for (const auto& key : rules::catalogue_8_7_to_8_8().old_keys) {
    out.emplace(key.path);
  }
  for (const auto& rule : rules::catalogue_8_7_to_8_8().rules) {
    if (!rule.match.empty() && rule.match.find('*') == std::string_view::npos) {
      out.emplace(rule.match);
    }
  }
  return out;
}

TEST(EveryKey, GoesWhereItsRowSays) {
  const Value deployment = values::from_json(k_deployment);
  const auto base = translate(deployment);
  Rows rows("every-key.tsv");
  ASSERT_NO_FATAL_FAILURE(rows.add("key\tvalue\trule\tfate\tits rule\twhat changes"));
  for (const std::string& key : keys()) {
    if (rows.skips(key)) {
      continue;
    }
    const Path path(key);
    const Value value = other(key, rules::catalogue_8_7_to_8_8().old_default(path));
    Value user = deployment;
    values::reach(user, path) = value;
    const auto plan = translate(user);
    ASSERT_NO_FATAL_FAILURE(rows.add(fmt::format("{}\t{}\t{}\t{}", key, values::to_json(value),
                                                 rule_of(plan, path), difference(base, plan))));
  }
  rows.end();
}

// A name for each row of env.tsv, "*" filled in, for each component.
std::vector<std::pair<std::string, std::string>> variables() {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& rule : rules::catalogue_8_7_to_8_8().env_rules) {
    for (const auto& component : base::split(rule.where, ',')) {
      out.emplace_back(component, base::replace_all(std::string(rule.name), "*", "1"));
    }
  }
  return out;
}

TEST(EveryVariable, GoesWhereItsRowSays) {
  const Value deployment = values::from_json(k_deployment);
  const auto base = translate(deployment);
  Rows rows("every-variable.tsv");
  ASSERT_NO_FATAL_FAILURE(rows.add("component\tvariable\twhat changes"));
  for (const auto& [component, name] : rows.inputs().value_or(variables())) {
    if (rows.skips(name)) {
      continue;
    }
    Value user = deployment;
    values::reach(user, Path(component).key("env")) =
        Value::list({Value::map({{"name", Value::text(name)}, {"value", Value::text("3")}})});
    ASSERT_NO_FATAL_FAILURE(
        rows.add(fmt::format("{}\t{}\t{}", component, name, difference(base, translate(user)))));
  }
  rows.end();
}

TEST(EveryVariable, HasARow) {
  EXPECT_EQ(Rows("every-variable.tsv").inputs().value_or(variables()), variables());
}

// Deployments in which the rules that no single key reaches act: pins, conditions, old targets.
constexpr std::array k_deployments = {
    std::string_view("{}"),
    std::string_view(R"({"console": {"enabled": true}, "webModeler": {"enabled": true},
      "postgresql": {"enabled": true}, "identityPostgresql": {"enabled": true},
      "global": {"multitenancy": {"enabled": true}, "secrets": {"autoGenerated": true}}})"),
    std::string_view(R"({"identity": {"enabled": false}, "identityKeycloak": {"enabled": false},
      "optimize": {"enabled": false}, "connectors": {"enabled": false},
      "global": {"identity": {"auth": {"enabled": false}}}})"),
    std::string_view(R"({"identityKeycloak": {"enabled": false}, "global": {"identity": {
      "keycloak": {"url": {"protocol": "https", "host": "kc", "port": "443"}}}}})"),
    std::string_view(R"({"zeebe": {"enabled": false}, "operate": {"enabled": false},
      "tasklist": {"enabled": false}, "zeebeGateway": {"enabled": false}})"),
    std::string_view(R"({"zeebe": {"nothing": 1}, "global": {"nodeSelector": {"a": "b"},
      "zeebePort": 1, "multiregion": {"installationType": "x"},
      "security": {"authorizations": {"enabled": true}}}, "executionIdentity": {"enabled": true}})"),
    std::string_view(R"({"zeebe-gateway": {"replicas": 3, "service": {"gatewayPort": 1,
      "gatewayName": "x"}}, "identity": {"keycloak": {"enabled": true},
      "postgresql": {"enabled": true}}})"),
};

TEST(Deployments, BecomeWhatTheirRowsSay) {
  Rows rows("every-deployment.tsv");
  ASSERT_NO_FATAL_FAILURE(rows.add("values\ttarget\tresult\tfindings"));
  for (const auto deployment : k_deployments) {
    for (const char* version : {"13.12.7", "13.5.0", "13.2.0"}) {
      const Value values = values::from_json(deployment);
      const auto plan = translate(values, version);
      ASSERT_NO_FATAL_FAILURE(
          rows.add(fmt::format("{}\t{}\t{}\t{}", values::to_json(values), version,
                               values::to_json(plan.result), fmt::join(told(plan), " "))));
    }
  }
  rows.end();
}

// What has to be told in which tone: values that bring one finding each.
constexpr std::array k_told = {
    std::string_view(R"({"global": {"ingress": {"enabled": true, "host": "h"}}})"),
    std::string_view(R"({"global": {"ingress": {"enabled": true, "host": "h"}},
      "operate": {"contextPath": "/operate"}, "tasklist": {"contextPath": "/tasklist"},
      "console": {"enabled": true, "contextPath": "/v1"}})"),
    std::string_view(R"({"zeebe": {"clusterSize": "3"}, "global": {"extraManifests": [
      {"kind": "ServiceMonitor", "spec": {"endpoints": [{"port": "http"}]}},
      {"kind": "NetworkPolicy", "spec": {"podSelector": {"matchLabels": {
        "app.kubernetes.io/component": "tasklist"}}}}]}})"),
    std::string_view(R"({"identity": {"enabled": false}, "identityKeycloak": {"enabled": false},
      "global": {"identity": {"service": {"url": "http://id"}, "keycloak": {"url": {"host": "kc"}}}}})"),
    std::string_view(R"({"identityKeycloak": {"enabled": false}, "global": {"identity": {"auth": {
      "type": "GENERIC", "issuer": "https://a.test", "tokenUrl": "http://b.test/token",
      "zeebe": {"clientId": "{{ include `a` . }}"}, "connectors": {"clientId": "{{ include `b` . }}"},
      "operate": {"redirectUrl": "https://o.test"}, "tasklist": {"redirectUrl": "https://t.test"}}}}})"),
    std::string_view(R"({"connectors": {"inbound": {"mode": "credentials"}}})"),
    std::string_view(R"({"operate": {"enabled": false}, "tasklist": {"enabled": false},
      "optimize": {"enabled": false}, "elasticsearch": {"enabled": false},
      "global": {"elasticsearch": {"enabled": false}}})"),
    std::string_view(R"({"optimize": {"enabled": false}, "identity": {"enabled": false},
      "identityKeycloak": {"enabled": false}, "global": {"elasticsearch": {"enabled": false},
      "identity": {"auth": {"enabled": false}}}})"),
    std::string_view(R"({"identity": {"enabled": null}, "optimize": {"enabled": null},
      "identityKeycloak": {"enabled": null}, "console": {"enabled": true},
      "global": {"identity": {"auth": {"enabled": null}}}})"),
    std::string_view(R"({"zeebe": {"enabled": false}})"),
    std::string_view(R"({"global": {"elasticsearch": {"prefix": "camunda"}}})"),
    std::string_view(R"({"global": {"elasticsearch": {"prefix": "operate-records"}},
      "orchestration": {"index": {"prefix": "operate"}}})"),
    std::string_view(R"({"optimize": {"migration": {"javaOpts": "-Xmx1g"}},
      "global": {"elasticsearch": {"tls": {"existingSecret": "ca"}}}})"),
    std::string_view(R"({"global": {"elasticsearch": {"disableExporter": true}}})"),
    std::string_view(
        R"({"global": {"multiregion": {"regions": 2}}, "zeebe": {"clusterSize": "4"}})"),
    std::string_view(R"({"global": {"documentStore": {"activeStoreId": "aws", "type": {"aws": {
      "enabled": true}}}}, "zeebe": {"env": [{"name": "AWS_ACCESS_KEY_ID", "value": "x"},
      {"name": "AWS_SECRET_ACCESS_KEY", "value": "x"}]}})"),
    std::string_view(R"({"global": {"documentStore": {"activeStoreId": "gcp", "type": {"gcp": {
      "enabled": true}}}}, "zeebe": {"env": [
      {"name": "GOOGLE_APPLICATION_CREDENTIALS", "value": "x"}]}})"),
    std::string_view(R"({"operate": {"env": [
      {"name": "CAMUNDA_OPERATE_IDENTITY_RESOURCEPERMISSIONSENABLED", "value": "true"}]}})"),
    std::string_view(R"({"tasklist": {"env": [
      {"name": "CAMUNDA_TASKLIST_IDENTITY_RESOURCEPERMISSIONSENABLED", "value": "true"}]}})"),
    std::string_view(
        R"({"global": {"ingress": {"enabled": true, "host": "h"}, "identity": {"auth": {
      "enabled": false}}}, "identity": {"enabled": false}, "identityKeycloak": {"enabled": false}})"),
    std::string_view(R"({"optimize": {"enabled": false}, "global": {"multiregion": {"regions": 2},
      "elasticsearch": {"disableExporter": true}}, "zeebe": {"clusterSize": "4", "env": [
      {"name": "ZEEBE_BROKER_EXPORTERS_OPENSEARCH_ARGS_BULK_SIZE", "value": "1"},
      {"name": "ZEEBE_BROKER_EXPORTERS_OPENSEARCHREGION1_CLASSNAME",
       "value": "io.camunda.zeebe.exporter.opensearch.OpensearchExporter"},
      {"name": "ZEEBE_BROKER_EXPORTERS_ELASTICSEARCHREGION0_CLASSNAME",
       "value": "io.camunda.zeebe.exporter.ElasticsearchExporter"},
      {"name": "ZEEBE_BROKER_EXPORTERS_ELASTICSEARCHREGION0_ARGS_URL", "value": "http://a"}]}})"),
    std::string_view(R"({"global": {"identity": {"auth": {"enabled": false}}}, "operate": {"env": [
      {"name": "CAMUNDA_OPERATE_USERNAME", "value": "u"}]}})"),
    std::string_view(R"({"webModeler": {"enabled": true, "webapp": {"playEnabled": "false"}}})"),
    std::string_view(R"({"global": {"ingress": {"enabled": true, "host": "h"}},
      "zeebe": {"enabled": false}, "operate": {"enabled": false}, "tasklist": {"enabled": false},
      "identityKeycloak": {"enabled": false}})"),
    std::string_view(R"({"zeebe": {"clusterSize": "3"}, "orchestration": {"exporters": {
      "camunda": {"enabled": false}, "zeebe": {"enabled": false}}}})"),
    std::string_view(R"({"zeebe": {"clusterSize": "3"}, "orchestration": {"index": {
      "prefix": "zeebe-record-x"}}})"),
    std::string_view(R"({"global": {"identity": {"auth": {"operate": {
      "redirectUrl": "http://localhost:8081"}}}}})"),
    std::string_view(R"({"identity": {"env": [
      {"name": "A", "value": "1"}, {"name": "A", "value": "2"}]}})"),
    std::string_view(R"({"optimize": {"env": [
      {"name": "CAMUNDA_OPTIMIZE_OPENSEARCH_INDEXPREFIX", "value": "zeebe-record"}]}})"),
    std::string_view(R"({"identity": {"enabled": true}, "global": {"identity": {"auth": {
      "enabled": true}}}, "orchestration": {"migration": {"identity": {"enabled": true, "secret": {
      "existingSecret": "all"}}}, "security": {"authentication": {"oidc": {"secret": {
      "existingSecret": "all"}}}}}})"),
    std::string_view(R"({"global": {"elasticsearch": {"tls": {"existingSecret": "ca",
      "jks": {"secret": {"inlineSecret": "p"}}}}}})"),
    std::string_view(R"({"operate": {"nothing": 1}, "tasklist": {"nothing": 1}})"),
    std::string_view(R"({"zeebe": {"extraVolumes": [{"name": "a", "emptyDir": {}}],
      "extraVolumeMounts": [{"name": "a", "mountPath": "/x"}]},
      "operate": {"extraVolumes": [{"name": "b", "emptyDir": {}}],
      "extraVolumeMounts": [{"name": "b", "mountPath": "/x"}]}})"),
};

TEST(Deployments, TellWhatTheirRowsSay) {
  Rows rows("every-finding.tsv");
  ASSERT_NO_FATAL_FAILURE(rows.add("values\ttarget\tfindings"));
  for (const auto deployment : k_told) {
    const Value values = values::from_json(deployment);
    const std::string text = values::to_json(values);
    for (const char* version : {"13.12.7", "13.2.0"}) {
      ASSERT_NO_FATAL_FAILURE(rows.add(fmt::format(
          "{}\t{}\t{}", text, version, fmt::join(told(translate(values, version)), " "))));
    }
    ASSERT_NO_FATAL_FAILURE(rows.add(fmt::format(
        "{}\tno migration\t{}", text, fmt::join(told(translate(values, "13.12.7", false)), " "))));
  }
  rows.end();
}

// Whole values files, as people have them: every value and finding is a row beside it.
TEST(Deployments, OfRealSizeBecomeWhatTheirRowsSay) {
  for (const char* name : {"basic", "dual-region", "eks-rds", "entra", "four-into-one", "openshift",
                           "outdated", "outside-opensearch"}) {
    SCOPED_TRACE(name);
    const std::string file = fmt::format("deployments/{}", name);
    std::ifstream in(std::string(C8UPGRADE_TESTS) + "/fixtures/" + file + ".yaml");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto plan = translate(values::read_yaml(text::Source("values.yaml", text)));
    Rows rows(file + ".expected");
    for (const auto& [path, value] : leaves(plan.result)) {
      ASSERT_NO_FATAL_FAILURE(rows.add(path + " = " + value));
    }
    for (const auto& finding : told(plan)) {
      ASSERT_NO_FATAL_FAILURE(rows.add(finding));
    }
    rows.end();
  }
}

}  // namespace
