#include "upgrade/verdict.hpp"

#include "unit/upgrade/manifests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace upgrade {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

const Objects& objects() {
  static const Objects k_objects = manifest(R"(---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: old
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: new
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: new
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: claim
---
apiVersion: batch/v1
kind: Job
metadata:
  name: job
---
apiVersion: v1
kind: Service
metadata:
  name: far
  namespace: other
)");
  return k_objects;
}

VerdictQuestion question(Applying applying = Applying::client_side) {
  return {objects(), {"StatefulSet old", "Job job"}, {}, {}, applying};
}

const Ballot* ballot(const std::vector<Ballot>& ballots, const std::string& verb,
                     const std::string& in_namespace = "") {
  for (const Ballot& one : ballots) {
    if (one.call.words.front() == verb && one.call.in_namespace == in_namespace) {
      return &one;
    }
  }
  return nullptr;
}

TEST(Ballots, a_client_side_release_replaces_what_exists_and_creates_what_is_new) {
  const auto ballots = ballots_of(question());
  ASSERT_THAT(ballots, SizeIs(3));
  ASSERT_NE(ballot(ballots, "replace"), nullptr);
  ASSERT_NE(ballot(ballots, "create"), nullptr);
  ASSERT_NE(ballot(ballots, "create", "other"), nullptr);
  EXPECT_THAT(ballot(ballots, "replace")->objects, SizeIs(1)) << "never a Job";
  EXPECT_THAT(ballot(ballots, "create")->objects, SizeIs(2)) << "never a claim";
  for (const Ballot& one : ballots) {
    EXPECT_THAT(one.call.words, Contains("--dry-run=server"));
    EXPECT_THAT(one.call.input, Not(HasSubstr("PersistentVolumeClaim")));
  }
}

TEST(Ballots, a_server_side_release_applies_as_helm_does) {
  const auto ballots = ballots_of(question(Applying::server_side));
  ASSERT_NE(ballot(ballots, "apply"), nullptr);
  EXPECT_THAT(ballot(ballots, "apply")->objects, SizeIs(4));
  EXPECT_THAT(ballot(ballots, "apply")->call.words, Contains("--field-manager=helm"));
  EXPECT_THAT(ballot(ballots, "apply")->call.words, Not(Contains("--force-conflicts")));
  EXPECT_THAT(ballots_of(question(Applying::server_side_forced))[0].call.words,
              Contains("--force-conflicts"));
}

TEST(Ballots, objects_that_name_the_releases_own_namespace_go_with_the_others) {
  VerdictQuestion there = question(Applying::server_side);
  there.release_namespace = "other";
  const auto ballots = ballots_of(there);
  ASSERT_THAT(ballots, SizeIs(1));
  EXPECT_THAT(ballots[0].objects, SizeIs(5));
  EXPECT_EQ(ballots[0].call.in_namespace, "");
}

TEST(Ballots, what_the_run_removes_is_left_out) {
  VerdictQuestion without = question(Applying::server_side);
  without.leave_out = {"Job job"};
  EXPECT_THAT(ballot(ballots_of(without), "apply")->objects, SizeIs(3));
}

// The answer to the one ballot that holds everything in the release's namespace.
Verdict judge(const std::string& out, const std::string& err, int exit_code = 1,
              std::set<std::string> told = {}) {
  VerdictQuestion all = question(Applying::server_side);
  all.told = std::move(told);
  std::vector<Ballot> ballots = ballots_of(all);
  std::erase_if(ballots, [](const Ballot& one) { return !one.call.in_namespace.empty(); });
  return verdict_of(all, ballots, {{exit_code, false, out, err}});
}

constexpr const char* k_rest =
    "configmap/new serverside-applied (server dry run)\njob.batch/job serverside-applied (server "
    "dry run)\n";

TEST(Verdict, an_object_that_was_printed_is_accepted) {
  const Verdict verdict =
      judge(std::string(k_rest) +
                "statefulset.apps/old serverside-applied (server dry run)\n"
                "ingress.networking.k8s.io/new serverside-applied (server dry run)\n",
            "Warning: something is deprecated\n", 0);
  EXPECT_EQ(verdict.accepted, 4U);
  EXPECT_TRUE(verdict.findings.empty());
}

TEST(Verdict, a_refusal_is_put_down_to_the_object_that_it_names) {
  const Verdict verdict = judge(
      std::string(k_rest) + "statefulset.apps/old serverside-applied (server dry run)\n",
      "The Ingress \"new\" is invalid: \n* spec.rules[0].http.paths: Required value\n* spec: no\n");
  ASSERT_EQ(rules_of(verdict.findings), "server-refuses");
  EXPECT_THAT(verdict.findings[0].message,
              HasSubstr("refuses Ingress new: The Ingress \"new\" is invalid:"));
  EXPECT_THAT(verdict.findings[0].message, HasSubstr("paths: Required value spec: no"));
  EXPECT_EQ(verdict.accepted, 3U);
}

TEST(Verdict, several_refusals_of_a_replace_lose_their_preamble) {
  const Verdict verdict = judge(
      k_rest,
      "Error from server (Invalid): error when replacing \"STDIN\": Ingress.networking.k8s.io "
      "\"new\" is invalid: spec.rules: Required value\n"
      "Error from server (Invalid): error when replacing \"STDIN\": StatefulSet.apps \"old\" is "
      "invalid: spec: Forbidden: updates to statefulset spec\n");
  ASSERT_EQ(rules_of(verdict.findings), "server-refuses server-refuses");
  EXPECT_THAT(verdict.findings[0].message,
              HasSubstr("StatefulSet old: StatefulSet.apps \"old\" is invalid: spec: Forbidden"));
}

TEST(Verdict, a_webhook_that_names_nobody_is_put_down_by_order) {
  const Verdict verdict =
      judge(k_rest,
            "Error from server: admission webhook \"a.example\" denied the request: first\n"
            "Error from server: admission webhook \"a.example\" denied the request: second\n");
  ASSERT_EQ(rules_of(verdict.findings), "server-refuses server-refuses");
  EXPECT_THAT(verdict.findings[0].message, HasSubstr("StatefulSet old"));
  EXPECT_THAT(verdict.findings[0].message, HasSubstr("first"));
  EXPECT_THAT(verdict.findings[1].message, HasSubstr("second"));
}

TEST(Verdict, a_typed_patch_names_its_object_in_its_own_way) {
  const Verdict verdict = judge(
      std::string(k_rest) + "ingress.networking.k8s.io/new serverside-applied (server dry run)\n",
      "Error from server: failed to create typed patch object (n/old; apps/v1, Kind=StatefulSet): "
      ".spec.template.spec.containers[name=\"c\"].env: duplicate entries for key [name=\"A\"]\n");
  ASSERT_EQ(rules_of(verdict.findings), "server-refuses");
  EXPECT_THAT(verdict.findings[0].message, HasSubstr("duplicate entries for key"));
}

TEST(Verdict, what_is_known_already_is_not_told_twice) {
  EXPECT_EQ(
      rules_of(judge(std::string(k_rest) +
                         "ingress.networking.k8s.io/new serverside-applied (server dry run)\n",
                     "The StatefulSet \"old\" is invalid: spec: Forbidden\n", 1,
                     {"StatefulSet old"})
                   .findings),
      "");
}

TEST(Verdict, a_server_that_could_not_be_asked_is_a_warning) {
  const Verdict verdict = judge("",
                                "The connection to the server x was refused - did you specify "
                                "the right host or port?\n");
  ASSERT_EQ(rules_of(verdict.findings), "server-check-not-done");
  EXPECT_EQ(verdict.findings[0].severity, text::Severity::warning);
  EXPECT_EQ(verdict.accepted, 0U);
}

TEST(Verdict, a_missing_right_for_one_kind_is_no_refusal) {
  const Verdict verdict =
      judge(std::string(k_rest) + "statefulset.apps/old serverside-applied (server dry run)\n",
            "Error from server (Forbidden): ingresses.networking.k8s.io \"new\" is forbidden: User "
            "\"joe\" cannot patch resource \"ingresses\" in API group \"networking.k8s.io\"\n");
  ASSERT_EQ(rules_of(verdict.findings), "server-check-not-done");
  EXPECT_THAT(verdict.findings[0].message, HasSubstr("cannot patch resource"));
}

}  // namespace
}  // namespace upgrade
