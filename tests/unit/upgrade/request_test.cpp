#include "upgrade/request.hpp"

#include "base/failure.hpp"
#include "upgrade/look.hpp"

#include <cstdlib>
#include <gtest/gtest.h>

namespace upgrade {
namespace {

class RequestOfWords : public testing::Test {
 protected:
  void SetUp() override { setenv("HELM_NAMESPACE", "prod", 1); }
  void TearDown() override { unsetenv("HELM_NAMESPACE"); }
  static helm::CommandLine line() {
    helm::CommandLine words;
    words.positionals = {"camunda", "chart"};
    return words;
  }
};

TEST_F(RequestOfWords, release_namespace_and_flags) {
  helm::CommandLine words = line();
  words.own.context_path = "/camunda";
  words.own.identity_migration = helm::OnOffAuto::off;
  words.own.identity_migration_client_id = "id";
  words.own.identity_migration_secret = "name:key";
  words.own.identity_migration_claim = "azp=a=b";
  const rules::Request request = request_of(words);
  EXPECT_EQ(request.release, "camunda");
  EXPECT_EQ(request.release_namespace, "prod");
  EXPECT_EQ(request.context_path, "/camunda");
  EXPECT_EQ(request.identity_migration, rules::Switch::off);
  EXPECT_EQ(request.migration_client.client_id, "id");
  EXPECT_EQ(request.migration_client.secret_name, "name");
  EXPECT_EQ(request.migration_client.secret_key, "key");
  EXPECT_EQ(request.migration_client.claim_name, "azp");
  EXPECT_EQ(request.migration_client.claim_value, "a=b");
}

TEST_F(RequestOfWords, a_secret_without_a_key_leaves_the_key_open) {
  helm::CommandLine words = line();
  words.own.identity_migration_secret = "name";
  EXPECT_EQ(request_of(words).migration_client.secret_key, "");
}

TEST_F(RequestOfWords, values_of_the_wrong_form_are_refused) {
  helm::CommandLine words = line();
  words.own.identity_migration_claim = "azp";
  EXPECT_THROW(request_of(words), base::Failure);
  words = line();
  words.own.identity_migration_secret = ":key";
  EXPECT_THROW(request_of(words), base::Failure);
}

TEST_F(RequestOfWords, the_releases_own_values_are_taken_as_helm_would) {
  helm::CommandLine words = line();
  EXPECT_TRUE(asks_for_previous_values(words));
  words.values = {{helm::ValueKind::file, "v.yaml"}};
  EXPECT_FALSE(asks_for_previous_values(words));
  words.reuse_values = true;
  EXPECT_TRUE(asks_for_previous_values(words));
  words.reset_values = true;
  EXPECT_FALSE(asks_for_previous_values(words));
}

}  // namespace
}  // namespace upgrade
