#include "translate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using decisions_test::at;
using decisions_test::fate;
using decisions_test::finding;
using decisions_test::names;
using decisions_test::told;
using decisions_test::translate;
using rules::FateKind;

constexpr const char* k_certs =
    R"({"zeebe":{"extraVolumes":[{"name":"certs","secret":{"secretName":"a"}}],)"
    R"("extraVolumeMounts":[{"name":"certs","mountPath":"/usr/local/zeebe/certs"}]}})";

TEST(Volumes, MoveWithTheInstallationFolderAndToImporterAndJob) {
  const auto plan = translate(k_certs);
  const std::string mounts = R"([{"name":"certs","mountPath":"/usr/local/camunda/certs"}])";
  EXPECT_EQ(at(plan, "orchestration.extraVolumeMounts"), mounts);
  EXPECT_EQ(at(plan, "orchestration.importer.extraVolumeMounts"), mounts);
  EXPECT_EQ(at(plan, "orchestration.migration.data.extraVolumeMounts"), mounts);
  EXPECT_EQ(at(plan, "orchestration.importer.extraVolumes"),
            at(plan, "orchestration.extraVolumes"));
  EXPECT_EQ(fate(plan, "zeebe.extraVolumes[0].name")->kind, FateKind::merged);
}

TEST(Volumes, StayWithTheBrokersWithoutAMigration) {
  rules::Request request;
  request.data_migration = false;
  const auto plan = translate(k_certs, request);
  EXPECT_EQ(at(plan, "orchestration.importer"), "nothing");
  EXPECT_EQ(at(plan, "orchestration.migration.data.extraVolumes"), "nothing");
}

TEST(Volumes, OlderChartsCannotGiveThemToJobs) {
  rules::Request request;
  request.to = base::Version{13, 4, 2, {}};
  const auto plan = translate(k_certs, request);
  EXPECT_NE(at(plan, "orchestration.importer.extraVolumes"), "nothing");
  EXPECT_EQ(at(plan, "orchestration.migration.data.extraVolumes"), "nothing");
  EXPECT_TRUE(names(plan, "volumes-not-in-jobs", "certs"));
}

TEST(Volumes, OfOneNameGetTwoNames) {
  const auto plan = translate(
      R"({"zeebe":{"extraVolumes":[{"name":"c","secret":{"secretName":"a"}}]},)"
      R"("operate":{"extraVolumes":[{"name":"c","secret":{"secretName":"b"}}],)"
      R"("extraVolumeMounts":[{"name":"c","mountPath":"/c"}],)"
      R"("sidecars":[{"name":"s","image":"i","volumeMounts":[{"name":"c","mountPath":"/x"}]}]}})");
  EXPECT_EQ(at(plan, "orchestration.extraVolumes[1].name"), R"("operate-c")");
  EXPECT_EQ(at(plan, "orchestration.extraVolumeMounts[0].name"), R"("operate-c")");
  EXPECT_EQ(at(plan, "orchestration.sidecars[0].volumeMounts[0].name"), R"("operate-c")");
}

TEST(Volumes, OfOneNameAndSourceAreOne) {
  const auto plan = translate(R"({"zeebe":{"extraVolumes":[{"name":"c","emptyDir":{}}]},)"
                              R"("tasklist":{"extraVolumes":[{"name":"c","emptyDir":{}}]}})");
  EXPECT_EQ(at(plan, "orchestration.extraVolumes"), R"([{"name":"c","emptyDir":{}}])");
}

TEST(Volumes, CalledLikeTheChartsOwnGetAnotherName) {
  const auto plan = translate(R"({"operate":{"extraVolumes":[{"name":"data","emptyDir":{}}],)"
                              R"("extraVolumeMounts":[{"name":"data","mountPath":"/d"}]}})");
  EXPECT_EQ(at(plan, "orchestration.extraVolumes[0].name"), R"("operate-data")");
  EXPECT_EQ(at(plan, "orchestration.extraVolumeMounts[0].name"), R"("operate-data")");
}

TEST(Volumes, ClaimsStayWithTheBrokers) {
  const auto plan = translate(
      R"({"zeebe":{"extraVolumes":[{"name":"b","persistentVolumeClaim":{"claimName":"x"}}],)"
      R"("extraVolumeMounts":[{"name":"b","mountPath":"/b"}]}})");
  EXPECT_NE(at(plan, "orchestration.extraVolumes"), "nothing");
  EXPECT_EQ(at(plan, "orchestration.importer.extraVolumes"), "nothing");
  EXPECT_EQ(at(plan, "orchestration.importer.extraVolumeMounts"), "nothing");
}

TEST(Volumes, TheImporterHasWhatTheInitContainersMount) {
  const auto plan = translate(R"({"zeebe":{"initContainers":[{"name":"i","image":"x",)"
                              R"("volumeMounts":[{"name":"claim","mountPath":"/c"}]}]}})");
  EXPECT_EQ(at(plan, "orchestration.importer.extraVolumes"), R"([{"name":"claim","emptyDir":{}}])");
}

TEST(Mounts, OnOnePathAreTold) {
  const auto plan = translate(
      R"({"operate":{"extraVolumeMounts":[{"name":"a","mountPath":"/usr/local/operate/x"}]},)"
      R"("tasklist":{"extraVolumeMounts":[{"name":"b","mountPath":"/usr/local/tasklist/x/"}]}})");
  EXPECT_EQ(at(plan, "orchestration.extraVolumeMounts"),
            R"([{"name":"a","mountPath":"/usr/local/camunda/x"}])");
  EXPECT_TRUE(names(plan, "mount-conflict", "/usr/local/camunda/x"));
}

// Gateway, Operate and Tasklist have the certificate of one Secret, each in its own folder.
TEST(Mounts, OfOneSecretAreNoConflict) {
  const std::string before =
      R"({"operate":{"extraVolumes":[{"name":"a","secret":{"secretName":"tls"}}],)"
      R"("extraVolumeMounts":[{"name":"a","mountPath":"/usr/local/operate/x","subPath":"tls.crt"}]},)"
      R"("tasklist":{"extraVolumes":[{"name":"b","secret":{"secretName":"tls","defaultMode":420,)"
      R"("items":[{"key":")";
  const std::string after = R"(","path":"tls.crt"}]}}],"extraVolumeMounts":[{"name":"b",)"
                            R"("mountPath":"/usr/local/tasklist/x","subPath":"tls.crt"}]}})";
  const auto same = translate(before + "tls.crt" + after);
  EXPECT_EQ(at(same, "orchestration.extraVolumeMounts"),
            R"([{"name":"a","mountPath":"/usr/local/camunda/x","subPath":"tls.crt"}])");
  EXPECT_FALSE(told(same, "mount-conflict"));
  EXPECT_TRUE(told(translate(before + "other.crt" + after), "mount-conflict"));
}

TEST(Mounts, OfWholeSecretsAreComparedByName) {
  const auto two = [](const std::string& name, const std::string& kind = "secretName") {
    return translate(R"({"operate":{"extraVolumes":[{"name":"a","secret":{"secretName":"tls"}}],)"
                     R"("extraVolumeMounts":[{"name":"a","mountPath":"/x"}]},)"
                     R"("tasklist":{"extraVolumes":[{"name":"b",")" +
                     std::string(kind == "name" ? "configMap" : "secret") + R"(":{")" + kind +
                     R"(":")" + name +
                     R"("}}],"extraVolumeMounts":[{"name":"b","mountPath":"/x"}]}})");
  };
  EXPECT_FALSE(told(two("tls"), "mount-conflict"));
  EXPECT_TRUE(told(two("other"), "mount-conflict"));
  EXPECT_TRUE(told(two("tls", "name"), "mount-conflict"));
}

TEST(Mounts, OnOnePathAreToldOnce) {
  const auto plan =
      translate(R"({"zeebeGateway":{"extraVolumeMounts":[{"name":"a","mountPath":"/x"}]},)"
                R"("operate":{"extraVolumeMounts":[{"name":"b","mountPath":"/x"}]},)"
                R"("tasklist":{"extraVolumeMounts":[{"name":"c","mountPath":"/x"}]}})");
  EXPECT_EQ(finding(plan, "mount-conflict")->subjects, std::vector<std::string>{"/x"});
}

TEST(Files, ConsolesOverrideMayBeAMap) {
  const auto plan = translate(R"({"console":{"overrideConfiguration":{"a":{"b":"{{ x }}"}}}})");
  EXPECT_EQ(at(plan, "console.overrideConfiguration"), R"("a:\n  b: \"{{ x }}\"\n")");
  EXPECT_EQ(fate(plan, "console.overrideConfiguration.a.b")->kind, FateKind::converted);
  EXPECT_EQ(at(translate(R"({"console":{"overrideConfiguration":"a: b"}})"),
               "console.overrideConfiguration"),
            R"("a: b")");
  EXPECT_EQ(at(translate(R"({"console":{"overrideConfiguration":{}}})"), "console"), "nothing");
}

TEST(Maps, ThatAreHandedOnAreNotUnknown) {
  const auto plan =
      translate(R"({"global":{"labels":{"team":"a"}},)"
                R"("connectors":{"resources":{"limits":{"ephemeral-storage":"1Gi"}}}})");
  EXPECT_EQ(at(plan, "global.labels.team"), R"("a")");
  EXPECT_EQ(at(plan, "connectors.resources.limits"), R"({"ephemeral-storage":"1Gi"})");
  EXPECT_FALSE(told(plan, "unknown-key"));
}

TEST(Containers, TheSecondListCountsOnlyWithoutTheFirst) {
  const auto second = translate(R"({"zeebe":{"extraInitContainers":[{"name":"b","image":"x"}]}})");
  EXPECT_EQ(at(second, "orchestration.initContainers"), R"([{"name":"b","image":"x"}])");
  const auto first = translate(R"({"zeebe":{"initContainers":[{"name":"a","image":"x"}],)"
                               R"("extraInitContainers":[{"name":"b","image":"x"}]}})");
  EXPECT_EQ(at(first, "orchestration.initContainers"), R"([{"name":"a","image":"x"}])");
  EXPECT_EQ(fate(first, "zeebe.extraInitContainers[0].name")->kind, FateKind::dropped);
}

TEST(Containers, OfOtherPodsAreToldAndNamedApart) {
  const auto plan = translate(R"({"zeebe":{"sidecars":[{"name":"log","image":"x"}]},)"
                              R"("zeebeGateway":{"sidecars":[{"name":"log","image":"y"}]}})");
  EXPECT_EQ(at(plan, "orchestration.sidecars[1].name"), R"("gateway-log")");
  EXPECT_TRUE(names(plan, "containers-merged", "gateway-log"));
  EXPECT_FALSE(told(translate(R"({"zeebe":{"sidecars":[{"name":"log","image":"x"}]}})"),
                    "containers-merged"));
}

TEST(Lists, OfAnotherShapeStop) {
  const auto plan = translate(R"({"zeebe":{"extraVolumes":"text","sidecars":["x"]}})");
  EXPECT_TRUE(names(plan, "list-shape", "zeebe.extraVolumes"));
  EXPECT_TRUE(names(plan, "list-shape", "zeebe.sidecars"));
}

TEST(Metadata, TemplatesAreEscapedOnlyWhereTheNewChartEvaluates) {
  const char* given = R"({"zeebe":{"podAnnotations":{"a":"{{ x }}","n":9600}},)"
                      R"("connectors":{"podLabels":{"b":"{{ `y` }}"}}})";
  const auto plan = translate(given);
  EXPECT_EQ(at(plan, "orchestration.podAnnotations"), R"({"a":"{{`{{ x }}`}}","n":"9600"})");
  EXPECT_EQ(at(plan, "connectors.podLabels.b"), R"("{{`{{`}} `y` }}")");
  EXPECT_EQ(at(translate(R"({"console":{"podLabels":{"b":"{{ x }}\n"}}})"), "console.podLabels.b"),
            R"("{{`{{`}} x }}\n")");
  rules::Request older;
  older.to = base::Version{13, 4, 2, {}};
  EXPECT_EQ(at(translate(given, older), "orchestration.podAnnotations.a"), R"("{{ x }}")");
}

TEST(Metadata, BrokersWinAndTheRestIsAdded) {
  const auto plan = translate(R"({"operate":{"podAnnotations":{"port":"8080","o":"1"}},)"
                              R"("zeebe":{"podAnnotations":{"port":"9600"}}})");
  EXPECT_EQ(at(plan, "orchestration.podAnnotations.port"), R"("9600")");
  EXPECT_EQ(at(plan, "orchestration.podAnnotations.o"), R"("1")");
  EXPECT_TRUE(names(plan, "metadata-conflict", "port"));
}

TEST(Metadata, OfInjectorsDoesNotReachTheJobs) {
  const auto plan =
      translate(R"({"zeebe":{"podAnnotations":{"vault.hashicorp.com/role":"r","a":"b"},)"
                R"("podLabels":{"azure.workload.identity/use":"true"}}})");
  EXPECT_TRUE(names(plan, "jobs-not-injected", "vault.hashicorp.com/role"));
  EXPECT_TRUE(names(plan, "jobs-not-injected", "azure.workload.identity/use"));
  EXPECT_FALSE(names(plan, "jobs-not-injected", "a"));
  rules::Request request;
  request.data_migration = false;
  EXPECT_FALSE(
      told(translate(R"({"zeebe":{"podLabels":{"linkerd.io/inject":"enabled"}}})", request),
           "jobs-not-injected"));
}

TEST(Files, LieInOneFolder) {
  const auto plan =
      translate(R"({"zeebe":{"extraConfiguration":{"a.xml":"/usr/local/zeebe/x"}},)"
                R"("operate":{"extraConfiguration":{"a.xml":"other","b.yaml":"camunda: {}"}}})");
  EXPECT_EQ(at(plan, "orchestration.extraConfiguration"),
            R"({"a.xml":"/usr/local/camunda/x","b.yaml":"camunda: {}"})");
  EXPECT_TRUE(names(plan, "extra-files-conflict", "a.xml"));
  EXPECT_TRUE(names(plan, "extra-files-properties", "b.yaml"));
}

TEST(Files, SettingsThatChangedAreNamedOneByOne) {
  const auto plan = translate(
      R"({"zeebe":{"extraConfiguration":{"application-x.yaml":)"
      R"("zeebe:\n  broker:\n    data:\n      snapshotPeriod: 3m\n    backpressure: {enabled: true}\n"}},)"
      R"("zeebeGateway":{"extraConfiguration":{"g.yml":"zeebe.gateway.longPolling.enabled: true"}},)"
      R"("operate":{"extraConfiguration":{"o.properties":)"
      R"("# ours\ncamunda.operate.ldap.base-dn = dc=x\nmy.own = 1\n",)"
      R"("broken.yaml":"camunda: [","note.txt":"camunda.operate.ldap: 1"}}})");
  EXPECT_TRUE(names(plan, "extra-files-changed", "zeebe.broker.data.snapshotPeriod"));
  EXPECT_FALSE(names(plan, "extra-files-changed", "zeebe.broker.backpressure.enabled"));
  EXPECT_FALSE(names(plan, "extra-files-changed", "my.own"));
  EXPECT_EQ(finding(plan, "extra-files-changed")->severity, text::Severity::warning);
  EXPECT_EQ(finding(plan, "extra-files-changed")->message,
            "8.8 does not take these settings in application-x.yaml as 8.7 did: "
            "zeebe.broker.data.snapshotPeriod (orchestration.data.snapshotPeriod in 8.8)");
  std::vector<std::string> messages;
  for (const auto& one : plan.findings) {
    if (one.rule == "extra-files-changed") {
      messages.push_back(one.message);
    }
  }
  EXPECT_THAT(messages,
              testing::ElementsAre(
                  testing::HasSubstr("application-x.yaml"),
                  testing::HasSubstr("(ZEEBE_BROKER_GATEWAY_LONGPOLLING_ENABLED in 8.8)"),
                  testing::EndsWith("o.properties as 8.7 did: camunda.operate.ldap.base-dn")));
}

TEST(Files, AWholeConfigurationStops) {
  const auto plan = translate(R"({"operate":{"configuration":"server: {}"}})");
  EXPECT_EQ(finding(plan, "full-configuration-stop")->severity, text::Severity::error);
  EXPECT_EQ(at(plan, "orchestration.configuration"), "nothing");
  EXPECT_FALSE(told(translate(R"({"operate":{"configuration":""}})"), "full-configuration-stop"));
  EXPECT_TRUE(
      told(translate(R"({"identity":{"configuration":"server: {}"}})"), "own-configuration"));
}

TEST(Command, OfTheBrokersStopsOthersAreTold) {
  EXPECT_TRUE(told(translate(R"({"zeebe":{"command":["sh"]}})"), "start-command-stop"));
  EXPECT_TRUE(names(translate(R"({"operate":{"command":["sh"]}})"), "start-command-given-up",
                    "operate.command"));
}

TEST(Neighbours, AreToldWhatMeetsAnotherContainer) {
  EXPECT_TRUE(names(
      translate(
          R"({"connectors":{"extraVolumeMounts":[{"name":"c","mountPath":"/config/application.yml"}]}})"),
      "connectors-file", "/config/application.yml"));
  EXPECT_TRUE(told(translate(R"({"identity":{"sidecars":[{"name":"s"}]}})"), "identity-port"));
}

TEST(PullSecrets, OfAllComponentsWithTheGlobalOnesThatTheyReplace) {
  const auto plan = translate(R"({"global":{"image":{"pullSecrets":[{"name":"g"}]}},)"
                              R"("operate":{"image":{"pullSecrets":[{"name":"o"}]}}})");
  EXPECT_EQ(at(plan, "orchestration.image.pullSecrets"), R"([{"name":"g"},{"name":"o"}])");
  EXPECT_EQ(at(translate(R"({"global":{"image":{"pullSecrets":[{"name":"g"}]}}})"),
               "orchestration.image.pullSecrets"),
            "nothing");
}

}  // namespace
