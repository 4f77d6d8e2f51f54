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

// `"component":{"env":[…]}` of NAME=value pairs.
std::string env(const std::string& component,
                const std::vector<std::pair<std::string, std::string>>& variables) {
  std::string out = "\"" + component + "\":{\"env\":[";
  for (const auto& [name, value] : variables) {
    out += out.ends_with('[') ? "" : ",";
    out += "{\"name\":\"" + name + "\",\"value\":\"" + value + "\"}";
  }
  return out + "]}";
}

std::string values(const std::vector<std::string>& parts) {
  std::string out = "{";
  for (const auto& part : parts) {
    out += (out.size() > 1 ? "," : "") + part;
  }
  return out + "}";
}

// The value of a variable in a list of the result, or "nothing".
std::string variable(const rules::Plan& plan, const std::string& name,
                     const std::string& list = "orchestration.env") {
  const values::Value* found = values::find(plan.result, values::Path(list));
  if (found != nullptr) {
    for (const auto& item : found->items()) {
      if (item.find("name")->plain() == name) {
        const values::Value* value = item.find("value");
        return value == nullptr ? "reference" : value->plain();
      }
    }
  }
  return "nothing";
}

rules::Request without_migration() {
  rules::Request request;
  request.data_migration = false;
  return request;
}

TEST(Environment, KeepsTheOrderOfComponentsAndOneEntryOfAName) {
  const auto plan = translate(values({env("operate", {{"B", "operate"}, {"SAME", "x"}}),
                                      env("zeebe", {{"A", "zeebe"}, {"SAME", "x"}}),
                                      env("zeebeGateway", {{"C", "gateway"}})}));
  EXPECT_EQ(at(plan, "orchestration.env"),
            R"([{"name":"A","value":"zeebe"},{"name":"SAME","value":"x"},)"
            R"({"name":"C","value":"gateway"},{"name":"B","value":"operate"}])");
  EXPECT_EQ(fate(plan, "operate.env[1].value")->kind, FateKind::merged);
  EXPECT_FALSE(told(plan, "env-conflict"));
}

TEST(Environment, BrokersWinAConflictWhichIsTold) {
  const auto plan =
      translate(values({env("tasklist", {{"TZ", "UTC"}}), env("zeebe", {{"TZ", "CET"}})}));
  EXPECT_EQ(variable(plan, "TZ"), "CET");
  EXPECT_TRUE(names(plan, "env-conflict", "TZ"));
  EXPECT_EQ(fate(plan, "tasklist.env[0].value")->kind, FateKind::dropped);
}

TEST(Environment, TheLastOfOneListWinsAsInKubernetes) {
  const auto plan = translate(values({env("zeebe", {{"A", "1"}, {"A", "2"}})}));
  EXPECT_EQ(at(plan, "orchestration.env"), R"([{"name":"A","value":"2"}])");
  EXPECT_FALSE(told(plan, "env-conflict"));
  EXPECT_TRUE(names(plan, "env-twice", "A"));
  EXPECT_FALSE(told(translate(values({env("zeebe", {{"A", "1"}, {"A", "1"}})})), "env-twice"));
}

TEST(Environment, TheUsersOwnNewListComesFirstAndWins) {
  const auto plan =
      translate(R"({"orchestration":{"env":[{"name":"A","value":"new"}]},)"
                R"("zeebe":{"env":[{"name":"A","value":"old"},{"name":"B","value":"b"}]}})");
  EXPECT_EQ(at(plan, "orchestration.env"),
            R"([{"name":"A","value":"new"},{"name":"B","value":"b"}])");
  EXPECT_TRUE(names(plan, "overruled", "A"));
}

TEST(Environment, NumbersAndBooleansBecomeText) {
  const auto plan =
      translate(R"({"zeebe":{"env":[{"name":"A","value":1000000},{"name":"B","value":true}]}})");
  EXPECT_EQ(at(plan, "orchestration.env"),
            R"([{"name":"A","value":"1000000"},{"name":"B","value":"true"}])");
}

TEST(Environment, WhatIsNoListOfVariablesStops) {
  for (const char* bad :
       {R"({"zeebe":{"env":{"A":"b"}}})", R"({"zeebe":{"env":["A=b"]}})",
        R"({"zeebe":{"env":[{"value":"x"}]}})", R"({"connectors":{"env":"A"}})"}) {
    const auto plan = translate(bad);
    ASSERT_TRUE(told(plan, "env-shape")) << bad;
    EXPECT_EQ(finding(plan, "env-shape")->severity, text::Severity::error);
  }
}

TEST(Environment, PathsOfTheOldInstallationFollow) {
  const auto plan =
      translate(values({env("zeebe", {{"P", "/usr/local/zeebe/x:/usr/local/zeebe2"}})}));
  EXPECT_EQ(variable(plan, "P"), "/usr/local/camunda/x:/usr/local/zeebe2");
}

TEST(Environment, AnAppThatWasNotDeployedGivesNothingThatOthersRead) {
  const auto plan = translate(R"({"tasklist":{"enabled":false,"env":[{"name":"TZ","value":"UTC"},)"
                              R"({"name":"CAMUNDA_TASKLIST_X","value":"1"}]}})");
  EXPECT_EQ(variable(plan, "TZ"), "nothing");
  EXPECT_EQ(variable(plan, "CAMUNDA_TASKLIST_X"), "1");
}

TEST(OverruledVariables, GoToTheirKeysAndWinOverTheOldKey) {
  const auto plan =
      translate(R"({"zeebe":{"data":{"snapshotPeriod":"5m"},"partitionCount":3,"env":[)"
                R"({"name":"ZEEBE_BROKER_DATA_SNAPSHOTPERIOD","value":"10m"},)"
                R"({"name":"zeebe.broker.data.disk.freeSpace.processing","value":"3GB"},)"
                R"({"name":"ZEEBE_BROKER_CLUSTER_PARTITIONSCOUNT","value":"7"}]}})");
  EXPECT_EQ(at(plan, "orchestration.data.snapshotPeriod"), R"("10m")");
  EXPECT_EQ(at(plan, "orchestration.data.disk.freeSpace.processing"), R"("3GB")");
  EXPECT_EQ(at(plan, "orchestration.partitionCount"), R"("7")");
  EXPECT_EQ(at(plan, "orchestration.env"), "nothing");
  EXPECT_EQ(fate(plan, "zeebe.env[0].value")->to.front().text(),
            "orchestration.data.snapshotPeriod");
}

TEST(OverruledVariables, AReferenceCannotGoToAKey) {
  const auto plan =
      translate(R"({"zeebe":{"env":[{"name":"ZEEBE_BROKER_DATA_SNAPSHOTPERIOD","valueFrom":)"
                R"({"configMapKeyRef":{"name":"c","key":"k"}}}]}})");
  EXPECT_TRUE(names(plan, "env-not-plain", "ZEEBE_BROKER_DATA_SNAPSHOTPERIOD"));
}

TEST(OverruledVariables, AClusterSizeThatContradictsStops) {
  EXPECT_FALSE(told(translate(R"({"zeebe":{"clusterSize":"5","env":[)"
                              R"({"name":"ZEEBE_BROKER_CLUSTER_CLUSTERSIZE","value":5}]}})"),
                    "env-cluster-size"));
  EXPECT_TRUE(names(translate(R"({"zeebe":{"clusterSize":"3","env":[)"
                              R"({"name":"ZEEBE_BROKER_CLUSTER_CLUSTERSIZE","value":5}]}})"),
                    "env-cluster-size", "ZEEBE_BROKER_CLUSTER_CLUSTERSIZE"));
}

TEST(JavaOptions, OfTheEnvironmentBecomeTheKey) {
  const auto plan = translate(R"({"zeebe":{"javaOpts":"-Xmx1g","env":[{"name":"JAVA_TOOL_OPTIONS",)"
                              R"("value":"-Xmx2g -Dl=/usr/local/zeebe/l"}]}})");
  EXPECT_EQ(at(plan, "orchestration.javaOpts"), R"("-Xmx2g -Dl=/usr/local/camunda/l")");
}

TEST(JavaOptions, OnlyPathsAreRewrittenAndDefaultsLeft) {
  EXPECT_EQ(
      at(translate(R"({"zeebe":{"javaOpts":"-Dt=/etc/zeebe-certs/t"}})"), "orchestration.javaOpts"),
      R"("-Dt=/etc/zeebe-certs/t")");
  const auto plan = translate(R"({"operate":{"javaOpts":"-Dx"},"zeebe":{"javaOpts":"-Xmx1g"}})");
  EXPECT_TRUE(names(plan, "java-options-given-up", "operate.javaOpts"));
  EXPECT_FALSE(
      told(translate(R"({"operate":{"javaOpts":"-Dx"},"zeebe":{"javaOpts":"-Xmx1g -Dx"}})"),
           "java-options-given-up"));
}

TEST(JavaOptions, OfAnotherAppThatTheBrokersHaveAreNotTold) {
  const auto plan = translate(R"({"zeebe":{"javaOpts":"-Xmx1g -Dx"},)"
                              R"("operate":{"env":[{"name":"JAVA_TOOL_OPTIONS","value":"-Dx"}]}})");
  EXPECT_FALSE(told(plan, "env-one-app"));
  EXPECT_EQ(variable(plan, "JAVA_TOOL_OPTIONS"), "nothing");
}

TEST(JavaOptions, ATrustStoreReachesTheJobs) {
  const std::string given =
      R"({"zeebe":{"javaOpts":"-Xmx1g -Djavax.net.ssl.trustStore=/usr/local/zeebe/t"}})";
  EXPECT_EQ(variable(translate(given), "JAVA_OPTS"),
            "-Djavax.net.ssl.trustStore=/usr/local/camunda/t");
  EXPECT_EQ(variable(translate(given, without_migration()), "JAVA_OPTS"), "nothing");
}

TEST(GatewayVariables, GetTheEmbeddedGatewaysPrefix) {
  const auto plan =
      translate(values({env("zeebeGateway", {{"ZEEBE_GATEWAY_LONGPOLLING_ENABLED", "false"}})}));
  EXPECT_EQ(variable(plan, "ZEEBE_BROKER_GATEWAY_LONGPOLLING_ENABLED"), "false");
  EXPECT_EQ(variable(plan, "ZEEBE_GATEWAY_LONGPOLLING_ENABLED"), "nothing");
}

TEST(GatewayVariables, OfTheClusterKeepBothNamesWhileTheMigrationIsOn) {
  const std::string given =
      values({env("zeebeGateway", {{"ZEEBE_GATEWAY_CLUSTER_SECURITY_ENABLED", "true"},
                                   {"ZEEBE_GATEWAY_CLUSTER_MEMBERSHIP_PROBETIMEOUT", "1s"},
                                   {"ZEEBE_GATEWAY_CLUSTER_MESSAGECOMPRESSION", "GZIP"}})});
  for (const std::string name :
       {"SECURITY_ENABLED", "MEMBERSHIP_PROBETIMEOUT", "MESSAGECOMPRESSION"}) {
    EXPECT_NE(variable(translate(given), "ZEEBE_BROKER_GATEWAY_CLUSTER_" + name), "nothing");
    EXPECT_NE(variable(translate(given), "ZEEBE_GATEWAY_CLUSTER_" + name), "nothing");
    EXPECT_EQ(variable(translate(given, without_migration()), "ZEEBE_GATEWAY_CLUSTER_" + name),
              "nothing");
  }
}

TEST(GatewayVariables, WinOverWhatTheBrokersOwnGatewayNeverRead) {
  const auto plan =
      translate(values({env("zeebe", {{"ZEEBE_BROKER_GATEWAY_LONGPOLLING_ENABLED", "true"}}),
                        env("zeebeGateway", {{"ZEEBE_GATEWAY_LONGPOLLING_ENABLED", "false"}})}));
  EXPECT_EQ(variable(plan, "ZEEBE_BROKER_GATEWAY_LONGPOLLING_ENABLED"), "false");
}

TEST(GatewayVariables, OfTheStandaloneGatewayAreToldAndGone) {
  const auto plan = translate(values({env("zeebeGateway", {{"ZEEBE_GATEWAY_CLUSTER_HOST", "h"}})}));
  EXPECT_TRUE(names(plan, "env-superseded", "ZEEBE_GATEWAY_CLUSTER_HOST"));
  EXPECT_EQ(at(plan, "orchestration.env"), "nothing");
}

TEST(OneApp, ItsFrameworkVariablesAreNeverGivenToAll) {
  for (const std::string name : {"SPRING_PROFILES_ACTIVE", "SERVER_PORT", "MANAGEMENT_SERVER_PORT",
                                 "LOGGING_LEVEL_ROOT", "JAVA_TOOL_OPTIONS", "LOGGING_CONFIG"}) {
    const auto plan = translate(values({env("operate", {{name, "x"}})}));
    EXPECT_EQ(variable(plan, name), "nothing") << name;
    EXPECT_TRUE(names(plan, "env-one-app", name)) << name;
  }
}

TEST(OneApp, ALoggerOfItsOwnIsHarmless) {
  const auto plan =
      translate(values({env("operate", {{"LOGGING_LEVEL_IO_CAMUNDA_OPERATE", "DEBUG"}})}));
  EXPECT_EQ(variable(plan, "LOGGING_LEVEL_IO_CAMUNDA_OPERATE"), "DEBUG");
  EXPECT_FALSE(told(plan, "env-one-app"));
}

TEST(OneApp, OperatesLoggersBecomeVariables) {
  const auto plan = translate(
      R"({"operate":{"logging":{"level":{"ROOT":"WARN","io.camunda.operate":"DEBUG"}}}})");
  EXPECT_EQ(variable(plan, "LOGGING_LEVEL_IO_CAMUNDA_OPERATE"), "DEBUG");
  EXPECT_TRUE(names(plan, "logging-one-app", "operate.logging.level.ROOT"));
}

TEST(Users, LdapAndStoredUsersStop) {
  const auto ldap = translate(values({env("operate", {{"CAMUNDA_OPERATE_LDAP_URL", "ldap://x"}})}));
  EXPECT_EQ(finding(ldap, "env-ldap")->severity, text::Severity::error);
  EXPECT_TRUE(told(translate(values({env("tasklist", {{"SPRING_PROFILES_ACTIVE", "ldap-auth"}})})),
                   "env-ldap"));
  const std::string user = env("operate", {{"CAMUNDA_OPERATE_USERID", "me"}});
  EXPECT_TRUE(told(translate(values({R"("global":{"identity":{"auth":{"enabled":false}}})", user})),
                   "env-user-store"));
  EXPECT_FALSE(told(translate(values({user})), "env-user-store"));
}

TEST(StorageVariables, ThePasswordGoesWhereTheChartLooksForIt) {
  const auto plan = translate(
      R"({"operate":{"env":[{"name":"CAMUNDA_OPERATE_ELASTICSEARCH_PASSWORD","valueFrom":)"
      R"({"secretKeyRef":{"name":"s","key":"k"}}},)"
      R"({"name":"CAMUNDA_OPERATE_ELASTICSEARCH_USERNAME","value":"elastic"}]}})");
  EXPECT_EQ(variable(plan, "VALUES_ELASTICSEARCH_PASSWORD"), "reference");
  EXPECT_EQ(at(plan, "global.elasticsearch.auth.username"), R"("elastic")");
  EXPECT_TRUE(names(plan, "env-storage-login", "CAMUNDA_OPERATE_ELASTICSEARCH_PASSWORD"));
}

TEST(StorageVariables, AnotherStorageStops) {
  const auto plan = translate(
      values({env("operate", {{"CAMUNDA_OPERATE_ELASTICSEARCH_URL", "http://other:9200"}})}));
  EXPECT_TRUE(names(plan, "env-storage-elsewhere", "CAMUNDA_OPERATE_ELASTICSEARCH_URL"));
  const auto same = translate(values({env(
      "operate", {{"CAMUNDA_OPERATE_ELASTICSEARCH_URL", "http://camunda-elasticsearch:9200/"}})}));
  EXPECT_FALSE(told(same, "env-storage-elsewhere"));
}

TEST(StorageVariables, AnIndexPrefixOfItsOwnStops) {
  const auto plan =
      translate(values({env("operate", {{"CAMUNDA_OPERATE_ELASTICSEARCH_INDEX_PREFIX", "my"}})}));
  EXPECT_EQ(finding(plan, "env-index-prefix")->severity, text::Severity::error);
  EXPECT_FALSE(told(translate(values({env(
                        "operate", {{"CAMUNDA_OPERATE_ELASTICSEARCH_INDEXPREFIX", "operate"}})})),
                    "env-index-prefix"));
}

TEST(StorageVariables, BackupRepositoriesMustAgree) {
  const auto plan =
      translate(values({env("operate", {{"CAMUNDA_OPERATE_BACKUP_REPOSITORYNAME", "r"}}),
                        env("tasklist", {{"CAMUNDA_TASKLIST_BACKUP_REPOSITORYNAME", "r"}})}));
  EXPECT_EQ(variable(plan, "CAMUNDA_DATA_BACKUP_REPOSITORYNAME"), "r");
  EXPECT_FALSE(told(plan, "env-backup-repository"));
  const auto differ =
      translate(values({env("operate", {{"CAMUNDA_OPERATE_BACKUP_REPOSITORYNAME", "a"}}),
                        env("tasklist", {{"CAMUNDA_TASKLIST_BACKUP_REPOSITORYNAME", "b"}})}));
  EXPECT_TRUE(names(differ, "env-backup-repository", "CAMUNDA_TASKLIST_BACKUP_REPOSITORYNAME"));
}

TEST(Exporters, HalfAnExporterIsNotLeftBehind) {
  const std::string given =
      env("zeebe", {{"ZEEBE_BROKER_EXPORTERS_ELASTICSEARCH_ARGS_BULK_SIZE", "1"}});
  EXPECT_EQ(
      variable(translate(values({given})), "ZEEBE_BROKER_EXPORTERS_ELASTICSEARCH_ARGS_BULK_SIZE"),
      "1");
  const auto plan =
      translate(values({R"("optimize":{"enabled":false})", given}), without_migration());
  EXPECT_TRUE(
      names(plan, "env-half-exporter", "ZEEBE_BROKER_EXPORTERS_ELASTICSEARCH_ARGS_BULK_SIZE"));
}

TEST(Exporters, OfRegionsGetCamundaExporters) {
  const auto plan = translate(values(
      {R"("global":{"multiregion":{"regions":2}})",
       env("zeebe",
           {{"ZEEBE_BROKER_EXPORTERS_ELASTICSEARCHREGION1_CLASSNAME", "E"},
            {"ZEEBE_BROKER_EXPORTERS_ELASTICSEARCHREGION1_ARGS_URL", "http://es1"},
            {"ZEEBE_BROKER_EXPORTERS_ELASTICSEARCHREGION1_ARGS_AUTHENTICATION_USERNAME", "u"}})}));
  const std::string own = "ZEEBE_BROKER_EXPORTERS_CAMUNDAREGION1_";
  EXPECT_EQ(variable(plan, own + "CLASSNAME"), "io.camunda.exporter.CamundaExporter");
  EXPECT_EQ(variable(plan, own + "ARGS_CONNECT_URL"), "http://es1");
  EXPECT_EQ(variable(plan, own + "ARGS_CONNECT_USERNAME"), "u");
  EXPECT_EQ(variable(plan, "ZEEBE_BROKER_EXPORTERS_ELASTICSEARCHREGION1_ARGS_URL"), "http://es1");
  EXPECT_EQ(at(plan, "orchestration.exporters.zeebe.enabled"), "false");
  EXPECT_TRUE(told(plan, "regions-migration"));  // one address for two regions
}

TEST(ConnectorsVariables, AreTheLoginOfOneClient) {
  const auto plan =
      translate(values({env("connectors", {{"OPERATE_CLIENT_SCOPE", "scope"},
                                           {"OPERATE_CLIENT_BASEURL", "http://x"},
                                           {"CAMUNDA_CLIENT_AUTH_CLIENT_ID", "id"},
                                           {"CAMUNDA_CLIENT_AUTH_CLIENT_SECRET", "hush"},
                                           {"OTHER", "1"}})}));
  const std::string login = "connectors.security.authentication.oidc.";
  EXPECT_EQ(at(plan, login + "tokenScope"), R"("scope")");
  EXPECT_EQ(at(plan, login + "clientId"), R"("id")");
  EXPECT_EQ(at(plan, login + "secret.inlineSecret"), R"("hush")");
  EXPECT_EQ(at(plan, "connectors.env"), R"([{"name":"OTHER","value":"1"}])");
}

TEST(ConnectorsVariables, SwitchInboundOff) {
  const auto plan = translate(R"({"connectors":{"inbound":{"mode":"disabled"}}})");
  EXPECT_EQ(variable(plan, "CAMUNDA_CONNECTOR_POLLING_ENABLED", "connectors.env"), "false");
  EXPECT_EQ(variable(plan, "CAMUNDA_CONNECTOR_WEBHOOK_ENABLED", "connectors.env"), "false");
}

TEST(OptimizeVariables, OfLoggingHaveKeys) {
  const auto plan = translate(values({env("optimize", {{"ES_LOG_LEVEL", "debug"}, {"A", "1"}})}));
  EXPECT_EQ(at(plan, "optimize.esLogLevel"), R"("debug")");
  EXPECT_EQ(at(plan, "optimize.env"), R"([{"name":"A","value":"1"}])");
}

TEST(OptimizeVariables, TheMigrationKeepsItsJavaOptions) {
  const auto plan = translate(
      R"({"optimize":{"migration":{"javaOpts":"-Xmx1g","env":[{"name":"A","value":"1"}]}}})");
  EXPECT_EQ(variable(plan, "JAVA_TOOL_OPTIONS", "optimize.migration.env"), "-Xmx1g");
  EXPECT_EQ(variable(plan, "A", "optimize.migration.env"), "1");
}

TEST(ModelerVariables, NameClustersAnew) {
  const std::string list = "webModeler.restapi.env";
  const auto plan =
      translate(R"({"webModeler":{"restapi":{"env":[)"
                R"({"name":"CAMUNDA_MODELER_CLUSTERS_0_URL_ZEEBE_GRPC","value":"grpc://z"},)"
                R"({"name":"CAMUNDA_MODELER_CLUSTERS_0_URL_OPERATE","value":"http://o"},)"
                R"({"name":"CAMUNDA_MODELER_CLUSTERS_0_AUTHENTICATION","value":"OAUTH"}]}}})");
  EXPECT_EQ(variable(plan, "CAMUNDA_MODELER_CLUSTERS_0_URL_GRPC", list), "grpc://z");
  EXPECT_EQ(variable(plan, "CAMUNDA_MODELER_CLUSTERS_0_AUTHENTICATION", list), "BEARER_TOKEN");
  EXPECT_TRUE(names(plan, "env-modeler-clusters", "CAMUNDA_MODELER_CLUSTERS_0_URL_OPERATE"));
}

TEST(EnvFrom, GoesToImporterTooAndIsToldOnce) {
  const auto plan = translate(
      R"({"zeebe":{"envFrom":[{"secretRef":{"name":"a"}}]},)"
      R"("operate":{"envFrom":[{"secretRef":{"name":"a"}},{"configMapRef":{"name":"b"}}]}})");
  EXPECT_EQ(at(plan, "orchestration.envFrom"),
            R"([{"secretRef":{"name":"a"}},{"configMapRef":{"name":"b"}}])");
  EXPECT_EQ(at(plan, "orchestration.importer.envFrom"), at(plan, "orchestration.envFrom"));
  EXPECT_TRUE(names(plan, "env-from-unseen", "a"));
  EXPECT_TRUE(names(plan, "env-from-unseen", "b"));
}

TEST(Play, OnlyTheTextFalseSwitchedItOff) {
  EXPECT_TRUE(told(translate(R"({"webModeler":{"enabled":true,"webapp":{"playEnabled":"false"}}})"),
                   "play-on"));
  EXPECT_FALSE(told(translate(R"({"webModeler":{"enabled":true,"webapp":{"playEnabled":false}}})"),
                    "play-on"));
}

}  // namespace
