#include "upgrade/secret_list.hpp"

#include "unit/upgrade/manifests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace upgrade {
namespace {

const std::string k_manifest = R"(---
kind: Secret
metadata:
  name: needed
data: {b: eA==, a: eA==}
---
kind: Secret
metadata:
  name: idle
data: {c: eA==}
---
kind: Deployment
metadata:
  name: d
spec: {template: {spec: {containers: [{envFrom: [{secretRef: {name: needed}}]}]}}}
)";

TEST(SecretList, secrets_of_the_chart_with_keys_and_who_needs_them) {
  const auto secrets = list_secrets(
      manifest(k_manifest),
      {{"Secret", "needed", {"a", "b"}, true}, {"Secret", copy_name("needed"), {"a"}, false}});
  ASSERT_EQ(secrets.size(), 2U);
  EXPECT_EQ(secrets[0].name, "needed");
  EXPECT_EQ(secrets[0].keys, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(secrets[0].needed_by, std::vector<std::string>{"Deployment d"});
  EXPECT_TRUE(secrets[0].kept);
  EXPECT_TRUE(secrets[0].copied);
  EXPECT_FALSE(secrets[1].there);
}

TEST(SecretList, only_what_is_needed_and_not_done_yet_is_done) {
  const Holders live = {{"Secret", "needed", {"a"}, false}, {"Secret", "idle", {"c"}, false}};
  const Changes both = changes_for(list_secrets(manifest(k_manifest), live), true, true);
  ASSERT_EQ(both.keep.size(), 1U);
  EXPECT_EQ(both.keep[0].name, "needed");
  ASSERT_EQ(both.copy.size(), 1U);

  Holders done = live;
  done[0].kept = true;
  done.push_back({"Secret", copy_name("needed"), {"a"}, false});
  EXPECT_TRUE(changes_for(list_secrets(manifest(k_manifest), done), true, true).empty());
}

}  // namespace
}  // namespace upgrade
