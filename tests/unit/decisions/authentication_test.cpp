#include "translate.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace {

using decisions_test::at;
using decisions_test::fate;
using decisions_test::finding;
using decisions_test::names;
using decisions_test::told;
using decisions_test::translate;
using rules::FateKind;

const std::string k_oidc = "orchestration.security.authentication.oidc";
const std::string k_migration = "orchestration.migration.identity";

std::string auth(const std::string& json) {
  return R"({"global":{"identity":{"auth":)" + json + "}}}";
}

// A provider that is no Keycloak, with `more` beside its addresses.
std::string entra(const std::string& more = "") {
  return auth(R"({"type":"MICROSOFT","issuer":"https://login/T/v2.0",
      "issuerBackendUrl":"https://login/T/v2.0","tokenUrl":"https://login/T/oauth2/v2.0/token",
      "zeebe":{"clientId":"app","audience":"app","tokenScope":"app/.default"})" +
              more + "}");
}

TEST(Authentication, WhatWasOnByDefaultStaysOn) {
  const auto plan = translate("{}");
  EXPECT_EQ(at(plan, "global.identity.auth.enabled"), "true");
  EXPECT_EQ(at(plan, "global.security.authentication.method"), R"("oidc")");
  EXPECT_EQ(at(plan, "identity.enabled"), "true");
  EXPECT_EQ(at(plan, "identityKeycloak.enabled"), "true");
  EXPECT_EQ(at(plan, "optimize.enabled"), "true");
  EXPECT_EQ(at(plan, k_oidc + ".clientId"), "nothing");
  EXPECT_FALSE(told(plan, "standard-flow"));
}

TEST(Audiences, OfAllThreeStayAccepted) {
  EXPECT_EQ(at(translate("{}"), k_oidc + ".backwardsCompatibleAudiences"),
            R"(["operate-api","tasklist-api","zeebe-api"])");
  const auto plan = translate(auth(R"({"zeebe":{"audience":"z"},"operate":{"audience":"z"}})"));
  EXPECT_EQ(at(plan, k_oidc + ".backwardsCompatibleAudiences"), R"(["z","tasklist-api"])");
  EXPECT_EQ(fate(plan, "global.identity.auth.operate.audience")->kind, FateKind::merged);
  EXPECT_EQ(at(plan, k_oidc + ".audience"), "nothing");
}

TEST(Redirect, TheOldPathGoesAndTheTemplateStays) {
  const auto plan = translate(R"({"operate":{"contextPath":"/c8/operate"},
      "tasklist":{"contextPath":"/c8/tasklist"},"global":{"ingress":{"enabled":true,"host":"h"},
      "identity":{"auth":{"operate":{"redirectUrl":"https://{{ .Values.global.ingress.host }}/c8/operate"},
      "tasklist":{"redirectUrl":"https://{{ .Values.global.ingress.host }}{{ .Values.tasklist.contextPath }}"}}}}})");
  EXPECT_EQ(at(plan, k_oidc + ".redirectUrl"), R"("https://{{ .Values.global.ingress.host }}/c8")");
  EXPECT_FALSE(told(plan, "two-addresses"));
}

TEST(Redirect, WithoutAWordItIsTheIngress) {
  const auto plan =
      translate(R"({"global":{"ingress":{"enabled":true,"host":"h","tls":{"enabled":true}}}})");
  EXPECT_EQ(at(plan, k_oidc + ".redirectUrl").substr(0, 10), R"("https://h)");
}

TEST(Redirect, LocalAddressesAreOneInEightEight) {
  const auto plan = translate(auth(R"({"operate":{"redirectUrl":"http://localhost:8081"},
      "tasklist":{"redirectUrl":"http://localhost:8082"}})"));
  EXPECT_EQ(at(plan, k_oidc + ".redirectUrl"), R"("http://localhost:8080")");
  EXPECT_FALSE(told(plan, "two-addresses"));
  EXPECT_TRUE(names(plan, "login-at-one-port", "global.identity.auth.tasklist.redirectUrl"));
  const auto only_one = translate(auth(R"({"tasklist":{"redirectUrl":"http://localhost:8082"}})"));
  EXPECT_EQ(at(only_one, k_oidc + ".redirectUrl"), R"("http://localhost:8080")");
  EXPECT_EQ(at(translate(auth(R"({"operate":{"redirectUrl":"http://localhost:8081"},
      "tasklist":{"redirectUrl":"https://h"}})")),
               k_oidc + ".redirectUrl"),
            R"("https://h")");
}

TEST(Redirect, TwoHostsAreTold) {
  const auto plan = translate(auth(R"({"operate":{"redirectUrl":"https://operate.h"},
      "tasklist":{"redirectUrl":"https://tasklist.h"}})"));
  EXPECT_EQ(at(plan, k_oidc + ".redirectUrl").substr(0, 18), R"("https://operate.h)");
  EXPECT_TRUE(names(plan, "two-addresses", "https://tasklist.h"));
}

TEST(Client, AnotherProvidersIsCarriedAndTold) {
  const auto plan = translate(entra());
  EXPECT_EQ(at(plan, k_oidc + ".clientId"), R"("app")");
  EXPECT_EQ(at(plan, k_oidc + ".audience"), R"("app")");
  EXPECT_EQ(at(plan, k_oidc + ".clientIdClaim"), R"("azp")");
  EXPECT_EQ(at(plan, k_oidc + ".scope"), R"(["openid","profile","offline_access","app/.default"])");
  EXPECT_EQ(at(plan, "connectors.security.authentication.oidc.tokenScope"), R"("app/.default")");
  EXPECT_TRUE(names(plan, "standard-flow", "app"));
  EXPECT_TRUE(names(plan, "standard-flow", "http://localhost:8080/sso-callback"));
}

TEST(Client, OfKeycloakWithoutManagementIdentityIsTheOldOne) {
  const auto plan = translate(R"({"identity":{"enabled":false},"identityKeycloak":{"enabled":false},
      "global":{"identity":{"service":{"url":"http://id"},"keycloak":{"url":{"host":"kc"}}}}})");
  EXPECT_EQ(at(plan, k_oidc + ".clientId"), R"("zeebe")");
  EXPECT_TRUE(told(plan, "standard-flow"));
  EXPECT_TRUE(told(plan, "identity-migration-elsewhere"));
}

TEST(Provider, TheLoginPageOfEntraFollowsFromItsTokens) {
  const auto plan = translate(auth(R"({"type":"MICROSOFT","issuerBackendUrl":"https://login/T/v2.0",
      "tokenUrl":"https://login/T/oauth2/v2.0/token"})"));
  EXPECT_EQ(at(plan, "global.identity.auth.authUrl"), R"("https://login/T/oauth2/v2.0/authorize")");
}

TEST(Provider, WithoutAnyAddressOfALoginPageItStops) {
  const auto plan = translate(auth(R"({"type":"GENERIC","issuerBackendUrl":"https://idp"})"));
  EXPECT_TRUE(told(plan, "login-page-unknown"));
  const auto known = translate(auth(
      R"({"type":"GENERIC","issuerBackendUrl":"https://idp","publicIssuerUrl":"https://idp"})"));
  EXPECT_EQ(at(known, "global.identity.auth.issuer"), R"("https://idp")");
  EXPECT_FALSE(told(known, "login-page-unknown"));
}

TEST(Provider, AKeycloakIsStillAskedInside) {
  const auto plan = translate(
      auth(R"({"issuer":"https://kc/realms/r","issuerBackendUrl":"http://kc:80/realms/r"})"));
  EXPECT_EQ(at(plan, "global.identity.auth.issuer"), "nothing");
  EXPECT_EQ(at(plan, "global.identity.auth.publicIssuerUrl"), R"("https://kc/realms/r")");
}

TEST(Provider, AnUnknownTypeStops) {
  EXPECT_TRUE(told(translate(auth(R"({"type":"AUTH0"})")), "provider-type-unknown"));
}

TEST(Basic, WhatWasOpenStaysOpenAndIsTold) {
  const auto plan = translate(R"({"identity":{"enabled":false},"identityKeycloak":{"enabled":false},
      "optimize":{"enabled":false},"global":{"identity":{"auth":{"enabled":false}}}})");
  EXPECT_EQ(at(plan, "orchestration.security.authentication.unprotectedApi"), "true");
  EXPECT_EQ(at(plan, "orchestration.security.authorizations.enabled"), "false");
  EXPECT_TRUE(told(plan, "open-api"));
  EXPECT_EQ(at(plan, k_migration), "nothing");
  EXPECT_FALSE(plan.identity_migration);
}

TEST(Basic, ConnectorsKeepTheirPassword) {
  const auto plan = translate(R"({"global":{"identity":{"auth":{"enabled":false}}},
      "connectors":{"inbound":{"mode":"credentials","auth":{"existingSecret":"pw"}}}})");
  EXPECT_EQ(at(plan, "orchestration.security.initialization.users[0].password"), R"("pw")");
  EXPECT_EQ(at(plan, "orchestration.security.initialization.users[1].username"), R"("demo")");
  EXPECT_EQ(at(plan, "connectors.security.authentication.method"), R"("basic")");
}

TEST(Connectors, TheirClientGetsTheirRole) {
  const auto plan = translate(auth(R"({"connectors":{"clientId":"mine"}})"));
  EXPECT_EQ(at(plan, "connectors.security.authentication.oidc.clientId"), R"("mine")");
  EXPECT_EQ(at(plan, "orchestration.security.initialization.defaultRoles.connectors.clients"),
            R"(["mine"])");
}

TEST(Roles, HaveTheirNewNamesOnce) {
  const auto plan = translate(R"({"identity":{"firstUser":{"username":"bob"},
      "users":[{"username":"a","roles":["Identity","Operate","Tasklist","Mine"]}],
      "clients":[{"id":"w","permissions":[{"resourceServerId":"zeebe-api","definition":"write:*"},
        {"resourceServerId":"operate-api","definition":"write:*"},
        {"resourceServerId":"optimize-api","definition":"write:*"}]}]}})");
  EXPECT_EQ(at(plan, "identity.users[0].roles"),
            R"(["ManagementIdentity","Orchestration","Mine"])");
  EXPECT_EQ(at(plan, "identity.clients[0].permissions"),
            R"([{"resourceServerId":"orchestration-api","definition":"write:*"},)"
            R"({"resourceServerId":"optimize-api","definition":"write:*"}])");
  EXPECT_EQ(at(plan, "orchestration.security.initialization.defaultRoles.admin.users"),
            R"(["bob"])");
}

TEST(Roles, WhomTheInitialClaimNamesMayGiveRights) {
  const auto plan = translate(entra(R"(,"identity":{"initialClaimValue":"me"})"));
  EXPECT_EQ(at(plan, "orchestration.security.initialization.mappingRules[0].claimValue"),
            R"("me")");
  EXPECT_EQ(at(plan, "orchestration.security.initialization.defaultRoles.admin.mappingRules"),
            R"(["initial-admin"])");
}

TEST(Tenants, StayApart) {
  const auto plan = translate(R"({"global":{"multitenancy":{"enabled":true}}})");
  EXPECT_EQ(at(plan, "orchestration.multitenancy.checks.enabled"), "true");
}

TEST(TaskRestrictions, AreToldToWhoAskedForThem) {
  const std::string path = R"({"tasklist":{"identity":{"userAccessRestrictions":{"enabled":)";
  EXPECT_TRUE(told(translate(path + "true}}}}"), "task-restrictions-gone"));
  EXPECT_FALSE(told(translate(path + "false}}}}"), "task-restrictions-gone"));
}

TEST(ModelerClusters, HaveTheNewKeys) {
  const auto plan = translate(R"({"webModeler":{"restapi":{"clusters":[{"id":"c",
      "authentication":"OAUTH","oauth":{"url":"u"},"url":{"zeebe":{"grpc":"grpc://z","rest":"http://z"},
      "operate":"https://c.example.com/operate","tasklist":"https://c.example.com/tasklist"}}]}}})");
  EXPECT_EQ(at(plan, "webModeler.restapi.clusters[0].url"),
            R"({"grpc":"grpc://z","rest":"http://z","web-app":"https://c.example.com"})");
  EXPECT_EQ(at(plan, "webModeler.restapi.clusters[0].authentication"), R"("BEARER_TOKEN")");
  EXPECT_EQ(at(plan, "webModeler.restapi.clusters[0].oauth"), "nothing");
  EXPECT_TRUE(names(plan, "modeler-clusters-changed", "c"));
}

TEST(NeedsIdentity, ConsoleWithoutItStops) {
  const auto plan = translate(R"({"console":{"enabled":true},"identity":{"enabled":false},
      "identityKeycloak":{"enabled":false}})");
  EXPECT_TRUE(names(plan, "needs-identity", "console.enabled"));
}

TEST(IdentityMigration, WithKeycloakHasASecretOfItsOwn) {
  const auto plan = translate("{}");
  EXPECT_EQ(at(plan, k_migration),
            R"({"enabled":true,"secret":{"existingSecret":"c8upgrade-identity-migration",)"
            R"("existingSecretKey":"client-secret"}})");
  EXPECT_TRUE(plan.identity_migration);
  EXPECT_TRUE(plan.makes_migration_secret);
  EXPECT_TRUE(names(plan, "identity-migration-secret", "c8upgrade-identity-migration"));
  rules::Request live;
  live.live = true;
  EXPECT_FALSE(told(translate("{}", live), "identity-migration-secret"));
}

TEST(IdentityMigration, WithAnotherProviderNeedsAClient) {
  EXPECT_TRUE(
      names(translate(entra()), "identity-migration-off", "--identity-migration-client-id"));
  rules::Request live;
  live.live = true;
  const auto stopped = translate(entra(), live);
  ASSERT_TRUE(told(stopped, "identity-migration-client"));
  EXPECT_EQ(finding(stopped, "identity-migration-client")->severity, text::Severity::error);
  EXPECT_FALSE(stopped.identity_migration);
  live.identity_migration = rules::Switch::off;
  EXPECT_FALSE(told(translate(entra(), live), "identity-migration-client"));
}

TEST(IdentityMigration, TakesTheClientThatIsGiven) {
  rules::Request request;
  request.live = true;
  request.migration_client = {"migr", "sec", "key", "azp", "id"};
  const auto plan = translate(entra(), request);
  EXPECT_EQ(at(plan, k_migration + ".clientId"), R"("migr")");
  EXPECT_EQ(at(plan, k_migration + ".claimValue"), R"("id")");
  EXPECT_EQ(at(plan, k_migration + ".secret"),
            R"({"existingSecret":"sec","existingSecretKey":"key"})");
  EXPECT_EQ(at(plan, k_migration + ".env[0].name"),
            R"("CAMUNDA_MIGRATION_IDENTITY_OIDC_AUDIENCES_OPERATE")");
  EXPECT_TRUE(plan.identity_migration);
  EXPECT_FALSE(plan.makes_migration_secret);
}

TEST(IdentityMigration, IsOffWhereNothingMigrates) {
  rules::Request fresh;
  fresh.data_migration = false;
  EXPECT_EQ(at(translate("{}", fresh), k_migration), "nothing");
  rules::Request off;
  off.identity_migration = rules::Switch::off;
  EXPECT_EQ(at(translate("{}", off), k_migration), "nothing");
}

TEST(Provider, AddressesThatTheIssuerReplacesAreNamed) {
  const auto plan = [](std::string_view token) {
    return translate(fmt::format(
        R"({{"identityKeycloak":{{"enabled":false}},"global":{{"identity":{{"auth":{{"type":"GENERIC",
        "issuer":"https://login.test/","issuerBackendUrl":"https://login.test/",
        "tokenUrl":"{}","jwksUrl":"https://login.test/jwks"}}}}}}}})",
        token));
  };
  const auto inside = plan("http://provider.svc/token");
  EXPECT_TRUE(names(inside, "issuer-asked", "global.identity.auth.tokenUrl"));
  EXPECT_FALSE(names(inside, "issuer-asked", "global.identity.auth.jwksUrl"));
  EXPECT_FALSE(told(plan("https://login.test/token"), "issuer-asked"));
}

TEST(Connectors, WithAPasswordBesideAProviderAreTold) {
  EXPECT_TRUE(names(translate(R"({"connectors":{"inbound":{"mode":"credentials"}}})"),
                    "connectors-login", "connectors.inbound.mode"));
  const auto basic =
      translate(R"({"global":{"identity":{"auth":{"enabled":false}}},"connectors":{"inbound":{)"
                R"("mode":"credentials","auth":{"existingSecret":"text"}}}})");
  EXPECT_FALSE(told(basic, "connectors-login"));
  EXPECT_TRUE(names(basic, "plain-text-in-pods", "connectors.inbound.auth.existingSecret"));
}

}  // namespace
