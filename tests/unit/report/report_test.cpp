#include "report/report.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace {

using Json = nlohmann::ordered_json;
using rules::FateKind;
using values::Value;

rules::Fate fate(const char* path, FateKind kind, std::vector<values::Path> to = {}) {
  return {path, {0, 12, 3}, kind, std::move(to), "broker-size"};
}

report::Report example() {
  report::Report report;
  report.tool_version = "0.1.0";
  report.from_chart = "12.13.3";
  report.from_app = "8.7.x";
  report.to_chart = "13.12.7";
  report.to_app = "8.8.36";
  report.source_names = {"values.yaml", "--set a"};
  return report;
}

TEST(ReportJson, HasTheNamesOfTheDocument) {
  report::Report report = example();
  report.plan.fates = {
      fate("zeebe.clusterSize", FateKind::moved, {"orchestration.clusterSize"}),
      fate("zeebe.debug", FateKind::dropped),
  };
  report.plan.pins = {
      {"identity.enabled", Value::boolean(true), "identity-stays", "8.8 flipped it."}};
  report.findings = {{"env",
                      text::Severity::warning,
                      {"ZEEBE_FOO"},
                      "It is gone.",
                      {"values.yaml", 41, 3},
                      "Remove it.",
                      "templates/x.yaml"}};

  EXPECT_EQ(report::to_json(report), R"({
  "tool": {
    "name": "c8upgrade",
    "version": "0.1.0"
  },
  "from": {
    "chart": "12.13.3",
    "app": "8.7"
  },
  "to": {
    "chart": "13.12.7",
    "app": "8.8"
  },
  "fates": [
    {
      "path": "zeebe.clusterSize",
      "origin": {
        "file": "values.yaml",
        "line": 12,
        "column": 3
      },
      "fate": "moved",
      "to": [
        "orchestration.clusterSize"
      ],
      "rule": "broker-size"
    },
    {
      "path": "zeebe.debug",
      "origin": {
        "file": "values.yaml",
        "line": 12,
        "column": 3
      },
      "fate": "dropped",
      "to": [],
      "rule": "broker-size"
    }
  ],
  "pins": [
    {
      "path": "identity.enabled",
      "value": true,
      "rule": "identity-stays",
      "because": "8.8 flipped it."
    }
  ],
  "findings": [
    {
      "rule": "env",
      "severity": "warning",
      "subjects": [
        "ZEEBE_FOO"
      ],
      "message": "It is gone.",
      "origin": {
        "file": "values.yaml",
        "line": 41,
        "column": 3
      },
      "next": "Remove it.",
      "source": "templates/x.yaml"
    }
  ]
}
)");
}

TEST(ReportJson, NamesTheFlagWithoutLineAndLeavesOutAnUnknownOrigin) {
  report::Report report = example();
  report.plan.fates = {{"a", {1, 0, 0}, FateKind::kept, {"a"}, "keep"},
                       {"b", {}, FateKind::kept, {"b"}, "keep"}};
  const Json document = Json::parse(report::to_json(report));
  EXPECT_EQ(document["fates"][0]["origin"], (Json{{"file", "--set a"}}));
  EXPECT_FALSE(document["fates"][1].contains("origin"));
}

TEST(ReportJson, HidesSecretsOfPinsAndKeepsWhatNamesThem) {
  report::Report report = example();
  report.plan.pins = {{"identity.firstUser.password", Value::text("demo"), "r", ""},
                      {"a.secret.existingSecret", Value::text("my-secret"), "r", ""}};
  const Json pins = Json::parse(report::to_json(report))["pins"];
  EXPECT_EQ(pins[0]["value"], "(hidden)");
  EXPECT_EQ(pins[1]["value"], "my-secret");
}

TEST(ReportJson, WritesWholeNumbersOfFilesAsIntegers) {
  report::Report report = example();
  report.plan.pins = {{"a", Value::number(3), "r", ""},
                      {"b", Value::number(0.5), "r", ""},
                      {"c", Value::integer(9007199254740993), "r", ""},
                      {"d", Value::number(1e300), "r", ""}};
  const std::string json = report::to_json(report);
  EXPECT_NE(json.find("\"value\": 3,"), std::string::npos) << json;
  EXPECT_NE(json.find("\"value\": 0.5,"), std::string::npos) << json;
  EXPECT_NE(json.find("\"value\": 9007199254740993,"), std::string::npos) << json;
  EXPECT_NE(json.find("\"value\": 1e+300,"), std::string::npos) << json;
}

TEST(ReportJson, SurvivesBytesThatAreNoText) {
  report::Report report = example();
  report.plan.pins = {{"a", Value::text("\xff"), "r", ""}};
  EXPECT_EQ(Json::parse(report::to_json(report))["pins"][0]["value"], "\xef\xbf\xbd");
}

TEST(Summary, CountsEveryFateOnce) {
  report::Report report = example();
  rules::Plan& plan = report.plan;
  plan.fates = {fate("a", FateKind::kept),    fate("b", FateKind::moved),
                fate("c", FateKind::moved),   fate("d", FateKind::merged),
                fate("e", FateKind::dropped), fate("f", FateKind::converted),
                fate("g", FateKind::asked)};
  plan.pins.resize(9);
  plan.data_migration = true;
  plan.identity_migration = true;
  EXPECT_EQ(report::summary(report),
            "1 setting kept, 2 moved, 1 merged, 1 converted, 1 dropped, 1 left to you; "
            "9 defaults of 8.7 pinned; data migration on, identity migration on");
}

TEST(Summary, SaysNothingAboutWhatIsNotThere) {
  report::Report report = example();
  EXPECT_EQ(report::summary(report), "no settings of your own; no migration");

  report.plan.fates = {fate("a", FateKind::moved), fate("b", FateKind::moved)};
  report.plan.pins.resize(1);
  report.plan.data_migration = true;
  EXPECT_EQ(report::summary(report),
            "2 settings moved; 1 default of 8.7 pinned; data migration on, identity migration off");

  report.plan.already_new = true;
  report.plan.data_migration = false;
  EXPECT_EQ(report::summary(report),
            "the values are in the structure of 8.8 already; no migration");
}

}  // namespace
