#include "upgrade/drift.hpp"

#include "values/json.hpp"

#include <gtest/gtest.h>

namespace upgrade {
namespace {

using values::from_json;

bool changes(const char* live, const char* before, const char* after) {
  const values::Value old = from_json(before);
  return would_change(from_json(live), &old, from_json(after));
}

TEST(Drift, defaults_of_the_server_are_no_change) {
  EXPECT_FALSE(changes(R"({"spec": {"name": "a", "dnsPolicy": "ClusterFirst"}})",
                       R"({"spec": {"name": "a"}})", R"({"spec": {"name": "a"}})"));
}

TEST(Drift, a_value_that_differs_is_a_change) {
  EXPECT_TRUE(changes(R"({"image": "a:1"})", R"({"image": "a:1"})", R"({"image": "a:2"})"));
  EXPECT_TRUE(changes(R"({"env": [{"name": "A", "value": "1"}]})", "{}",
                      R"({"env": [{"name": "A", "value": "2"}]})"));
}

TEST(Drift, a_list_that_grows_or_shrinks_is_a_change) {
  EXPECT_TRUE(changes(R"({"env": [1, 2]})", R"({"env": [1, 2]})", R"({"env": [1]})"));
  EXPECT_TRUE(changes(R"({"env": [1]})", R"({"env": [1]})", R"({"env": [1, 2]})"));
}

TEST(Drift, what_the_last_manifest_said_and_the_new_one_does_not_is_taken_away) {
  EXPECT_TRUE(changes(R"({"a": 1, "b": 2, "default": 3})", R"({"a": 1, "b": 2})", R"({"a": 1})"));
  EXPECT_TRUE(changes(R"([{"name": "x", "command": "c"}])", R"([{"name": "x", "command": "c"}])",
                      R"([{"name": "x"}])"));
}

TEST(Drift, what_the_last_manifest_said_and_is_gone_anyway_is_no_change) {
  EXPECT_FALSE(changes(R"({"a": 1})", R"({"a": 1, "b": 2})", R"({"a": 1})"));
}

TEST(Drift, empty_fields_that_the_server_forgets_are_no_change) {
  EXPECT_FALSE(changes(R"({"name": "A"})", "{}",
                       R"({"name": "A", "value": "", "nodeSelector": {}, "tolerations": [],
                           "affinity": null, "hostNetwork": false})"));
}

TEST(Drift, quantities_are_compared_by_what_they_mean) {
  EXPECT_FALSE(
      changes(R"({"cpu": "500m", "memory": "1Gi"})", "{}", R"({"cpu": 0.5, "memory": "1024Mi"})"));
  EXPECT_TRUE(same_quantity("2", "2000m"));
  EXPECT_FALSE(same_quantity("1G", "1Gi"));
  EXPECT_FALSE(same_quantity("1x", "1x "));
  EXPECT_FALSE(same_quantity("", ""));
}

TEST(Drift, a_number_and_its_text_are_one_thing) {
  EXPECT_FALSE(changes(R"({"port": "9600"})", "{}", R"({"port": 9600})"));
}

}  // namespace
}  // namespace upgrade
