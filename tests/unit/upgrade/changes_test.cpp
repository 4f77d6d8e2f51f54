#include "upgrade/changes.hpp"

#include "base/failure.hpp"
#include "unit/kube/fake_kubectl.hpp"

#include <algorithm>
#include <cctype>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace upgrade {
namespace {

using kube::Client;
using kube::FakeKubectl;
using testing::HasSubstr;
using testing::Not;

Changes keeping() {
  Changes changes;
  changes.keep = {{"a", "StatefulSet z", "k"}, {"b", "Deployment d", ""}};
  return changes;
}

TEST(Changes, secrets_are_annotated_in_one_call) {
  const FakeKubectl kubectl("exit 0");
  carry_out(Client("n"), keeping(), "camunda");
  EXPECT_EQ(kubectl.calls(),
            "--request-timeout=30s --namespace n annotate --overwrite secret a b "
            "helm.sh/resource-policy=keep\n");
}

TEST(Changes, a_refused_annotation_names_the_flag_that_does_without) {
  const FakeKubectl kubectl("echo 'secrets is forbidden' >&2; exit 1");
  try {
    carry_out(Client("n"), keeping(), "camunda");
    FAIL() << "went on";
  } catch (const base::Failure& failure) {
    EXPECT_THAT(failure.what(), HasSubstr("cannot annotate Secret a b: secrets is forbidden"));
    EXPECT_THAT(failure.next(), HasSubstr("--secrets leave"));
  }
}

TEST(Changes, a_random_secret_is_made_through_stdin_and_never_overwritten) {
  const FakeKubectl kubectl(
      "cat > \"$dir/input\"; echo 'Error from server (AlreadyExists): x' >&2; exit 1");
  Changes changes;
  changes.make = {{"c8upgrade-identity-migration", {"client-secret"}, "for a test"}};
  carry_out(Client("n"), changes, "camunda");
  EXPECT_THAT(kubectl.calls(), HasSubstr("create --validate=ignore -f - -o name"));
  const std::string input = kubectl.file("input");
  EXPECT_THAT(input, HasSubstr("\"app.kubernetes.io/managed-by\":\"c8upgrade\""));
  const std::string mark = "\"client-secret\":\"";
  const std::size_t at = input.find(mark);
  ASSERT_NE(at, std::string::npos);
  const std::string word = input.substr(at + mark.size(), 32);
  EXPECT_THAT(kubectl.calls(), Not(HasSubstr(word)));
}

TEST(Changes, a_copy_holds_the_data_and_none_of_the_metadata) {
  const FakeKubectl kubectl(
      "case \"$*\" in *get*) echo '{\"kind\":\"Secret\",\"type\":\"Opaque\",\"metadata\":{\"name\":"
      "\"a\",\"annotations\":{\"meta.helm.sh/"
      "release-name\":\"camunda\"}},\"data\":{\"k\":\"eA==\"}}';;"
      " *) cat > \"$dir/input\";; esac");
  Changes changes;
  changes.copy = {{"a", "StatefulSet z", "k"}};
  carry_out(Client("n"), changes, "camunda");
  EXPECT_THAT(kubectl.file("input"), HasSubstr("\"data\":{\"k\":\"eA==\"}"));
  EXPECT_THAT(kubectl.file("input"), HasSubstr("\"name\":\"a-c8upgrade\""));
  EXPECT_THAT(kubectl.file("input"), Not(HasSubstr("meta.helm.sh")));
}

TEST(Changes, a_job_is_gone_before_helm_makes_the_new_one) {
  const FakeKubectl kubectl("exit 0");
  Changes changes;
  changes.remove_jobs = {"j"};
  carry_out(Client("n"), changes, "camunda");
  EXPECT_THAT(kubectl.calls(), HasSubstr("delete job j --ignore-not-found --cascade=foreground"));
}

TEST(Changes, nothing_to_do_calls_nobody) {
  const FakeKubectl kubectl("exit 1");
  carry_out(Client("n"), {}, "camunda");
  EXPECT_EQ(kubectl.calls(), "");
}

TEST(Changes, the_lines_say_who_needs_what) {
  EXPECT_THAT(
      lines_of(keeping(), true),
      testing::ElementsAre("kept before Helm would delete it: Secret a (StatefulSet z needs key k)",
                           "kept before Helm would delete it: Secret b (Deployment d needs it)"));
  EXPECT_THAT(lines_of(keeping(), false)[0], testing::StartsWith("would be kept"));
}

TEST(Changes, random_words_are_letters_and_digits_and_differ) {
  const std::string one = random_word(32);
  EXPECT_EQ(one.size(), 32U);
  EXPECT_TRUE(
      std::all_of(one.begin(), one.end(), [](unsigned char c) { return std::isalnum(c) != 0; }));
  EXPECT_NE(one, random_word(32));
}

// A Secret that holds "old" under the key "a".
constexpr const char* k_holder = R"S(
case "$*" in
  *' get '*) echo '{"kind": "Secret", "metadata": {"name": "s"}, "data": {"a": "b2xk"}}' ;;
  *) cat >"$dir/input" ;;
esac
)S";

TEST(Changes, a_secret_gets_the_keys_that_it_lacks_through_stdin) {
  const FakeKubectl kubectl(k_holder);
  store_secret(Client("n"), "s", {{"a", "old"}, {"b", "n3w"}}, "camunda");
  EXPECT_THAT(kubectl.calls(), HasSubstr("patch secret s --type merge --patch-file /dev/stdin"));
  EXPECT_EQ(kubectl.file("input"), R"({"data":{"b":"bjN3"}})");
  EXPECT_THAT(kubectl.calls(), Not(HasSubstr("n3w")));
}

TEST(Changes, a_secret_that_says_it_all_is_left_alone) {
  const FakeKubectl kubectl(k_holder);
  store_secret(Client("n"), "s", {{"a", "old"}}, "camunda");
  EXPECT_THAT(kubectl.calls(), Not(HasSubstr("patch")));
}

TEST(Changes, a_key_that_holds_something_else_is_never_overwritten) {
  const FakeKubectl kubectl(k_holder);
  try {
    store_secret(Client("n"), "s", {{"a", "new"}}, "camunda");
    FAIL() << "went on";
  } catch (const base::Failure& failure) {
    EXPECT_THAT(failure.what(), HasSubstr("holds something else under a"));
    EXPECT_THAT(failure.what(), Not(HasSubstr("new")));
  }
  EXPECT_THAT(kubectl.calls(), Not(HasSubstr("patch")));
}

}  // namespace
}  // namespace upgrade
