#include "kube/client.hpp"

#include "base/failure.hpp"
#include "unit/kube/fake_kubectl.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kube {
namespace {

using testing::HasSubstr;
using testing::Not;

class KubeClient : public testing::Test {
 protected:
  void SetUp() override { clear(); }
  void TearDown() override { clear(); }
  static void clear() {
    for (const char* name : {"HELM_KUBECONTEXT", "HELM_KUBETOKEN", "HELM_KUBEAPISERVER"}) {
      unsetenv(name);
    }
  }
};

TEST_F(KubeClient, adds_namespace_and_context_and_feeds_input) {
  setenv("HELM_KUBECONTEXT", "prod", 1);
  const FakeKubectl kubectl("cat");
  const Client client("camunda");
  const Client::Answer answer = client.run({"create", "-f", "-"}, "kind: Secret\n");
  EXPECT_TRUE(answer.ok());
  EXPECT_EQ(answer.out, "kind: Secret\n");
  EXPECT_EQ(kubectl.calls(),
            "--request-timeout=30s --namespace camunda --context prod create -f -\n");
}

TEST_F(KubeClient, a_token_goes_through_a_kubeconfig_in_memory_and_no_word_holds_it) {
  setenv("HELM_KUBETOKEN", "s3cret", 1);
  const FakeKubectl kubectl(
      "if [ \"$1\" = config ]; then echo '{\"clusters\":[{\"name\":\"c\",\"cluster\":{\"server\":"
      "\"https://a\"}}]}'; else cat \"$KUBECONFIG\" > \"$dir/config\"; fi");
  const Client client("camunda");
  ASSERT_TRUE(client.run({"get", "pods"}).ok());
  EXPECT_THAT(kubectl.file("config"), HasSubstr("\"token\":\"s3cret\""));
  EXPECT_THAT(kubectl.file("config"), HasSubstr("https://a"));
  EXPECT_THAT(kubectl.calls(), Not(HasSubstr("s3cret")));
}

TEST_F(KubeClient, an_object_that_is_not_there_is_no_failure) {
  const FakeKubectl kubectl("exit 0");
  EXPECT_FALSE(Client("n").get("secret", "x").has_value());
}

TEST_F(KubeClient, a_list_gives_its_items_and_one_object_itself) {
  EXPECT_EQ(items_of(R"({"kind": "List", "items": [{"kind": "A"}, {"kind": "B"}]})").size(), 2U);
  EXPECT_EQ(items_of(R"({"kind": "Secret"})").size(), 1U);
  EXPECT_TRUE(items_of(" \n").empty());
}

TEST_F(KubeClient, trouble_names_what_could_not_be_read_and_the_next_step) {
  const FakeKubectl kubectl(
      "echo 'Error from server (Forbidden): secrets \"x\" is forbidden: User \"joe\" cannot get "
      "resource \"secrets\"' >&2; exit 1");
  try {
    Client("n").get("secret", "x");
    FAIL() << "no failure";
  } catch (const base::Failure& failure) {
    EXPECT_THAT(failure.what(), HasSubstr("cannot read secret x"));
    EXPECT_THAT(failure.what(), HasSubstr("cannot get resource"));
    EXPECT_THAT(failure.next(), HasSubstr("right"));
  }
}

TEST_F(KubeClient, without_the_program_nothing_is_available) {
  setenv("C8UPGRADE_KUBECTL", "/nonexistent/kubectl", 1);
  const Client client("n");
  EXPECT_FALSE(client.available());
  unsetenv("C8UPGRADE_KUBECTL");
}

TEST_F(KubeClient, calls_side_by_side_keep_their_order) {
  const FakeKubectl kubectl("echo \"$4\"");
  const auto answers = Client("n").run_all({{{"one"}, {}, {}}, {{"two"}, {}, "other"}});
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].out, "one\n");
  EXPECT_EQ(answers[1].out, "two\n");
  EXPECT_THAT(kubectl.calls(), HasSubstr("--namespace other two"));
}

}  // namespace
}  // namespace kube
