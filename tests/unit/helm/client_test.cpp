#include "helm/client.hpp"

#include "base/failure.hpp"
#include "helm/call.hpp"
#include "helm/environment.hpp"
#include "unit/helm/fake_helm.hpp"

#include <gmock/gmock.h>

namespace helm {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class HelmClient : public FakeHelm {};

TEST_F(HelmClient, ReadsAReleaseOfHelm4) {
  answer("get",
         "camunda\nprod\n7\nfailed\ncamunda-platform\n12.13.3\n8.7.x\n14\na: b\n---\nc: d\n\nssa");
  const auto state = get_release("camunda");
  ASSERT_TRUE(state.has_value());
  EXPECT_EQ(state->name, "camunda");
  EXPECT_EQ(state->release_namespace, "prod");
  EXPECT_EQ(state->revision, 7);
  EXPECT_EQ(state->status, "failed");
  EXPECT_EQ(state->chart_name, "camunda-platform");
  EXPECT_EQ(state->chart_version.text(), "12.13.3");
  EXPECT_EQ(state->app_version, "8.7.x");
  EXPECT_EQ(state->manifest, "a: b\n---\nc: d\n");
  EXPECT_EQ(state->apply_method, "ssa");
  EXPECT_EQ(calls().size(), 1U);
}

// Helm 3 has no apply method and fails at that field, after everything else.
TEST_F(HelmClient, ReadsAReleaseOfHelm3) {
  answer("get", "camunda\nprod\n7\ndeployed\ncamunda-platform\n12.13.3\n8.7.x\n5\na: b\n\n",
         "Error: template: _:10:2: executing \"_\" at <.ApplyMethod>: can't evaluate field "
         "ApplyMethod in type *release.Release\n",
         1);
  const auto state = get_release("camunda");
  ASSERT_TRUE(state.has_value());
  EXPECT_EQ(state->manifest, "a: b\n");
  EXPECT_EQ(state->apply_method, "");
}

TEST_F(HelmClient, AMissingReleaseIsNoFailure) {
  answer("get", "", "Error: release: not found\n", 1);
  EXPECT_EQ(get_release("camunda"), std::nullopt);
  answer("history", "", "Error: release: not found\n", 1);
  EXPECT_TRUE(history("camunda").empty());
}

TEST_F(HelmClient, SaysThatTheClusterCannotBeReached) {
  answer("get", "",
         "Error: kubernetes cluster unreachable: Get \"https://10.0.0.1/version\": dial tcp "
         "10.0.0.1:443: connect: connection refused\n",
         1);
  EXPECT_THAT(
      refusal([] { get_release("camunda"); }),
      HasSubstr("Helm could not read release camunda: the cluster cannot be reached (Get \"https"));
}

TEST_F(HelmClient, NamesTheRightThatIsMissing) {
  answer(
      "get", "",
      "Error: query: failed to query with labels: secrets is forbidden: User \"bob\" cannot list "
      "resource \"secrets\" in API group \"\" in the namespace \"prod\"\n",
      1);
  EXPECT_THAT(refusal([] { get_release("camunda"); }),
              HasSubstr("the right to list secrets in namespace prod is missing"));
}

TEST_F(HelmClient, SomethingThatIsNoHelmIsNotTakenForOne) {
  answer("get", "hello\n");
  EXPECT_THAT(refusal([] { get_release("camunda"); }), HasSubstr("something else than a release"));
  answer("get", "a\nb\n1\nc\nd\n1.2.3\n8\n100\ntoo short");
  EXPECT_THAT(refusal([] { get_release("camunda"); }), HasSubstr("something else than a release"));
}

TEST_F(HelmClient, AMissingHelmAndAFileThatIsNoProgram) {
  set("HELM_BIN", path("nothing"));
  EXPECT_THAT(refusal([] { get_release("camunda"); }), HasSubstr("was not found | Run `helm"));
  set("HELM_BIN", write("text", "text"));
  EXPECT_THAT(refusal([] { get_release("camunda"); }), HasSubstr("is no program"));
}

TEST_F(HelmClient, GivesUpOnAHelmThatHangs) {
  set("C8UPGRADE_HELM_TIMEOUT", "1");
  script("get", "exec sleep 30\n");
  EXPECT_THAT(refusal([] { get_release("camunda"); }),
              HasSubstr("did not answer within 1 seconds"));
}

TEST_F(HelmClient, HelmBinMayBeABareName) {
  set("HELM_BIN", "helm");
  set("PATH", path("") + ":" + std::getenv("PATH"));
  answer("get", "", "Error: release: not found\n", 1);
  EXPECT_EQ(get_release("camunda"), std::nullopt);
  EXPECT_EQ(calls().size(), 1U);
}

TEST_F(HelmClient, ReadsTheHistory) {
  answer("history",
         R"([{"revision":1,"status":"superseded","chart":"camunda-platform-12.13.3"},
             {"revision":2,"status":"failed","chart":"camunda-platform-13.12.7"}])");
  const auto revisions = history("camunda");
  ASSERT_EQ(revisions.size(), 2U);
  EXPECT_EQ(revisions[1].number, 2);
  EXPECT_EQ(revisions[1].status, "failed");
  EXPECT_EQ(revisions[1].chart, "camunda-platform-13.12.7");
}

TEST_F(HelmClient, ReadsTheValuesOfARevision) {
  answer("get", "{\"a\":1}\n");
  EXPECT_EQ(get_values("camunda", 3), "{\"a\":1}");
  EXPECT_THAT(calls().front(),
              ElementsAre("get", "values", "camunda", "-o", "json", "--revision", "3"));
}

TEST_F(HelmClient, ReadsAChartsFacts) {
  answer("show", "apiVersion: v2\nappVersion: 8.8.x\nname: camunda-platform\nversion: 13.12.7\n");
  const auto facts = show_chart("repo/camunda-platform", {"--version", "13.12.7"});
  EXPECT_EQ(facts.name, "camunda-platform");
  EXPECT_EQ(facts.version.text(), "13.12.7");
  EXPECT_EQ(facts.app_version, "8.8.x");
  EXPECT_THAT(calls().front(),
              ElementsAre("show", "chart", "repo/camunda-platform", "--version", "13.12.7"));
}

TEST_F(HelmClient, SaysWhatToDoAboutAChartThatIsNotFound) {
  answer("show", "", "Error: repo camunda not found\n", 1);
  EXPECT_THAT(refusal([] { show_chart("camunda/x", {}); }),
              HasSubstr("| helm repo add camunda URL"));
  answer("show", "", "Error: path \"./x\" not found\n", 1);
  EXPECT_THAT(refusal([] { show_chart("./x", {}); }), HasSubstr("There is no chart at ./x"));
  answer("show", "",
         "Error: chart \"x\" matching 99 not found in camunda index. (try 'helm repo update'): no "
         "chart version found for x-99\n",
         1);
  EXPECT_THAT(refusal([] { show_chart("camunda/x", {}); }), HasSubstr("| helm repo update"));
}

TEST_F(HelmClient, RendersWithWhatTheUserPassedButSeesSecretsAndJson) {
  answer("upgrade", R"(Release "camunda" does not exist. Installing it now.
{"chart":{"templates":[{"data":"xx"}]},"manifest":"a: b\n"})");
  EXPECT_EQ(
      dry_run_manifest("camunda", "c", {"--wait", "--hide-secret", "-o", "yaml"}, {"-f", "v"}),
      "a: b\n");
  EXPECT_THAT(calls().front(), ElementsAre("upgrade", "camunda", "c", "--wait", "-o", "yaml", "-f",
                                           "v", "--dry-run=server", "-o", "json"));
}

TEST_F(HelmClient, ARenderingThatFailsGivesHelmsWords) {
  answer("upgrade", "", "WARNING: noise\nError: UPGRADE FAILED: template: x:1: boom\n", 1);
  EXPECT_THAT(refusal([] { dry_run_manifest("camunda", "c", {}, {}); }),
              HasSubstr("Helm could not render the chart: template: x:1: boom"));
}

TEST_F(HelmClient, AChartThatSpeaksOfTroubleIsNotTheClustersTrouble) {
  answer(
      "upgrade", "",
      "Error: UPGRADE FAILED: execution error at (x/templates/a.yaml:1:2): no x509: certificate, "
      "Forbidden\n",
      1);
  EXPECT_THAT(refusal([] { dry_run_manifest("camunda", "c", {}, {}); }),
              HasSubstr("Helm could not render the chart: execution error at"));
}

TEST_F(HelmClient, ChildrenAreNotAskedToDebug) {
  set("HELM_DEBUG", "true");
  answer("history", "[]");
  history("camunda");
  EXPECT_THAT(read("environment"), Not(HasSubstr("HELM_DEBUG")));
}

TEST_F(HelmClient, TellsWhatItIsDoing) {
  std::vector<std::string> steps;
  set_progress([&](std::string_view step) { steps.emplace_back(step); });
  answer("history", "[]");
  history("camunda");
  set_progress({});
  EXPECT_THAT(steps, ElementsAre("reading the history of camunda"));
}

TEST_F(HelmClient, TheNamespaceIsHelmsOwn) {
  set("HELM_NAMESPACE", "prod");
  EXPECT_EQ(release_namespace(), "prod");
  set("HELM_NAMESPACE", std::nullopt);
  answer("env", "from-kubeconfig\n");
  EXPECT_EQ(release_namespace(), "from-kubeconfig");
}

TEST_F(HelmClient, WordsOfConnectionReachEveryCall) {
  set("HELM_NAMESPACE", "before");
  set("HELM_KUBECONTEXT", std::nullopt);
  adopt_connection({{"HELM_NAMESPACE", "prod"}, {"HELM_KUBECONTEXT", "east"}});
  answer("history", "[]");
  history("camunda");
  EXPECT_THAT(read("environment"), HasSubstr("HELM_NAMESPACE=prod\n"));
  EXPECT_THAT(read("environment"), HasSubstr("HELM_KUBECONTEXT=east\n"));
}

TEST(HelmWords, OnlyTheErrorIsKept) {
  EXPECT_EQ(
      error_words("WARNING: x\nI1124 15:49:19.1 1 a.go:1] y\nError: Error: it broke\nbadly\n"),
      "it broke badly");
  EXPECT_EQ(error_words("Error: a\n\nUse --debug flag to render out invalid YAML\n"), "a");
  EXPECT_EQ(error_words("it said this\n"), "it said this");
  EXPECT_EQ(error_words(""), "it gave no reason");
}

TEST(HelmVersion, OnlyKnownVersionsAreAccepted) {
  EXPECT_THROW(learn_version("v3.13.3"), base::Failure);
  EXPECT_THROW(learn_version("v2.17.0"), base::Failure);
  EXPECT_THROW(learn_version("v5.0.0"), base::Failure);
  EXPECT_THROW(learn_version("hello"), base::Failure);
  learn_version("v4.2.3\n");
  EXPECT_EQ(major_version(), 4);
  learn_version("v3.17.1+gdeadbee");
  EXPECT_EQ(major_version(), 3);
}

}  // namespace
}  // namespace helm
