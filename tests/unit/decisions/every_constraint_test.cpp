// Each way in which chart 13.x refuses values or silently does something else with them, and what
// c8upgrade makes of it: fixtures/every-constraint.tsv, a row or more for each. A row holds small
// values of 8.7 and what must come out, separated by "; ":
//   PATH = JSON        the new values have this there, so that it cannot happen
//   no PATH            the new values have nothing there, so that it cannot happen
//   told RULE SUBJECT  it is told, by name and line of what the user wrote
#include "base/strings.hpp"
#include "translate.hpp"
#include "values/json.hpp"

#include <array>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <vector>

namespace {

using values::Path;
using values::Value;

struct Row {
  std::string id;
  std::string hazard;
  std::string asked;
  std::string values;
  std::string outcome;
};

std::vector<Row> read_rows() {
  std::ifstream in(std::string(C8UPGRADE_TESTS) + "/fixtures/every-constraint.tsv",
                   std::ios::binary);
  std::vector<Row> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    const auto cells = base::split(line, '\t');
    rows.push_back({std::string(cells.at(0)), std::string(cells.at(1)), std::string(cells.at(2)),
                    std::string(cells.at(3)), std::string(cells.at(4))});
  }
  return rows;
}

// The values of a row; words instead of JSON stand for what is too long for a row.
std::string values_of(const Row& row) {
  if (row.values.starts_with("{")) {
    return row.values;
  }
  Value all = Value::map({});
  for (const char* block : {"zeebe", "zeebeGateway", "operate", "tasklist"}) {
    all[block] = rules::catalogue_8_7_to_8_8().old_default(Path(block));
  }
  return values::to_json(all);
}

rules::Request request_of(const Row& row) {
  rules::Request request;
  if (row.asked.starts_with("to=")) {
    request.to = *base::Version::parse(row.asked.substr(3));
  } else if (row.asked.starts_with("release=")) {
    request.release = row.asked.substr(8);
  } else {
    EXPECT_EQ(row.asked, "");
  }
  return request;
}

std::string told(const rules::Plan& plan) {
  std::string out;
  for (const auto& finding : plan.findings) {
    out += fmt::format("\n  {}: {}", finding.rule, base::join(finding.subjects, ", "));
  }
  return out;
}

void expect_told(const rules::Plan& plan, const std::string& rule, const std::string& subject) {
  ASSERT_TRUE(decisions_test::names(plan, rule, subject)) << "told is:" << told(plan);
  for (const auto& finding : plan.findings) {
    if (finding.rule == rule && finding.subjects.front() == subject) {
      EXPECT_NE(finding.severity, text::Severity::note) << rule;
      EXPECT_GT(finding.location.line, 0) << rule << " has no line";
    }
  }
}

void expect(const rules::Plan& plan, const std::string& outcome) {
  if (outcome.starts_with("told ")) {
    const auto words = base::split(outcome, ' ');
    ASSERT_EQ(words.size(), 3U);
    expect_told(plan, std::string(words[1]), std::string(words[2]));
  } else if (outcome.starts_with("no ")) {
    EXPECT_EQ(decisions_test::at(plan, outcome.substr(3)), "nothing");
  } else {
    const std::size_t equals = outcome.find(" = ");
    ASSERT_NE(equals, std::string::npos) << outcome;
    const std::string path = outcome.substr(0, equals);
    const std::string got = decisions_test::at(plan, path);
    const bool same =
        got != "nothing" && values::from_json(got) == values::from_json(outcome.substr(equals + 3));
    EXPECT_TRUE(same) << outcome << "\nis " << got;
  }
}

TEST(EveryConstraint, IsPreventedOrTold) {
  for (const Row& row : read_rows()) {
    SCOPED_TRACE(fmt::format("{} ({}) {}", row.id, row.hazard, row.values));
    const auto plan = decisions_test::translate(values_of(row), request_of(row));
    std::string rest = row.outcome;
    for (std::size_t at = 0; (at = rest.find("; ")) != std::string::npos;) {
      expect(plan, rest.substr(0, at));
      rest = rest.substr(at + 2);
    }
    expect(plan, rest);
  }
}

// C: the chart says that it fails; S: its schema does; N: its templates do; H: nothing does.
TEST(EveryConstraint, HasARow) {
  std::set<std::string> there;
  for (const Row& row : read_rows()) {
    there.insert(row.id);
  }
  std::set<std::string> wanted;
  for (const auto& [kind, count] : {std::pair{'C', 67}, {'S', 12}, {'N', 5}, {'H', 38}}) {
    for (int i = 1; i <= count; ++i) {
      wanted.insert(fmt::format("{}{:02}", kind, i));
    }
  }
  EXPECT_EQ(there, wanted);
}

// What no row of 8.7 values reaches: the user's own values of 8.8 are looked at as well.
TEST(EveryConstraint, IsToldOfValuesInTheNewStructure) {
  constexpr std::array k_rows = {
      std::array{R"({"identity": {"enabled": true, "multitenancy": {"enabled": true}}})",
                 "tenants-without-database", "identity.multitenancy.enabled"},
      std::array{R"({"global": {"noSecondaryStorage": true, "opensearch": {"enabled": true}}})",
                 "storage-beside-none", "global.opensearch.enabled"},
      std::array{R"({"global": {"noSecondaryStorage": true}, "elasticsearch": {"enabled": true}})",
                 "storage-beside-none", "elasticsearch.enabled"},
      std::array{R"({"global": {"noSecondaryStorage": true,
                                "security": {"authentication": {"method": "basic"}}}})",
                 "no-storage-basic", "global.security.authentication.method"},
      std::array{R"({"global": {"identity": {"auth": {"type": "KEYCLOAK",
                     "identity": {"secret": {"existingSecret": "a"}}}}}})",
                 "identity-password-with-keycloak",
                 "global.identity.auth.identity.secret.existingSecret"},
      std::array{R"({"global": {"identity": {"auth": {"type": "KEYCLOAK",
                     "identity": {"secret": {"inlineSecret": "a"}}}}}})",
                 "identity-password-with-keycloak",
                 "global.identity.auth.identity.secret.inlineSecret"},
      std::array{R"({"identity": {"enabled": true}, "global": {"identity": {
                     "auth": {"enabled": true, "type": "KEYCLOAK"},
                     "keycloak": {"url": {"protocol": "http", "port": "80"}}}}})",
                 "keycloak-address-incomplete", "global.identity.keycloak.url.host"},
      std::array{R"({"identity": {"enabled": true}, "global": {"identity": {
                     "auth": {"enabled": true, "type": "KEYCLOAK"},
                     "keycloak": {"url": {"protocol": "http", "host": "a"}}}}})",
                 "keycloak-address-incomplete", "global.identity.keycloak.url.port"},
      std::array{R"({"identity": {"enabled": true}, "global": {"identity": {
                     "auth": {"enabled": true, "type": "KEYCLOAK"},
                     "keycloak": {"auth": {"adminUser": "a"}}}}})",
                 "keycloak-login-incomplete", "global.identity.keycloak.auth.existingSecret"},
      std::array{R"({"identity": {"enabled": true}, "orchestration": {"migration": {
                     "identity": {"enabled": true}}}})",
                 "identity-migration-without-secret", "orchestration.migration.identity.enabled"},
      std::array{R"({"identity": {"enabled": true}, "global": {"identity": {"auth": {
                     "enabled": true, "type": "GENERIC"}}}, "orchestration": {"migration": {
                     "identity": {"enabled": true, "claimValue": "a"}}}})",
                 "identity-migration-incomplete", "orchestration.migration.identity.clientId"},
      std::array{R"({"identity": {"enabled": true}, "global": {"identity": {"auth": {
                     "enabled": true, "type": "GENERIC"}}}, "orchestration": {"migration": {
                     "identity": {"enabled": true, "clientId": "a"}}}})",
                 "identity-migration-incomplete", "orchestration.migration.identity.claimValue"},
      std::array{R"({"identity": {"enabled": true}, "orchestration": {
                     "readinessProbe": {"scheme": "HTTPS"}, "migration": {
                     "identity": {"enabled": true, "secret": {"existingSecret": "a"}}}}})",
                 "wait-for-https", "orchestration.readinessProbe.scheme"},
  };
  for (const auto& [json, rule, subject] : k_rows) {
    SCOPED_TRACE(json);
    values::Value values = values::from_json(json);
    values["orchestration"]["clusterSize"] = Value::text("3");
    const auto plan = decisions_test::translate(values::to_json(values));
    EXPECT_TRUE(plan.already_new);
    expect_told(plan, rule, subject);
  }
}

// What only some charts do, and what must not be told of others.
TEST(EveryConstraint, IsToldOfTheChartsThatDoIt) {
  const auto names_it = [](std::string_view json, const char* to, const char* rule) {
    rules::Request request;
    request.to = *base::Version::parse(to);
    const auto plan = decisions_test::translate(json, request);
    for (const auto& finding : plan.findings) {
      EXPECT_TRUE(finding.rule != rule || finding.severity != text::Severity::note) << rule;
    }
    return decisions_test::told(plan, rule);
  };
  constexpr auto k_resources = R"({"orchestration": {"migration": {"data": {"enabled": true,
      "resources": {"limits": {"cpu": "2"}}}, "identity": {"enabled": true,
      "secret": {"existingSecret": "a"}, "resources": {"limits": {"cpu": "2"}}}}}})";
  for (const char* job : {"data", "identity"}) {
    rules::Request request;
    request.to = *base::Version::parse("13.9.0");
    EXPECT_TRUE(decisions_test::names(decisions_test::translate(k_resources, request),
                                      "job-resources-unread",
                                      fmt::format("orchestration.migration.{}.resources", job)));
  }
  EXPECT_TRUE(names_it(k_resources, "13.9.0", "job-resources-unread"));
  EXPECT_FALSE(names_it(k_resources, "13.9.1", "job-resources-unread"));
  constexpr auto k_switched_off = R"({"orchestration": {"migration": {"data": {"enabled": false,
      "resources": {"limits": {"cpu": "2"}}}}}})";
  EXPECT_FALSE(names_it(k_switched_off, "13.9.0", "job-resources-unread"));
  constexpr auto k_account = R"({"zeebe": {"serviceAccount": {"annotations": {"role": "a"}}}})";
  EXPECT_TRUE(names_it(k_account, "13.4.2", "jobs-without-account"));
  EXPECT_FALSE(names_it(k_account, "13.8.0", "jobs-without-account"));
  EXPECT_FALSE(names_it("{}", "13.4.2", "jobs-without-account"));
  constexpr auto k_connectors = R"({"connectors": {"enabled": false}})";
  EXPECT_TRUE(names_it(k_connectors, "13.2.1", "identity-wants-connectors"));
  EXPECT_FALSE(names_it(k_connectors, "13.2.2", "identity-wants-connectors"));
  EXPECT_FALSE(names_it("{}", "13.2.1", "identity-wants-connectors"));
}

// The same for what every component may have.
TEST(EveryConstraint, IsToldOfEachComponent) {
  const auto told_of = [](const std::string& block, std::string_view json, const char* rule,
                          const std::string& subject) {
    SCOPED_TRACE(subject);
    Value values = values::from_json(
        R"({"orchestration": {"clusterSize": "3"},
            "global": {"testDeprecationFlags": {"existingSecretsMustBeSet": "error"}}})");
    values::Value* there = &values;
    for (const auto& key : base::split(block, '.')) {
      there = &(*there)[std::string(key)];
    }
    *there = values::from_json(json);
    const auto plan = decisions_test::translate(values::to_json(values));
    EXPECT_TRUE(plan.already_new);
    expect_told(plan, rule, subject);
  };
  for (const std::string block : {"connectors", "identity", "optimize", "console"}) {
    told_of(block, R"({"enabled": true, "image": {"tag": ""}})", "no-image-version",
            block + ".image.tag");
  }
  for (const std::string block : {"identity", "console", "webModeler", "connectors"}) {
    told_of(block, R"({"ingress": {"enabled": true}})", "old-ingress-in-new-values",
            block + ".ingress.enabled");
  }
  for (const std::string block : {"identityKeycloak", "identityKeycloak.postgresql",
                                  "webModelerPostgresql", "identityPostgresql"}) {
    told_of(block, R"({"enabled": true, "auth": {"existingSecret": ""}})",
            "database-secret-must-be-named", block + ".auth.existingSecret");
  }
}

TEST(EveryConstraint, OfValuesInTheNewStructureOnlyWhatIsWrongIsTold) {
  const auto plan = decisions_test::translate(
      R"({"orchestration": {"clusterSize": "3"}, "identity": {"enabled": true},
          "identityPostgresql": {"enabled": true}, "global": {"multitenancy": {"enabled": true}}})");
  ASSERT_TRUE(plan.already_new);
  EXPECT_FALSE(decisions_test::told(plan, "tenants-without-database"));
  EXPECT_FALSE(decisions_test::told(plan, "old-ingress-in-new-values"));
}

TEST(EveryConstraint, OfAWholeMigrationNothingIsTold) {
  const auto plan = decisions_test::translate(
      R"({"identity": {"enabled": true}, "global": {"identity": {"auth": {
          "enabled": true, "type": "GENERIC"}}}, "orchestration": {
          "readinessProbe": {"scheme": "HTTP"}, "migration": {"identity": {
          "enabled": true, "clientId": "a", "claimValue": "b", "secret": {"existingSecret": "c"}}}}})");
  ASSERT_TRUE(plan.already_new);
  EXPECT_FALSE(decisions_test::told(plan, "identity-migration-without-secret"));
  EXPECT_FALSE(decisions_test::told(plan, "identity-migration-incomplete"));
  EXPECT_FALSE(decisions_test::told(plan, "wait-for-https"));
}

}  // namespace
