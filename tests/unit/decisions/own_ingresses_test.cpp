#include "translate.hpp"

#include <gtest/gtest.h>

namespace {

using decisions_test::at;
using decisions_test::fate;
using decisions_test::names;
using decisions_test::told;
using decisions_test::translate;
using rules::FateKind;

const char* k_first = "global.extraManifests[0]";

std::string first(const rules::Plan& plan, const std::string& below) {
  return at(plan, std::string(k_first) + "." + below);
}

TEST(OwnIngress, IsRebuiltWhole) {
  const auto plan = translate(
      R"({"operate":{"ingress":{"enabled":true,"host":"o.example.com","className":"alb",
          "annotations":{"a":"b","ingress.kubernetes.io/rewrite-target":null},
          "tls":{"enabled":true,"secretName":"o-tls"}}}})");
  EXPECT_EQ(first(plan, "kind"), R"("Ingress")");
  EXPECT_EQ(first(plan, "metadata.name"), R"("{{ .Release.Name }}-operate")");
  EXPECT_EQ(first(plan, "metadata.annotations.a"), R"("b")");
  EXPECT_EQ(first(plan, "metadata.annotations.ingress\\.kubernetes\\.io/rewrite-target"),
            "nothing");
  EXPECT_EQ(first(plan, "metadata.labels.app\\.kubernetes\\.io/component"), R"("operate")");
  EXPECT_EQ(first(plan, "spec.ingressClassName"), R"("alb")");
  EXPECT_EQ(first(plan, "spec.tls"), R"([{"hosts":["o.example.com"],"secretName":"o-tls"}])");
  EXPECT_EQ(
      first(plan, "spec.rules"),
      R"([{"host":"o.example.com","http":{"paths":[{"path":"/","pathType":"Prefix","backend":)"
      R"({"service":{"name":"{{ include \"orchestration.serviceName\" . }}","port":{"number":8080}}}}]}}])");
  EXPECT_TRUE(names(plan, "separated-ingress", "o.example.com"));
  EXPECT_TRUE(names(plan, "separated-ingress", "o-tls"));
  EXPECT_TRUE(names(plan, "address-moved", "o.example.com/operate"));
  EXPECT_EQ(fate(plan, "operate.ingress.host")->kind, FateKind::converted);
}

TEST(OwnIngress, ThatWasOffIsGone) {
  const auto plan = translate(
      R"({"operate":{"ingress":{"enabled":false,"host":"o"}},
          "optimize":{"enabled":false,"ingress":{"enabled":true,"host":"p"}}})");
  EXPECT_EQ(at(plan, "global.extraManifests"), "nothing");
  EXPECT_EQ(at(plan, "optimize.ingress"), "nothing");
  EXPECT_EQ(fate(plan, "optimize.ingress.host")->kind, FateKind::dropped);
  EXPECT_FALSE(told(plan, "separated-ingress"));
}

TEST(OwnIngress, OfTwoAppsAtOnePlaceIsOne) {
  const auto plan = translate(
      R"({"operate":{"contextPath":"/operate","ingress":{"enabled":true,"host":"h","path":"/operate",
           "tls":{"enabled":true,"secretName":"one"}}},
          "tasklist":{"contextPath":"/tasklist","ingress":{"enabled":true,"host":"h","path":"/tasklist",
           "tls":{"enabled":true,"secretName":"two"}}}})");
  EXPECT_EQ(at(plan, "global.extraManifests[1]"), "nothing");
  EXPECT_EQ(first(plan, "spec.tls"),
            R"([{"hosts":["h"],"secretName":"one"},{"hosts":["h"],"secretName":"two"}])");
  EXPECT_TRUE(names(plan, "separated-ingress", "two"));
}

TEST(OwnIngress, FollowsTheContextPath) {
  const auto plan = translate(
      R"({"operate":{"contextPath":"/a/operate","ingress":{"enabled":true,"host":"h","path":"/a/operate"}}})");
  EXPECT_EQ(first(plan, "spec.rules[0].http.paths[0].path"), R"("/a")");
}

TEST(OwnIngress, StandsBehindTheUsersManifests) {
  const auto plan = translate(
      R"({"global":{"extraManifests":[{"kind":"ConfigMap","metadata":{"name":"mine"}}]},
          "connectors":{"ingress":{"enabled":true,"host":"k","path":"/c"}}})");
  EXPECT_EQ(first(plan, "metadata.name"), R"("mine")");
  EXPECT_EQ(at(plan, "global.extraManifests[1].spec.rules[0].http.paths[0].path"), R"("/c")");
  EXPECT_EQ(fate(plan, "global.extraManifests[0].kind")->kind, FateKind::kept);
}

TEST(OwnIngress, OfOpenShiftHasNoTlsBlock) {
  const auto plan = translate(
      R"({"optimize":{"ingress":{"enabled":true,"host":"p","className":"openshift-default",
          "tls":{"enabled":true,"secretName":""}}}})");
  EXPECT_EQ(first(plan, "spec.tls"), "nothing");
}

TEST(OwnIngress, OfWebModelerHasTwoHosts) {
  const auto plan = translate(
      R"({"webModeler":{"enabled":true,"restapi":{"mail":{"fromAddress":"a@example.com"}},
          "ingress":{"enabled":true,"webapp":{"host":"m"},"websockets":{"host":"w","tls":{"enabled":true}}}}})");
  EXPECT_EQ(first(plan, "spec.rules[1].host"), R"("w")");
  EXPECT_EQ(first(plan, "spec.tls[0].secretName"), R"("camunda-platform-webmodeler-websockets")");
  EXPECT_EQ(at(plan, "webModeler.websockets.publicHost"), R"("w")");
  EXPECT_EQ(at(plan, "webModeler.websockets.publicPort"), "443");
}

TEST(OwnIngress, OfIdentityGaveItsAddress) {
  EXPECT_EQ(
      at(translate(
             R"({"identity":{"ingress":{"enabled":true,"host":"i","tls":{"enabled":true}}}})"),
         "identity.fullURL"),
      R"("https://i")");
  EXPECT_EQ(at(translate(R"({"zeebe":{"clusterSize":"3"}})"), "identity.fullURL"),
            R"("http://localhost:8080")");
  EXPECT_EQ(at(translate(R"({"identity":{"fullURL":"https://x"}})"), "identity.fullURL"),
            R"("https://x")");
}

TEST(OwnIngress, ThatLedToMoreStillDoes) {
  const auto plan = translate(
      R"({"operate":{"ingress":{"enabled":true,"host":"o"}},"zeebeGateway":{"contextPath":"/z"}})");
  EXPECT_EQ(at(plan, "orchestration.contextPath"), R"("/z")");
  EXPECT_EQ(first(plan, "spec.rules[0].http.paths[0].path"), R"("/")");
}

TEST(OwnIngress, RewritesNoPathsAnyMore) {
  const auto plan = translate(R"x({"operate":{"ingress":{"enabled":true,"host":"o","path":"/o(.*)",
          "annotations":{"nginx.ingress.kubernetes.io/rewrite-target":"/$1","a":"b"}}}})x");
  EXPECT_EQ(first(plan, "metadata.annotations.a"), R"("b")");
  EXPECT_EQ(first(plan, "metadata.annotations.nginx\\.ingress\\.kubernetes\\.io/rewrite-target"),
            "nothing");
  EXPECT_TRUE(names(plan, "rewrite-dropped", "nginx.ingress.kubernetes.io/rewrite-target"));
}

}  // namespace
