#include "upgrade/accept.hpp"

#include "base/failure.hpp"
#include "upgrade/findings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace upgrade {
namespace {

using testing::HasSubstr;

TEST(Accept, an_unknown_rule_is_refused_with_the_nearest) {
  EXPECT_NO_THROW(require_known_rules({"broker-count", "secret-missing"}));
  try {
    require_known_rules({"broker-cuont"});
    FAIL() << "accepted";
  } catch (const base::Failure& failure) {
    EXPECT_EQ(failure.next(), "Did you mean --accept broker-count?");
  }
}

TEST(Accept, an_accepted_error_no_longer_stops) {
  text::Sink findings = {finding("force", {"--force"}), finding("force", {"--force"}),
                         finding("secret-unnamed", {"s"}, {{"needed_by", "x"}, {"key", "k"}})};
  accept(findings, {"secret-unnamed"});
  try {
    stop_at_errors(findings);
    FAIL() << "went on";
  } catch (const base::Failure& failure) {
    EXPECT_EQ(failure.exit_code(), 3);
    EXPECT_THAT(failure.what(), HasSubstr("2 errors"));
    EXPECT_THAT(failure.next(), testing::EndsWith("with --accept force")) << "each id once";
  }
  accept(findings, {"force"});
  EXPECT_NO_THROW(stop_at_errors(findings));
  EXPECT_THAT(findings[0].message, HasSubstr("(accepted)"));
}

TEST(Findings, the_gaps_of_a_sentence_are_filled) {
  const text::Diagnostic told =
      finding("broker-count", {"z"}, {{"name", "z"}, {"before", "5"}, {"after", "{name}"}});
  EXPECT_THAT(told.message, HasSubstr("StatefulSet z runs 5 brokers and would run {name}"));
  EXPECT_EQ(told.severity, text::Severity::error);
  EXPECT_FALSE(told.source.empty());
}

TEST(Findings, a_gap_that_stays_open_and_an_unknown_rule_are_our_own_faults) {
  EXPECT_THROW(finding("broker-count", {}, {{"name", "z"}}), base::InternalError);
  EXPECT_THROW(finding("no-such-rule", {}), base::InternalError);
}

}  // namespace
}  // namespace upgrade
