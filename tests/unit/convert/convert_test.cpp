#include "convert/convert.hpp"

#include "base/base64.hpp"
#include "base/failure.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace convert {
namespace {

using testing::HasSubstr;

// Without identity the plan adds little, so that the tests show the files.
const std::string k_quiet =
    "global: {identity: {auth: {enabled: false}}}\n"
    "identity: {enabled: false}\n"
    "identityKeycloak: {enabled: false}\n"
    "optimize: {enabled: false}\n"
    "connectors: {enabled: false}\n";

std::string indented(const std::string& text, std::size_t columns) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    out += std::string(columns, ' ') + text.substr(at, end - at);
    at = end;
  }
  return out;
}

Conversion converted(const std::string& text, const Options& options = {}) {
  return convert({text::Source("file.yaml", text)}, {}, options);
}

bool tells(const Conversion& done, const std::string& rule) {
  return std::any_of(done.notes.begin(), done.notes.end(),
                     [&](const auto& note) { return note.rule == rule; });
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  text.replace(text.find(from), from.size(), to);
  return text;
}

const std::string k_release = R"(# ours
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: c8}
spec:
  chart:
    spec: {chart: camunda-platform, version: '12.13.3'} # the chart
  values: # of 8.7
    # brokers
    zeebe:
      clusterSize: 3
)" + indented(k_quiet, 4) + "  test: {enable: false}\n";

TEST(Convert, OnlyTheValuesOfAHelmReleaseChange) {
  const Conversion done = converted(k_release);
  const std::string& text = done.texts[0];
  EXPECT_THAT(text, HasSubstr("  values: # of 8.7\n    # brokers\n    orchestration:\n"
                              "      clusterSize: \"3\"\n"));
  EXPECT_TRUE(text.starts_with(k_release.substr(0, k_release.find("    zeebe"))));
  EXPECT_TRUE(text.ends_with("  test: {enable: false}\n"));
  EXPECT_TRUE(tells(done, "chart-version"));
}

TEST(Convert, TheChartsVersionIsRaisedOnRequest) {
  const Conversion done = converted(k_release, {"13.12.7", false, false});
  EXPECT_THAT(done.texts[0], HasSubstr("version: '13.12.7'} # the chart"));
  EXPECT_FALSE(tells(done, "chart-version"));
}

TEST(Convert, AHelmReleaseThatWouldBeRolledBackIsAnError) {
  const std::string with =
      replaced(k_release, "  values:", "  upgrade: {remediation: {retries: 3}}\n  values:");
  EXPECT_TRUE(tells(converted(with), "flux-remediation"));
  EXPECT_FALSE(tells(converted(replaced(with, "retries: 3", "retries: 0")), "flux-remediation"));
  EXPECT_FALSE(tells(converted(k_release), "flux-remediation"));
}

TEST(Convert, TheReleaseOfTheManifestGivesTheNames) {
  const std::string text =
      "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: c8}\n"
      "spec:\n  chart: {spec: {chart: camunda-platform}}\n  values: {}\n";
  EXPECT_THAT(converted(text).texts[0], HasSubstr("existingSecret: c8-zeebe-identity-secret"));
  EXPECT_THAT(converted(text).texts[0], HasSubstr("  values:\n    connectors:\n"));
}

TEST(Convert, ValuesInTheTextOfAnApplication) {
  const std::string text =
      "apiVersion: argoproj.io/v1alpha1\nkind: Application\n"
      "metadata: {name: c8}\nspec:\n  sources:\n  - chart: camunda-platform\n"
      "    targetRevision: 12.13.3\n    helm:\n      values: |\n"
      "        # brokers\n        zeebe: {clusterSize: 3}\n" +
      indented(k_quiet, 8) + "  - path: x\n    targetRevision: main\n";
  const Conversion done = converted(text, {"13.12.7", false, false});
  EXPECT_THAT(done.texts[0], HasSubstr("targetRevision: 13.12.7\n    helm:\n      values: |\n"
                                       "        # brokers\n        orchestration:"));
  EXPECT_THAT(done.texts[0], HasSubstr("  - path: x\n    targetRevision: main\n"));
}

std::string application(const std::string& helm) {
  return "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: c8}\nspec:\n"
         "  source:\n    chart: camunda-platform\n    targetRevision: 12.13.3\n    helm:\n" +
         helm + "  project: default\n";
}

TEST(Convert, ParametersOfAnApplicationWinAndMove) {
  const std::string text =
      application("      valuesObject:\n        zeebe: {clusterSize: 3, logLevel: debug}\n" +
                  indented(k_quiet, 8) +
                  "      # by hand\n      parameters: # one by one\n"
                  "        - name: zeebe.clusterSize # brokers\n          value: \"5\"\n"
                  "          forceString: true\n"
                  "        # the tag\n"
                  "        - name: 'global.image.tag'\n          value: 8.7.{{x}}\n"
                  "        - {name: zeebe.podLabels.a\\.b, value: 'x,y'}\n");
  const Conversion done = converted(text);
  EXPECT_FALSE(tells(done, "argo-cd-parameters"));
  EXPECT_THAT(done.texts[0],
              HasSubstr("      # by hand\n      parameters: # one by one\n"
                        "        - name: orchestration.clusterSize # brokers\n"
                        "          value: \"5\"\n          forceString: true\n"
                        "        # the tag\n"
                        "        - name: 'global.image.tag'\n          value: 8.7.{{x}}\n"
                        "        - {name: orchestration.podLabels.a\\.b, value: 'x,y'}\n"
                        "  project: default\n"));
  EXPECT_EQ(converted(done.texts[0]).texts[0], done.texts[0]);
}

TEST(Convert, AParameterIsForcedToBeTextWhereOnlyTextWillDo) {
  const Conversion done =
      converted(application("      valuesObject:\n" + indented(k_quiet, 8) +
                            "      parameters:\n      - name: zeebe.clusterSize\n"
                            "        value: \"5\"\n"));
  EXPECT_THAT(done.texts[0], HasSubstr("      parameters:\n"
                                       "      - name: orchestration.clusterSize\n"
                                       "        value: \"5\"\n        forceString: true\n"));
}

TEST(Convert, WhatAParameterCannotHoldIsAnErrorThatNamesIt) {
  for (const auto& [parameter, name] :
       {std::pair<std::string, std::string>{"{name: 'zeebe.env[0].name', value: A}",
                                            "zeebe.env[0].name"},
        {"{name: 'zeebe..x', value: A}", "zeebe..x"}}) {
    const Conversion done = converted(application("      valuesObject:\n" + indented(k_quiet, 8) +
                                                  "      parameters: [" + parameter + "]\n"));
    ASSERT_TRUE(tells(done, "argo-cd-parameters")) << parameter;
    const auto told = std::find_if(done.notes.begin(), done.notes.end(), [](const auto& note) {
      return note.rule == "argo-cd-parameters";
    });
    EXPECT_EQ(told->subjects, std::vector<std::string>{name});
    EXPECT_EQ(told->severity, text::Severity::error);
    EXPECT_THAT(done.texts[0], HasSubstr("[" + parameter + "]"));
  }
}

TEST(Convert, FileParametersAreAnErrorThatNamesThem) {
  const Conversion done = converted(
      application("      valuesObject:\n" + indented(k_quiet, 8) +
                  "      fileParameters:\n      - {name: global.license.key, path: key.txt}\n"));
  EXPECT_TRUE(tells(done, "argo-cd-file-parameters"));
}

TEST(Convert, ValuesThatBeginBehindADash) {
  const std::string text =
      "releases:\n  - name: c8\n    chart: camunda/camunda-platform\n    values:\n      - a.yaml\n"
      "      - zeebe:\n          # three\n          clusterSize: 3\n" +
      indented(k_quiet, 8) + "  - chart: other\n    values: [{zeebe: {clusterSize: 3}}]\n";
  const Conversion done = converted(text);
  EXPECT_THAT(done.texts[0], HasSubstr("      - orchestration:\n          # three\n"
                                       "          clusterSize: \"3\"\n"));
  EXPECT_TRUE(done.texts[0].ends_with("    values: [{zeebe: {clusterSize: 3}}]\n"));
  EXPECT_TRUE(tells(done, "helmfile-files"));
}

TEST(Convert, ValuesInConfigMapsAndSecrets) {
  const std::string values = "zeebe:\n  clusterSize: 3\n" + k_quiet;
  const std::string text = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata:\n  v: " +
                           base::encode_base64(values) +
                           "\n  other: " + base::encode_base64("zeebe: {client: x}") + "\n";
  const std::string found = converted(text).texts[0];
  const std::size_t at = found.find("  v: ") + 5;
  const auto decoded = base::decode_base64(found.substr(at, found.find('\n', at) - at));
  ASSERT_TRUE(decoded);
  EXPECT_TRUE(decoded->starts_with("orchestration:\n  clusterSize: \"3\"\n"));
  EXPECT_THAT(found, HasSubstr(base::encode_base64("zeebe: {client: x}")));

  const std::string map =
      "apiVersion: v1\nkind: ConfigMap\ndata:\n  v: \"zeebe: {clusterSize: 3}\"\n"
      "  app: |\n    zeebe: {client: {a: b}}\n";
  const std::string changed = converted(map).texts[0];
  EXPECT_THAT(changed, HasSubstr("  v: |-\n    orchestration:\n      clusterSize: \"3\"\n"));
  EXPECT_TRUE(changed.ends_with("  app: |\n    zeebe: {client: {a: b}}\n"));
}

TEST(Convert, SourcesOfAHelmReleaseAreLayers) {
  const std::string base =
      "apiVersion: v1\nkind: ConfigMap\ndata:\n  v: |\n    zeebe:\n"
      "      clusterSize: 3\n      partitionCount: 5\n" +
      indented(k_quiet, 4);
  const std::string release =
      "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: c8}\nspec:\n"
      "  chart: {spec: {chart: camunda-platform}}\n  values:\n    zeebe:\n      clusterSize: 5\n";
  const Conversion done =
      convert({text::Source("map.yaml", base), text::Source("release.yaml", release)}, {});
  EXPECT_THAT(done.texts[0], HasSubstr("migration:"));
  EXPECT_TRUE(done.texts[1].ends_with("  values:\n    orchestration:\n      clusterSize: \"5\"\n"));
}

// A HelmRelease takes the objects in the order of its list, wherever they stand.
TEST(Convert, ObjectsThatAHelmReleaseNamesAreItsLayers) {
  const auto map = [](const std::string& name, const std::string& values) {
    return "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name +
           "}\ndata:\n  values.yaml: |\n" + indented(values, 4);
  };
  const std::string release =
      "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n"
      "metadata: {name: c8, namespace: prod}\nspec:\n"
      "  chart: {spec: {chart: camunda-platform}}\n  valuesFrom:\n"
      "  - {kind: ConfigMap, name: first}\n  - {kind: ConfigMap, name: second}\n";
  const Conversion done = converted(release + map("second", "zeebe:\n  clusterSize: 5\n") +
                                    map("other", "zeebe:\n  clusterSize: 7\n" + k_quiet) +
                                    map("first", "zeebe:\n  clusterSize: 3\n" + k_quiet));
  const std::string& text = done.texts[0];
  EXPECT_TRUE(text.starts_with(release));
  EXPECT_THAT(text, HasSubstr("name: second}\ndata:\n  values.yaml: |\n    orchestration:\n"
                              "      clusterSize: \"5\"\n---\n"));
  const std::size_t first = text.find("name: first}");
  EXPECT_THAT(text.substr(first), HasSubstr("clusterSize: \"3\""));
  EXPECT_THAT(text.substr(first), HasSubstr("migration:"));
  EXPECT_FALSE(tells(done, "more-sources"));
  EXPECT_FALSE(tells(done, "no-values-yet"));
  EXPECT_TRUE(tells(converted(release + map("first", "zeebe:\n  clusterSize: 3\n" + k_quiet)),
                    "more-sources"));
}

TEST(Convert, AHelmReleaseWithoutValuesNamesTheRelease) {
  const std::string text =
      "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n  v: |\n    zeebe:\n"
      "      clusterSize: 3\n---\n"
      "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: c8}\nspec:\n"
      "  chart: {spec: {chart: camunda-platform}}\n"
      "  valuesFrom: [{kind: Secret, name: s, valuesKey: v}]\n";
  EXPECT_THAT(converted(text).texts[0], HasSubstr("existingSecret: c8-zeebe-identity-secret"));
}

TEST(Convert, OtherManifestsAndOtherValuesStayAsTheyAre) {
  for (const std::string text :
       {"apiVersion: v1\nkind: ConfigMap\ndata: {a: 'zeebe: {client: {a: b}}'}\n---\nkind: X\n",
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n"
        "  chart: {spec: {chart: redis}}\n  values: {global: {image: {tag: x}}}\n",
        "grafana: {enabled: true}\n"}) {
    const Conversion done = converted(text);
    EXPECT_EQ(done.texts[0], text);
    EXPECT_FALSE(done.concerns_camunda);
  }
}

TEST(Convert, TheBlockOfAnUmbrellaChart) {
  rules::Request request;
  request.under = "camunda";
  const std::string text =
      "# umbrella\nredis: {enabled: true}\ncamunda:\n  # brokers\n  zeebe:\n"
      "    clusterSize: 3\n" +
      indented(k_quiet, 2);
  const Conversion done = convert({text::Source("values.yaml", text)}, request);
  EXPECT_TRUE(done.texts[0].starts_with(
      "# umbrella\nredis: {enabled: true}\ncamunda:\n  # brokers\n  orchestration:\n"
      "    clusterSize: \"3\"\n"));
}

TEST(Convert, TheMigrationsBlockGoesWhenItIsOver) {
  const std::string text =
      "orchestration:\n  migration:\n    data:\n      # for the upgrade\n      enabled: true\n"
      "    identity: {enabled: true}\n  clusterSize: '5' # odd\n";
  rules::Request request;
  EXPECT_EQ(convert({text::Source("values.yaml", text)}, request).texts[0], text);
  request.data_migration = false;
  const Conversion done = convert({text::Source("values.yaml", text)}, request);
  EXPECT_EQ(done.texts[0], "orchestration:\n  # for the upgrade\n\n  clusterSize: '5' # odd\n");
  request.identity_migration = rules::Switch::on;
  EXPECT_THAT(convert({text::Source("values.yaml", text)}, request).texts[0],
              HasSubstr("identity: {enabled: true}"));
}

TEST(Convert, TheMigrationsBlockGoesFromEveryContainer) {
  const std::string values = "zeebe:\n  clusterSize: 3\n" + k_quiet;
  for (const std::string& text :
       {k_release, application("      values: |\n" + indented(values, 8)),
        application("      valuesObject:\n" + indented(values, 8)),
        "releases:\n  - name: c8\n    chart: camunda/camunda-platform\n    values:\n      -\n" +
            indented(values, 8),
        "apiVersion: v1\nkind: ConfigMap\ndata:\n  v: |\n" + indented(values, 4)}) {
    const std::string upgrade =
        replaced(converted(text).texts[0], "migration:\n", "migration: # until it is over\n");
    rules::Request request;
    request.data_migration = false;
    const std::string after = convert({text::Source("file.yaml", upgrade)}, request).texts[0];
    EXPECT_THAT(after, testing::Not(HasSubstr("migration:"))) << after;
    EXPECT_THAT(after, HasSubstr("# until it is over\n"));
    EXPECT_EQ(after.substr(0, after.find("orchestration:")),
              upgrade.substr(0, upgrade.find("orchestration:")));
    EXPECT_EQ(convert({text::Source("file.yaml", after)}, request).texts[0], after);
  }
}

TEST(Convert, AnnotationsStandAboveWhatTheyAreAbout) {
  const std::string text = k_quiet + "# web\noperate:\n  contextPath: /operate\n";
  EXPECT_THAT(converted(text).texts[0], testing::Not(HasSubstr("# c8upgrade:")));
  const std::string marked = converted(text, {{}, false, false, true}).texts[0];
  EXPECT_THAT(marked, HasSubstr("  # c8upgrade: the Service camunda-operate is gone"));
  EXPECT_EQ(converted(marked, {{}, false, false, true}).texts[0], marked);
}

TEST(Convert, EncryptedFilesAndTemplatesAreRefusedWithTheWay) {
  for (const auto& [name, text, way] :
       {std::tuple<std::string, std::string, std::string>{
            "v.yaml", "zeebe: ENC[AES256_GCM,data:x]\nsops: {mac: y}\n", "sops v.yaml"},
        {"v.yaml.gotmpl", "zeebe:\n  {{ .x }}\n", "write-values"}}) {
    try {
      convert({text::Source(name, text)}, {});
      FAIL() << name;
    } catch (const base::Failure& failure) {
      EXPECT_THAT(failure.next(), HasSubstr(way));
    }
  }
}

}  // namespace
}  // namespace convert
