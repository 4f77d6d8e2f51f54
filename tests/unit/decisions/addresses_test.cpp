#include "translate.hpp"

#include <gtest/gtest.h>

namespace {

using decisions_test::at;
using decisions_test::fate;
using decisions_test::finding;
using decisions_test::names;
using decisions_test::told;
using decisions_test::translate;
using rules::FateKind;

constexpr const char* k_ingress = R"("global":{"ingress":{"enabled":true,"host":"h.example.com"}})";

rules::Plan with_ingress(const std::string& rest, rules::Request request = {}) {
  return translate("{" + std::string(k_ingress) + "," + rest + "}", std::move(request));
}

TEST(ContextPath, OperateAndTasklistStayWhereTheyWere) {
  const auto plan = with_ingress(
      R"("operate":{"contextPath":"/c8/operate"},"tasklist":{"contextPath":"/c8/tasklist"},
         "zeebeGateway":{"contextPath":"/c8"})");
  EXPECT_EQ(at(plan, "orchestration.contextPath"), R"("/c8")");
  EXPECT_FALSE(told(plan, "address-moved"));
  EXPECT_EQ(fate(plan, "operate.contextPath")->kind, FateKind::merged);
}

TEST(ContextPath, IsTheRootForOperateAndTasklistAtTheTop) {
  const auto plan = with_ingress(
      R"("operate":{"contextPath":"/operate"},"tasklist":{"contextPath":"/tasklist"})");
  EXPECT_EQ(at(plan, "orchestration.contextPath"), R"("/")");
  EXPECT_FALSE(told(plan, "address-moved"));
  EXPECT_TRUE(names(plan, "newly-reachable", "h.example.com/"));
}

TEST(ContextPath, StaysUnsetWhenNobodyHadOne) {
  const auto plan = with_ingress(R"("identity":{"contextPath":"/identity"})");
  EXPECT_EQ(at(plan, "orchestration.contextPath"), "nothing");
}

TEST(ContextPath, GivesWayToConsoleAndTellsWhatMoves) {
  const auto plan = with_ingress(
      R"("operate":{"contextPath":"/operate"},"tasklist":{"contextPath":"/tasklist"},
         "console":{"enabled":true,"contextPath":"/"})");
  EXPECT_EQ(at(plan, "orchestration.contextPath"), R"("/orchestration")");
  const auto* moved = finding(plan, "address-moved");
  ASSERT_NE(moved, nullptr);
  EXPECT_EQ(moved->severity, text::Severity::warning);
  EXPECT_NE(moved->message.find("Operate http://h.example.com/operate → "
                                "http://h.example.com/orchestration/operate"),
            std::string::npos);
  EXPECT_TRUE(names(plan, "address-moved", "h.example.com/tasklist"));
  EXPECT_TRUE(names(plan, "address-moved", "camunda-zeebe-gateway:8080/orchestration"));
}

TEST(ContextPath, ConsoleThatIsNotDeployedOwnsNothing) {
  const auto plan =
      with_ingress(R"("operate":{"contextPath":"/operate"},"console":{"contextPath":"/"})");
  EXPECT_EQ(at(plan, "orchestration.contextPath"), R"("/")");
}

TEST(ContextPath, GivesWayToTheGrpcIngressOfTheSameHost) {
  const auto plan = with_ingress(
      R"("operate":{"contextPath":"/operate"},
         "zeebeGateway":{"ingress":{"grpc":{"enabled":true,"host":"{{ .Values.global.ingress.host }}"}}})");
  EXPECT_EQ(at(plan, "orchestration.contextPath"), R"("/orchestration")");
}

TEST(ContextPath, IsTheOneAskedFor) {
  rules::Request request;
  request.context_path = "c8/";
  const auto plan = with_ingress(R"("operate":{"contextPath":"/operate"})", request);
  EXPECT_EQ(at(plan, "orchestration.contextPath"), R"("/c8")");
  EXPECT_TRUE(names(plan, "address-moved", "h.example.com/operate"));
}

TEST(ContextPath, OfTheUserWinsOverLegacyOnes) {
  const auto plan = with_ingress(
      R"("operate":{"contextPath":"/operate"},"orchestration":{"contextPath":"/mine"})");
  EXPECT_EQ(at(plan, "orchestration.contextPath"), R"("/mine")");
}

TEST(ContextPath, OfAnotherShapeCannotBeKept) {
  const auto plan =
      with_ingress(R"("operate":{"contextPath":"/op"},"tasklist":{"contextPath":"/tl"})");
  EXPECT_EQ(at(plan, "orchestration.contextPath"), R"("/orchestration")");
  EXPECT_TRUE(names(plan, "address-moved", "/tl"));
}

TEST(ContextPath, WithoutALeadingSlashIsTold) {
  const auto plan = with_ingress(R"("operate":{"contextPath":"operate"})");
  EXPECT_EQ(at(plan, "orchestration.contextPath"), R"("/")");
  EXPECT_TRUE(names(plan, "address-moved", "operate"));
}

TEST(ContextPath, ManagementIdentityHidesTheAdminUi) {
  const char* apps = R"("operate":{"contextPath":"/operate"},"identity":{"contextPath":")";
  EXPECT_TRUE(names(with_ingress(std::string(apps) + "/identity\"}"), "identity-hides-admin",
                    "h.example.com/identity"));
  EXPECT_FALSE(
      told(with_ingress(std::string(apps) + "/managementidentity\"}"), "identity-hides-admin"));
}

TEST(ContextPath, TellsWhoHasRoutesOfTheirOwn) {
  const auto plan = translate(
      R"({"global":{"ingress":{"enabled":true,"external":true}},"operate":{"contextPath":"/operate"}})");
  EXPECT_TRUE(names(plan, "own-route", "camunda-operate"));
  EXPECT_FALSE(told(with_ingress(R"("operate":{"contextPath":"/operate"})"), "own-route"));
}

TEST(ContextPath, OpensAnUnprotectedApiOnlyWithAWarning) {
  const auto plan = translate(
      R"({"global":{"ingress":{"enabled":true,"host":"h"},"identity":{"auth":{"enabled":false}}},
          "operate":{"contextPath":"/operate"}})");
  ASSERT_TRUE(told(plan, "newly-reachable-open"));
  EXPECT_EQ(finding(plan, "newly-reachable-open")->severity, text::Severity::warning);
}

TEST(CombinedIngress, TakesTheComponentsPathType) {
  const auto plan = translate(
      R"({"global":{"ingress":{"enabled":true,"host":"h","pathType":"ImplementationSpecific"}},
          "optimize":{"contextPath":"/optimize"}})");
  EXPECT_EQ(at(plan, "global.ingress.pathType"), R"("Prefix")");
  const auto own =
      with_ingress(R"("optimize":{"contextPath":"/optimize","ingress":{"pathType":"Exact"}})");
  EXPECT_EQ(at(own, "global.ingress.pathType"), R"("Exact")");
  EXPECT_FALSE(told(own, "path-type"));
  EXPECT_EQ(fate(own, "optimize.ingress.pathType")->kind, FateKind::merged);
}

TEST(CombinedIngress, TellsDifferentPathTypes) {
  const auto plan = with_ingress(
      R"("optimize":{"contextPath":"/optimize","ingress":{"pathType":"Exact"}},
         "connectors":{"contextPath":"/k"},"operate":{"contextPath":"/operate"})");
  EXPECT_TRUE(names(plan, "path-type", "optimize.ingress.pathType"));
}

TEST(CombinedIngress, LeavesTlsToOpenShift) {
  const auto secret = [](const std::string& class_name) {
    return at(translate(R"({"global":{"ingress":{"enabled":true,"className":")" + class_name +
                        R"(","tls":{"enabled":true,"secretName":""}}}})"),
              "global.ingress.tls.secretName");
  };
  EXPECT_EQ(secret("openshift-default"), R"("-")");
  EXPECT_EQ(secret("nginx"), R"("")");
}

TEST(CombinedIngress, HasAnEmptyHostInsteadOfNone) {
  const auto plan = translate(R"({"global":{"ingress":{"enabled":true,"host":null}}})");
  EXPECT_EQ(at(plan, "global.ingress.host"), R"("")");
}

TEST(GrpcIngress, KeepsTheNameOfItsSecret) {
  const char* start = R"({"zeebeGateway":{"ingress":{"grpc":{"enabled":true,"tls":{"enabled":)";
  EXPECT_EQ(
      at(translate(std::string(start) + "true}}}}}"), "orchestration.ingress.grpc.tls.secretName"),
      R"("camunda-platform-zeebe-gateway-grpc")");
  EXPECT_EQ(
      at(translate(std::string(start) + "false}}}}}"), "orchestration.ingress.grpc.tls.secretName"),
      "nothing");
}

TEST(GrpcIngress, TakesTheOldFlatForm) {
  const auto plan = translate(
      R"({"zeebeGateway":{"ingress":{"enabled":true,"host":"flat","path":"","grpc":{"host":"g","path":"/x"}}}})");
  EXPECT_EQ(at(plan, "orchestration.ingress.grpc.enabled"), "true");
  EXPECT_EQ(at(plan, "orchestration.ingress.grpc.host"), R"("flat")");
  EXPECT_EQ(at(plan, "orchestration.ingress.grpc.path"), R"("/x")");
  EXPECT_EQ(fate(plan, "zeebeGateway.ingress.grpc.host")->kind, FateKind::dropped);
}

TEST(GrpcIngress, IgnoresTheFlatFormThatWasOff) {
  const auto plan = translate(
      R"({"zeebeGateway":{"ingress":{"enabled":false,"host":"flat","grpc":{"enabled":true,"host":"g"}}}})");
  EXPECT_EQ(at(plan, "orchestration.ingress.grpc.host"), R"("g")");
}

TEST(CombinedIngress, LeadsToIdentityThatHadItsOwn) {
  const auto plan =
      with_ingress(R"("identity":{"contextPath":"/id","ingress":{"enabled":true,"host":"i"}})");
  EXPECT_TRUE(names(plan, "newly-reachable", "h.example.com/id"));
}

// Helm removes a default that is null and hands any other null to the schema of 13.x.
TEST(Annotations, ANullStaysOnlyWhereItRemovesADefault) {
  const auto plan = translate(R"({"global":{"ingress":{"annotations":{)"
                              R"("nginx.ingress.kubernetes.io/ssl-redirect":null,"own":null}}}})");
  EXPECT_EQ(at(plan, "global.ingress.annotations"),
            R"({"nginx.ingress.kubernetes.io/ssl-redirect":null})");
  EXPECT_EQ(fate(plan, "global.ingress.annotations.own")->kind, FateKind::dropped);
}

}  // namespace
