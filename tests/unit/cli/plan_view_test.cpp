#include "cli/plan_view.hpp"

#include "unit/upgrade/manifests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using upgrade::Preview;

Preview preview_of(const std::string& before, const std::string& after) {
  Preview preview;
  preview.prepared.headline = "camunda in namespace prod";
  preview.prepared.release_namespace = "prod";
  preview.prepared.before = upgrade::manifest(before);
  preview.prepared.after = upgrade::manifest(after);
  preview.changes =
      upgrade::differences(preview.prepared.before, preview.prepared.after, {}, "prod");
  preview.highlights = upgrade::outlook_of(preview.prepared, preview.changes);
  return preview;
}

const std::string k_old = upgrade::brokers_yaml();
const std::string k_new = upgrade::brokers_yaml({.image = "camunda/camunda:8.8.36"});

TEST(PlanView, lines_that_matter_come_before_objects_and_differences) {
  Preview preview = preview_of(k_old, k_new);
  preview.prepared.accepted_objects = 2;
  const std::string text = plan_text(preview, {false, true, "FINDINGS\n"});
  EXPECT_THAT(text, HasSubstr("  claims    none is changed or deleted\n"));
  const std::vector<std::size_t> order = {
      text.find("camunda in namespace prod"),
      text.find("  claims"),
      text.find("FINDINGS"),
      text.find("the API server accepts all 2 objects"),
      text.find("  changed    StatefulSet camunda-zeebe, its pods restart"),
      text.find("+++ StatefulSet camunda-zeebe (then)")};
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end())) << text;
  EXPECT_NE(order.back(), std::string::npos) << text;
  EXPECT_THAT(plan_text(preview, {false, false, ""}), Not(HasSubstr("+++")));
}

TEST(PlanView, nothing_to_do_is_one_line) {
  const std::string text = plan_text(preview_of(k_old, k_old), {});
  EXPECT_THAT(text, HasSubstr("  nothing to do\n"));
  EXPECT_THAT(text, Not(HasSubstr("claims")));
}

TEST(PlanView, json_names_the_outcome_and_every_object) {
  Preview preview = preview_of(k_old, k_new);
  auto document = nlohmann::json::parse(plan_json(preview, true));
  EXPECT_EQ(document["outcome"], "something to do");
  EXPECT_EQ(document["objects"][0]["name"], "camunda-zeebe");
  EXPECT_EQ(document["objects"][0]["change"], "changed");
  EXPECT_EQ(document["objects"][0]["restarts"], true);
  EXPECT_THAT(document["objects"][0]["diff"].get<std::string>(), HasSubstr("camunda:8.8.36"));
  EXPECT_EQ(document["images"][0], "camunda/camunda:8.8.36");
  EXPECT_TRUE(document.contains("fates"));
  EXPECT_FALSE(nlohmann::json::parse(plan_json(preview, false))["objects"][0].contains("diff"));

  preview.prepared.report.findings.push_back({"x", text::Severity::error, {}, "m", {}, "", ""});
  EXPECT_EQ(nlohmann::json::parse(plan_json(preview, true))["outcome"], "stopped");
  EXPECT_EQ(nlohmann::json::parse(plan_json(preview_of(k_old, k_old), true))["outcome"],
            "nothing to do");
}

TEST(PlanView, long_lines_break_between_words) {
  EXPECT_EQ(wrapped("one two three", 2, 10), "one two\n  three");
  EXPECT_EQ(wrapped("a-word-that-is-long x", 2, 10), "a-word-that-is-long\n  x");
  EXPECT_EQ(wrapped("", 2, 10), "");
}

}  // namespace
}  // namespace cli
