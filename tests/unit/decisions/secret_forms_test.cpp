#include "translate.hpp"

#include <gtest/gtest.h>

namespace {

using decisions_test::at;
using decisions_test::fate;
using decisions_test::names;
using decisions_test::told;
using decisions_test::translate;
using rules::FateKind;

constexpr const char* k_cluster_secret = "orchestration.security.authentication.oidc.secret";

bool keeps(const rules::Plan& plan, const std::string& name, const std::string& key) {
  return std::any_of(plan.secrets_to_keep.begin(), plan.secrets_to_keep.end(),
                     [&](const auto& need) { return need.name == name && need.key == key; });
}

std::string auth(const std::string& json) {
  return R"({"global":{"identity":{"auth":)" + json + "}}}";
}

TEST(ClientSecret, ANameStaysANameAndGetsTheKeyThatWasAssumed) {
  const auto plan = translate(auth(R"({"zeebe":{"existingSecret":{"name":"mine"}},
      "connectors":{"existingSecret":{"name":"mine"},"existingSecretKey":"c"}})"));
  EXPECT_EQ(at(plan, k_cluster_secret),
            R"({"existingSecret":"mine","existingSecretKey":"zeebe-secret"})");
  EXPECT_EQ(at(plan, "connectors.security.authentication.oidc.secret"),
            R"({"existingSecret":"mine","existingSecretKey":"c"})");
  EXPECT_EQ(fate(plan, "global.identity.auth.zeebe.existingSecret.name")->kind,
            FateKind::converted);
  EXPECT_FALSE(keeps(plan, "camunda-zeebe-identity-secret", "zeebe-secret"));
}

TEST(ClientSecret, ATextNeverBecomesAName) {
  const auto plan = translate(auth(R"({"zeebe":{"existingSecret":"text"},
      "optimize":{"existingSecret":"other"}})"));
  EXPECT_EQ(at(plan, k_cluster_secret), R"({"inlineSecret":"text"})");
  EXPECT_EQ(at(plan, "global.identity.auth.optimize.secret"), R"({"inlineSecret":"other"})");
  EXPECT_EQ(at(plan, "global.identity.auth.optimize.existingSecret"), "nothing");
  EXPECT_TRUE(names(plan, "plain-text-in-pods", "camunda-zeebe-identity-secret"));
  EXPECT_TRUE(names(plan, "plain-text-in-pods", "global.identity.auth.optimize.existingSecret"));
}

TEST(ClientSecret, AGeneratedOneIsReferredToAndKept) {
  rules::Request request;
  request.release = "prod";
  const auto plan = translate(auth(R"({"zeebe":{"existingSecretKey":"k"}})"), request);
  EXPECT_EQ(at(plan, k_cluster_secret),
            R"({"existingSecret":"prod-zeebe-identity-secret","existingSecretKey":"k"})");
  EXPECT_TRUE(keeps(plan, "prod-zeebe-identity-secret", "k"));
  EXPECT_TRUE(keeps(plan, "prod-connectors-identity-secret", "connectors-secret"));
  EXPECT_TRUE(keeps(plan, "prod-optimize-identity-secret", "optimize-secret"));
  EXPECT_TRUE(names(plan, "generated-secret", "prod-zeebe-identity-secret"));
}

TEST(ClientSecret, NobodyNeedsTheOneOfAComponentThatIsOff) {
  const auto plan = translate(R"({"connectors":{"enabled":false},"optimize":{"enabled":false}})");
  EXPECT_EQ(at(plan, "connectors.security"), "nothing");
  EXPECT_EQ(plan.secrets_to_keep.size(), 1U);
}

TEST(ClientSecret, TheMainJobKeepsItWithoutAWord) {
  rules::Request request;
  request.live = true;
  const auto plan = translate("{}", request);
  EXPECT_FALSE(told(plan, "generated-secret"));
  EXPECT_EQ(plan.secrets_to_keep.size(), 3U);
}

TEST(ClientSecret, TheNewKeyOfTheSameSourceWins) {
  const auto plan = translate(R"({"global":{"identity":{"auth":{"zeebe":{"existingSecret":"old"}}}},
      "orchestration":{"security":{"authentication":{"oidc":{"secret":{"inlineSecret":"new"}}}}},
      "zeebe":{"clusterSize":"3"}})");
  EXPECT_EQ(at(plan, k_cluster_secret), R"({"inlineSecret":"new"})");
  EXPECT_TRUE(told(plan, "overruled"));
}

TEST(IdentitySecret, IsRefusedByBothChartsWithKeycloak) {
  const auto plan = translate(auth(R"({"identity":{"existingSecret":"x"}})"));
  EXPECT_EQ(at(plan, "global.identity.auth.identity"), "nothing");
}

TEST(IdentitySecret, FollowsTheSameFormsWithAnotherProvider) {
  const std::string other =
      R"("type":"GENERIC","issuer":"https://idp","issuerBackendUrl":"https://idp")";
  EXPECT_EQ(at(translate(auth("{" + other + R"(,"identity":{"existingSecret":"x"}})")),
               "global.identity.auth.identity.secret"),
            R"({"inlineSecret":"x"})");
  EXPECT_EQ(at(translate(auth("{" + other + R"(,"identity":{"existingSecret":{"name":"s"}}})")),
               "global.identity.auth.identity.secret"),
            R"({"existingSecret":"s","existingSecretKey":"identity-secret"})");
}

TEST(License, ANameWithoutAKeyGetsTheKeyThatWasAssumed) {
  const auto plan = translate(R"({"global":{"license":{"existingSecret":"lic"}}})");
  EXPECT_EQ(at(plan, "global.license"),
            R"({"secret":{"existingSecret":"lic","existingSecretKey":"CAMUNDA_LICENSE_KEY"}})");
}

TEST(License, ATextStaysAndIsTold) {
  rules::Request request;
  request.release = "my-camunda-platform";
  const auto plan = translate(R"({"global":{"license":{"key":"text"}}})", request);
  EXPECT_EQ(at(plan, "global.license.key"), R"("text")");
  EXPECT_TRUE(names(plan, "plain-text-in-pods", "my-camunda-platform-license"));
}

TEST(StoragePassword, AnEmptyKeyIsWrittenOut) {
  const auto plan = translate(
      R"({"global":{"elasticsearch":{"auth":{"existingSecret":"es","existingSecretKey":null}}}})");
  EXPECT_EQ(at(plan, "global.elasticsearch.auth"),
            R"({"existingSecret":"es","existingSecretKey":"password"})");
}

TEST(StoragePassword, ATextIsToldWhereItWasUsed) {
  const std::string auth_text = R"("auth":{"username":"u","password":"p"})";
  EXPECT_FALSE(
      told(translate(R"({"global":{"elasticsearch":{)" + auth_text + "}}}"), "plain-text-in-pods"));
  EXPECT_TRUE(
      names(translate(R"({"global":{"elasticsearch":{"external":true,)" + auth_text + "}}}"),
            "plain-text-in-pods", "camunda-camunda-platform-elasticsearch"));
}

TEST(IdentityDatabase, ANameWithoutAKeyGetsTheKeyThatWasAssumed) {
  const auto plan = translate(
      R"({"identity":{"externalDatabase":{"enabled":true,"host":"h","existingSecret":"db"}}})");
  EXPECT_EQ(at(plan, "identity.externalDatabase.existingSecretPasswordKey"), R"("password")");
}

TEST(IdentityDatabase, ATextIsReadFromTheSecretThatBothChartsMakeOfIt) {
  const auto plan =
      translate(R"({"identity":{"externalDatabase":{"enabled":true,"host":"h","password":"p"}}})");
  EXPECT_EQ(at(plan, "identity.externalDatabase.password"), R"("p")");
  EXPECT_EQ(at(plan, "identity.externalDatabase.secret"),
            R"({"existingSecret":"camunda-identity-postgresql","existingSecretKey":"password"})");
}

TEST(WebModelerSecrets, ATextGoesToTheKeyForTextsAndAMapStays) {
  const auto plan = translate(R"({"webModeler":{"enabled":true,"restapi":{
      "mail":{"fromAddress":"a@b.c","smtpUser":"u","existingSecret":{"name":"m"}},
      "externalDatabase":{"url":"jdbc:x","existingSecret":"text"}}}})");
  EXPECT_EQ(at(plan, "webModeler.restapi.mail.existingSecret"), R"({"name":"m"})");
  EXPECT_EQ(at(plan, "webModeler.restapi.mail.secret"), "nothing");
  EXPECT_EQ(at(plan, "webModeler.restapi.externalDatabase.password"), R"("text")");
  EXPECT_EQ(at(plan, "webModeler.restapi.externalDatabase.existingSecret"), "nothing");
  EXPECT_EQ(
      at(plan, "webModeler.restapi.externalDatabase.secret"),
      R"({"existingSecret":"camunda-web-modeler-restapi","existingSecretKey":"database-password"})");
}

TEST(WebModelerSecrets, MailKeepsItsLoginWithATextToo) {
  const auto plan = translate(R"({"webModeler":{"enabled":true,"restapi":{
      "mail":{"fromAddress":"a@b.c","smtpUser":"u","existingSecret":"text"}}}})");
  EXPECT_EQ(at(plan, "webModeler.restapi.mail.smtpPassword"), R"("text")");
  EXPECT_EQ(at(plan, "webModeler.restapi.mail.secret.existingSecretKey"), R"("smtp-password")");
}

TEST(WebModelerDatabase, ItsGeneratedSecretIsNamedAndKept) {
  const auto plan = translate(R"({"webModeler":{"enabled":true},"postgresql":{"enabled":true,
      "auth":{"secretKeys":{"userPasswordKey":"never-read"}}}})");
  EXPECT_EQ(at(plan, "webModelerPostgresql.auth.existingSecret"),
            R"("camunda-postgresql-web-modeler")");
  EXPECT_EQ(at(plan, "webModelerPostgresql.auth.secretKeys"),
            R"({"adminPasswordKey":"postgres-password","userPasswordKey":"password"})");
  EXPECT_TRUE(keeps(plan, "camunda-postgresql-web-modeler", "password"));
  EXPECT_TRUE(keeps(plan, "camunda-postgresql-web-modeler", "postgres-password"));
}

TEST(WebModelerDatabase, ANamedSecretKeepsItsKeys) {
  const auto plan = translate(R"({"webModeler":{"enabled":true},"postgresql":{"enabled":true,
      "auth":{"existingSecret":"mine","secretKeys":{"userPasswordKey":"user"}}}})");
  EXPECT_EQ(at(plan, "webModelerPostgresql.auth.existingSecret"), R"("mine")");
  EXPECT_EQ(at(plan, "webModelerPostgresql.auth.secretKeys"),
            R"({"adminPasswordKey":"postgres-password","userPasswordKey":"user"})");
  EXPECT_FALSE(keeps(plan, "camunda-postgresql-web-modeler", "password"));
}

TEST(DocumentStore, NoKeysMeansThePodsOwnIdentity) {
  const auto plan = translate(
      R"({"global":{"documentStore":{"type":{"aws":{"enabled":true,"existingSecret":""}}}}})");
  EXPECT_EQ(at(plan, "global.documentStore.type.aws.irsa.enabled"), "true");
}

TEST(DocumentStore, KeepsTheKeysThatTheImporterReads) {
  const auto plan = translate(R"({"global":{"documentStore":{"type":{"gcp":{"enabled":true,
      "existingSecret":"g","credentialsKey":null}}}}})");
  EXPECT_EQ(at(plan, "global.documentStore.type.gcp.existingSecret"), R"("g")");
  EXPECT_EQ(at(plan, "global.documentStore.type.gcp.credentialsKey"), R"("service-account.json")");
}

TEST(DependencySecrets, ArePinnedOnlyWhereTheDependencyIsOn) {
  const auto plan = translate(R"({"identityKeycloak":{"auth":{"existingSecret":"kc"}}})");
  EXPECT_EQ(at(plan, "identityKeycloak.auth"),
            R"({"existingSecret":"kc","passwordSecretKey":"admin-password"})");
  EXPECT_EQ(at(plan, "identityKeycloak.postgresql.auth.existingSecret"), R"("")");
  EXPECT_EQ(at(plan, "identityPostgresql"), "nothing");
  const auto outside = translate(R"({"identityKeycloak":{"enabled":false},"global":{"identity":{
      "keycloak":{"url":{"host":"kc"},"auth":{"adminUser":"a","existingSecret":"s"}}}}})");
  EXPECT_EQ(at(outside, "identityKeycloak"), R"({"enabled":false})");
}

TEST(SecretForms, NamesMadeOfAnAssumedReleaseAreTold) {
  constexpr auto k_values = R"({"global": {"elasticsearch": {"external": true, "url": {"host": "e"},
      "auth": {"existingSecret": "{{ .Release.Name }}-es"}}}, "elasticsearch": {"enabled": false}})";
  rules::Request request;
  EXPECT_FALSE(decisions_test::told(translate(k_values, request), "release-assumed"));
  request.release_assumed = true;
  const auto plan = translate(k_values, request);
  EXPECT_TRUE(names(plan, "release-assumed", "global.elasticsearch.auth.existingSecret"));
  EXPECT_EQ(decisions_test::finding(plan, "release-assumed")->severity, text::Severity::warning);
  EXPECT_FALSE(decisions_test::told(translate("{}", request), "release-assumed"));
}

}  // namespace
