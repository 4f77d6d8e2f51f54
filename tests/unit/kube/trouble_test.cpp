#include "kube/trouble.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kube {
namespace {

using testing::HasSubstr;
using testing::Not;
using Kind = Trouble::Kind;

// Messages as kubectl 1.30 and 1.36 print them.
TEST(Trouble, a_server_that_does_not_answer_is_unreachable) {
  const char* err =
      "E1124 15:54:46.406115   28613 memcache.go:265] couldn't get current server API group list: "
      "Get \"http://localhost:8080/api?timeout=32s\": dial tcp 127.0.0.1:8080: connect: connection "
      "refused\n"
      "The connection to the server localhost:8080 was refused - did you specify the right host or "
      "port?\n";
  const Trouble trouble = classify(1, false, err);
  EXPECT_EQ(trouble.kind, Kind::unreachable);
  EXPECT_EQ(trouble.message,
            "The connection to the server localhost:8080 was refused - did you specify the right "
            "host or port?");
}

TEST(Trouble, a_call_that_timed_out_is_unreachable_whatever_it_printed) {
  EXPECT_EQ(classify(0, true, "").kind, Kind::unreachable);
}

TEST(Trouble, missing_rights_and_unknown_users_are_forbidden) {
  EXPECT_EQ(classify(1, false,
                     "Error from server (Forbidden): pods is forbidden: User \"joe\" cannot list "
                     "resource \"pods\" in API group \"\" in the namespace \"default\"\n")
                .kind,
            Kind::forbidden);
  EXPECT_EQ(classify(1, false, "error: You must be logged in to the server (Unauthorized)\n").kind,
            Kind::forbidden);
}

TEST(Trouble, a_quota_that_is_used_up_is_a_refusal_and_no_missing_right) {
  const char* err =
      "Error from server (Forbidden): error when creating \"STDIN\": services \"x\" is forbidden: "
      "exceeded quota: small, requested: services=1, used: services=5, limited: services=5\n";
  EXPECT_EQ(classify(1, false, err).kind, Kind::refused);
  EXPECT_FALSE(lacks_rights(err));
}

TEST(Trouble, an_invalid_object_is_refused) {
  const Trouble trouble = classify(
      1, false, "The Ingress \"bad\" is invalid: spec.rules[0].http.paths: Required value\n");
  EXPECT_EQ(trouble.kind, Kind::refused);
}

TEST(Trouble, a_program_that_cannot_be_run_is_missing) {
  EXPECT_EQ(classify(127, false, "kubectl: not found").kind, Kind::missing);
  EXPECT_EQ(classify(126, false, "").kind, Kind::missing);
}

TEST(Trouble, many_errors_become_one_line) {
  const Trouble trouble = classify(1, false, "error: first\nWarning: old API\nsecond\nthird\n");
  EXPECT_EQ(trouble.message, "first (and 2 more)");
}

TEST(Trouble, silence_is_told_by_the_exit_code) {
  EXPECT_EQ(classify(3, false, "").message, "kubectl ended with exit code 3");
}

TEST(Trouble, objects_in_messages_never_show) {
  const std::string message = without_objects(
      "spec.template: Invalid value: "
      "core.PodTemplateSpec{Env:[]core.EnvVar{core.EnvVar{Name:\"A\", "
      "Value:\"hunter2\"}}}: field is immutable");
  EXPECT_EQ(message, "spec.template: Invalid value: core.PodTemplateSpec…: field is immutable");
  EXPECT_THAT(message, Not(HasSubstr("hunter2")));
}

TEST(Trouble, a_long_message_is_cut_between_characters) {
  std::string text;
  for (int i = 0; i < 300; ++i) {
    text += "é";
  }
  const std::string message = without_objects("x" + text);
  EXPECT_LT(message.size(), 410U);
  EXPECT_THAT(message, HasSubstr("é…"));
}

}  // namespace
}  // namespace kube
