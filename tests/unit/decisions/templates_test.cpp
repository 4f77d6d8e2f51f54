#include "decisions/templates_scan.hpp"
#include "translate.hpp"

#include <gtest/gtest.h>

namespace {

using decisions_test::at;
using decisions_test::finding;
using decisions_test::names;
using decisions_test::told;
using decisions_test::translate;

// The text as it comes out of a value that both charts keep at the same place.
std::string text(const std::string& written,
                 const std::string& rest = R"("zeebe":{"clusterSize":5})") {
  values::Value quoted = values::Value::text(written);
  return at(translate("{" + rest + R"(,"connectors":{"extraConfiguration":{"a":)" +
                      values::to_json(quoted) + "}}}"),
            "connectors.extraConfiguration.a");
}

TEST(Templates, ReferencesFollowTheKey) {
  EXPECT_EQ(text("n={{ .Values.zeebe.clusterSize }}"),
            R"("n={{ .Values.orchestration.clusterSize }}")");
  EXPECT_EQ(text("{{- $.Values.zeebe.clusterSize | quote -}}"),
            R"("{{- $.Values.orchestration.clusterSize | quote -}}")");
  EXPECT_EQ(text("{{ index .Values \"zeebe\" \"clusterSize\" }}"),
            R"("{{ .Values.orchestration.clusterSize }}")");
  EXPECT_EQ(text("{{ .Values.zeebe.pvcSize }}"), R"("{{ .Values.orchestration.pvcSize }}")");
}

TEST(Templates, ValuesOfKeysThatAreGoneAreWrittenOut) {
  EXPECT_EQ(text("{{ .Values.operate.service.port }}/"), R"("80/")");
  EXPECT_EQ(text("{{ add 1 .Values.operate.service.port }}"), R"("{{ add 1 80 }}")");
  EXPECT_EQ(text("{{ .Values.zeebe.unknown }}x"), R"("x")");
  EXPECT_EQ(text("{{ .Values.tasklist.image.tag | upper }}").find(".Values"), std::string::npos);
}

TEST(Templates, ContextPathsAreTheNewAddresses) {
  const char* apps =
      R"("global":{"ingress":{"enabled":true,"host":"h"}},"operate":{"contextPath":"/operate"},
                        "console":{"enabled":true,"contextPath":"/"})";
  EXPECT_EQ(text("https://h{{ .Values.operate.contextPath }}", apps),
            R"("https://h/orchestration/operate")");
}

TEST(Templates, KeysThatStayAreLeftAlone) {
  const std::string host = "{{ .Values.global.ingress.host }}";
  EXPECT_EQ(text(host), values::to_json(values::Value::text(host)));
  const std::string comment = "{{/* .Values.zeebe.clusterSize */}}{{ \".Values.zeebe.x\" }}";
  EXPECT_EQ(text(comment), values::to_json(values::Value::text(comment)));
  EXPECT_EQ(text("plain .Values.zeebe.clusterSize"), R"("plain .Values.zeebe.clusterSize")");
}

TEST(Templates, BlocksThatAreGoneStopTheRun) {
  const auto plan = translate(
      R"({"zeebe":{"clusterSize":5},"connectors":{"extraConfiguration":{"a":"{{ with .Values.zeebe }}{{ end }}"}}})");
  ASSERT_TRUE(told(plan, "template-dangling"));
  EXPECT_EQ(finding(plan, "template-dangling")->severity, text::Severity::error);
  EXPECT_TRUE(names(plan, "template-dangling", "connectors.extraConfiguration.a"));
}

TEST(Templates, WhatEightSevenDidNotEvaluateComesOutAsItWas) {
  EXPECT_EQ(at(translate(R"({"connectors":{"logging":{"pattern":"{{ x }}"}}})"),
               "connectors.logging.pattern"),
            R"("{{`{{ x }}`}}")");
}

TEST(TemplateScan, FindsActionsAndReferences) {
  const std::string text = "a {{ \"}}\" }} {{/* }} */}} {{ .Values.x.y-z }";
  const auto first = decisions::next_action(text, 0);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->inside, " \"}}\" ");
  EXPECT_FALSE(decisions::next_action(text, first->end));
  const auto reference = decisions::next_reference("(index $.Values.a \"b\" `c`) .Valuesx", 0);
  ASSERT_TRUE(reference);
  EXPECT_EQ(reference->path, values::Path("a.b.c"));
  EXPECT_TRUE(reference->from_root);
  EXPECT_FALSE(decisions::next_reference(".Valuesx .x.Values.y .Values", 0));
}

}  // namespace
