#include "upgrade/rights.hpp"

#include "unit/upgrade/manifests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace upgrade {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string object(const std::string& api, const std::string& kind, const std::string& name,
                   const std::string& more = "") {
  return "---\napiVersion: " + api + "\nkind: " + kind + "\nmetadata:\n  name: " + name + "\n" +
         more;
}

const std::string k_before =
    object("apps/v1", "StatefulSet", "z") + object("apps/v1", "Deployment", "old") +
    object("v1", "Secret", "kept", "  annotations: {helm.sh/resource-policy: keep}\n");
const std::string k_after = object("apps/v1", "StatefulSet", "z") +
                            object("networking.k8s.io/v1", "Ingress", "i") +
                            object("v1", "ConfigMap", "far", "  namespace: other\n");

text::Sink told(const std::string& rules, const std::string& incomplete = "false") {
  return check_rights(
      manifest(k_before), manifest(k_after), "prod",
      {0, false,
       R"({"status": {"incomplete": )" + incomplete + R"(, "resourceRules": [)" + rules + "]}}",
       ""});
}

constexpr const char* k_secrets =
    R"({"verbs": ["create"], "apiGroups": [""], "resources": ["secrets"]})";

TEST(Rights, everything_is_allowed_to_who_may_do_all) {
  EXPECT_THAT(told(R"({"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]})"), IsEmpty());
}

TEST(Rights, what_is_missing_is_told_in_one_finding) {
  const text::Sink findings = told(
      std::string(k_secrets) +
      R"(, {"verbs": ["patch"], "apiGroups": ["apps"], "resources": ["statefulsets"], "resourceNames": ["z"]})");
  ASSERT_EQ(rules_of(findings), "rights-missing");
  EXPECT_THAT(findings[0].subjects, ElementsAre("deployments.apps", "ingresses.networking.k8s.io"));
  EXPECT_THAT(findings[0].message,
              HasSubstr("delete deployments.apps and create ingresses.networking.k8s.io"));
}

TEST(Rights, a_rule_for_names_makes_nothing_new_and_no_other) {
  const auto subjects = [](const std::string& rule) {
    const text::Sink findings = told(std::string(k_secrets) + ", " + rule);
    return findings.empty() ? std::vector<std::string>() : findings.at(0).subjects;
  };
  EXPECT_THAT(
      subjects(
          R"({"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"], "resourceNames": ["i", "z", "old"]})"),
      ElementsAre("ingresses.networking.k8s.io"));
  EXPECT_THAT(
      subjects(
          R"({"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"], "resourceNames": ["z"]})"),
      ElementsAre("deployments.apps", "ingresses.networking.k8s.io"));
}

TEST(Rights, who_cannot_list_them_says_nothing) {
  EXPECT_THAT(told(k_secrets, "true"), IsEmpty());
  EXPECT_THAT(told(""), IsEmpty());
  EXPECT_THAT(check_rights({}, manifest(k_after), "prod", {1, false, "", "x"}), IsEmpty());
  EXPECT_THAT(check_rights({}, manifest(k_after), "prod", {0, false, "no JSON", ""}), IsEmpty());
}

TEST(Rights, resources_of_kinds) {
  EXPECT_EQ(resource_of("NetworkPolicy"), "networkpolicies");
  EXPECT_EQ(resource_of("Ingress"), "ingresses");
  EXPECT_EQ(resource_of("Gateway"), "gateways");
  EXPECT_EQ(resource_of("PodDisruptionBudget"), "poddisruptionbudgets");
}

TEST(Rights, the_question_is_one_call) {
  const kube::Client::Call call = call_for_rights("prod");
  EXPECT_THAT(call.words, ElementsAre("create", "--validate=ignore", "-f", "-", "-o", "json"));
  EXPECT_THAT(call.input, HasSubstr("\"namespace\":\"prod\""));
}

}  // namespace
}  // namespace upgrade
