// Each way in which chart 13.x refuses values or silently does something else with them, and what
// c8upgrade makes of it: fixtures/every-constraint.tsv, a row or more for each. A row holds small
// values of 8.7 and what must come out, separated by "; ":
//   PATH = JSON        the new values have this there, so that it cannot happen
//   no PATH            the new values have nothing there, so that it cannot happen
//   told RULE SUBJECT  it is told, by name and line of what the user wrote
#include "base/strings.hpp"
#include "translate.hpp"
#include "values/json.hpp"

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
  const auto* finding = decisions_test::finding(plan, rule);
  EXPECT_NE(finding->severity, text::Severity::note) << rule;
  EXPECT_GT(finding->location.line, 0) << rule << " has no line";
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
  const auto plan = decisions_test::translate(
      R"({"orchestration": {"clusterSize": "3"}, "identity": {"enabled": true},
          "identityPostgresql": {"enabled": true}, "connectors": {"ingress": {"enabled": true}},
          "global": {"multitenancy": {"enabled": true}}})");
  ASSERT_TRUE(plan.already_new);
  EXPECT_TRUE(
      decisions_test::names(plan, "old-ingress-in-new-values", "connectors.ingress.enabled"));
  EXPECT_FALSE(decisions_test::told(plan, "tenants-without-database"));
}

}  // namespace
