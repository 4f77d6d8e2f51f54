#include "kube/connection.hpp"

#include "values/json.hpp"

#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kube {
namespace {

using testing::ElementsAre;
using values::from_json;

constexpr const char* k_caller = R"({
  "apiVersion": "v1", "kind": "Config", "current-context": "prod",
  "clusters": [{"name": "c", "cluster": {"server": "https://a:6443",
                                         "certificate-authority-data": "Q0E="}}],
  "users": [{"name": "u", "user": {"exec": {"command": "login"}, "token": "old"}}],
  "contexts": [{"name": "prod", "context": {"cluster": "c", "user": "u", "namespace": "n"}}]})";

std::string at(const values::Value& config, const values::Path& path) {
  const values::Value* found = values::find(config, path);
  return found == nullptr ? "(none)" : found->plain();
}

TEST(Connection, a_token_replaces_every_other_way_of_logging_in) {
  Connection words;
  words.token = "new";
  const values::Value config = overlay(from_json(k_caller), words);
  EXPECT_EQ(at(config, "users[0].user.token"), "new");
  EXPECT_EQ(at(config, "users[0].user.exec.command"), "(none)");
  EXPECT_EQ(at(config, "clusters[0].cluster.server"), "https://a:6443");
  EXPECT_EQ(at(config, "contexts[0].context.namespace"), "n");
  EXPECT_EQ(at(config, "current-context"), at(config, "contexts[0].name"));
  EXPECT_EQ(at(config, "contexts[0].context.user"), at(config, "users[0].name"));
  EXPECT_EQ(at(config, "contexts[0].context.cluster"), at(config, "clusters[0].name"));
}

TEST(Connection, server_and_token_are_enough_without_any_kubeconfig) {
  Connection words;
  words.api_server = "https://b:1";
  words.token = "t";
  const values::Value config = overlay({}, words);
  EXPECT_EQ(at(config, "clusters[0].cluster.server"), "https://b:1");
  EXPECT_EQ(at(config, "users[0].user.token"), "t");
}

TEST(Connection, not_checking_the_certificate_leaves_no_authority_behind) {
  Connection words;
  words.insecure = true;
  const values::Value config = overlay(from_json(k_caller), words);
  EXPECT_EQ(at(config, "clusters[0].cluster.insecure-skip-tls-verify"), "true");
  EXPECT_EQ(at(config, "clusters[0].cluster.certificate-authority-data"), "(none)");
}

TEST(Connection, an_authority_of_ones_own_replaces_the_one_that_is_built_in) {
  Connection words;
  words.ca_file = "ca.crt";
  const values::Value config = overlay(from_json(k_caller), words);
  EXPECT_EQ(at(config, "clusters[0].cluster.certificate-authority"), "ca.crt");
  EXPECT_EQ(at(config, "clusters[0].cluster.certificate-authority-data"), "(none)");
}

TEST(Connection, acting_as_somebody_else) {
  Connection words;
  words.as_user = "jane";
  words.as_groups = {"devs", "ops"};
  const values::Value config = overlay(from_json(k_caller), words);
  EXPECT_EQ(at(config, "users[0].user.as"), "jane");
  EXPECT_EQ(at(config, "users[0].user.as-groups[1]"), "ops");
}

class ConnectionOfEnvironment : public testing::Test {
 protected:
  void SetUp() override { clear(); }
  void TearDown() override { clear(); }
  static void clear() {
    for (const char* name : {"HELM_KUBECONTEXT", "HELM_KUBEAPISERVER", "HELM_KUBETOKEN",
                             "HELM_KUBEASUSER", "HELM_KUBEASGROUPS", "HELM_KUBECAFILE",
                             "HELM_KUBETLS_SERVER_NAME", "HELM_KUBEINSECURE_SKIP_TLS_VERIFY"}) {
      unsetenv(name);
    }
  }
};

TEST_F(ConnectionOfEnvironment, what_helm_always_sets_needs_no_kubeconfig) {
  setenv("HELM_KUBEAPISERVER", "", 1);
  setenv("HELM_KUBETOKEN", "", 1);
  setenv("HELM_KUBEINSECURE_SKIP_TLS_VERIFY", "false", 1);
  setenv("HELM_KUBECONTEXT", "prod", 1);
  const Connection words = connection_from_environment();
  EXPECT_FALSE(words.needs_kubeconfig());
  EXPECT_EQ(words.context, "prod");
}

TEST_F(ConnectionOfEnvironment, groups_that_helm_4_gives_twice_count_once) {
  setenv("HELM_KUBEASGROUPS", "a,b,a,b", 1);
  const Connection words = connection_from_environment();
  EXPECT_THAT(words.as_groups, ElementsAre("a", "b"));
  EXPECT_TRUE(words.needs_kubeconfig());
}

}  // namespace
}  // namespace kube
