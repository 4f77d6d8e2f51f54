#include "follow/watch.hpp"

#include "base/failure.hpp"
#include "cli/watch_view.hpp"
#include "unit/follow/live.hpp"
#include "unit/kube/fake_kubectl.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace follow {
namespace {

using kube::FakeKubectl;
using testing::HasSubstr;
using testing::Not;

// Answers `get` with the objects of its first, second, … look, the last one for ever; "!" is an
// API server that is gone.
std::string script(const std::vector<std::string>& looks,
                   const std::string& log = "migrated password=hunter2") {
  std::string text = "case \"$*\" in *' logs '*) echo '" + log +
                     "'; exit 0 ;; "
                     "*' rollout '*) exit 0 ;; esac\n"
                     "n=$(cat \"$dir/n\" 2>/dev/null || echo 0); echo $((n + 1)) > \"$dir/n\"\n"
                     "case $n in\n";
  for (std::size_t i = 0; i < looks.size(); ++i) {
    const std::string label = i + 1 == looks.size() ? "*" : std::to_string(i);
    text += looks[i] == "!" ? label +
                                  ") echo 'The connection to the server 127.0.0.1:1 was "
                                  "refused - did you specify the right host or port?' >&2; "
                                  "exit 1 ;;\n"
                            : label + ") cat <<'J'\n" + looks[i] + "\nJ\n;;\n";
  }
  return text + "esac\n";
}

class Notes : public View {
 public:
  void look(const Look& look) override {
    for (const auto& [title, line] : look.logs) {
      text += fmt::format("log {}\n", line);
    }
  }
  void trouble(const text::Diagnostic& one) override { text += one.rule + "\n"; }
  void say(std::string_view sentence) override { text += fmt::format("{}\n", sentence); }
  std::string text;
};

struct Watched {
  End end;
  std::string notes;
  std::string calls;
};

Watched watched(const std::vector<std::string>& looks, WatchWords words = {},
                const std::string& log = "migrated password=hunter2") {
  const FakeKubectl kubectl(script(looks, log));
  words.release = "camunda";
  words.interval = std::chrono::milliseconds(1);
  Notes notes;
  const process::Interrupt interrupt;
  const End end = watch(kube::Client("n"), words, notes, interrupt);
  return {end, notes.text, kubectl.calls()};
}

TEST(Watch, it_ends_when_everything_is_ready) {
  const Watched seen = watched({as_json({deployment("a", k_rolling), job("data", k_active)}),
                                as_json({deployment("a", k_rolled_out), job("data", k_active)}),
                                as_json({deployment("a", k_rolled_out), job("data", k_complete)})});
  EXPECT_EQ(seen.end, End::complete);
  EXPECT_THAT(seen.calls, HasSubstr("--selector app.kubernetes.io/instance=camunda"));
  EXPECT_THAT(seen.calls, Not(HasSubstr("rollout")));
  EXPECT_THAT(seen.notes, HasSubstr("log migrated password=(hidden)"));
  EXPECT_THAT(seen.notes, Not(HasSubstr("hunter2")));
}

TEST(Watch, a_failed_job_ends_it_with_the_jobs_last_words) {
  const Watched seen = watched({as_json({job("data", k_failed)})});
  EXPECT_EQ(seen.end, End::failed);
  EXPECT_THAT(seen.notes, HasSubstr("job-failed\n"));
  EXPECT_THAT(seen.notes, HasSubstr("the last words of Job camunda-zeebe-migration-data:"));
}

TEST(Watch, what_the_log_of_a_failed_job_shows_is_told) {
  for (const auto& [words, rule] :
       {std::pair{"401 Unauthorized: {\"error\":\"invalid_client\"}", "log-client-refused"},
        {"403 on GET request for \"https://h/api/roles\": \"user.accessDenied\"",
         "log-client-denied"},
        {"403: {\"errors\":[\"clientType.invalid\"]}", "log-client-type"},
        {"PKIX path building failed: unable to find valid certification path",
         "log-certificate-unknown"},
        {"java.lang.OutOfMemoryError: Java heap space", "log-out-of-memory"}}) {
    std::string log = std::string("ERROR ") + words;
    for (int line = 0; line < 9; ++line) {
      log += "\n\tat io.camunda.Line" + std::to_string(line);
    }
    const Watched seen = watched({as_json({job("identity", k_failed)})}, {}, log);
    EXPECT_THAT(seen.notes, HasSubstr(std::string(rule) + "\n"));
    EXPECT_THAT(seen.notes, HasSubstr("Line8"));
    EXPECT_THAT(seen.notes, Not(HasSubstr("Line3")));
    EXPECT_EQ(seen.notes.find("\nlog-"), seen.notes.rfind("\nlog-")) << seen.notes;
  }
}

TEST(Watch, a_trouble_is_told_once) {
  const std::string crashing = pod(
      "p", R"({"containerStatuses": [{"state": {"waiting": {"reason": "CrashLoopBackOff"}}}]})");
  const Watched seen = watched({as_json({deployment("a", k_rolling), crashing}),
                                as_json({deployment("a", k_rolling), crashing}),
                                as_json({deployment("a", k_rolled_out)})});
  EXPECT_EQ(seen.notes, "pod-crashes\n");
}

TEST(Watch, an_api_server_that_goes_away_is_waited_for) {
  const Watched seen = watched(
      {as_json({deployment("a", k_rolling)}), "!", "!", as_json({deployment("a", k_rolled_out)})});
  EXPECT_EQ(seen.end, End::complete);
  EXPECT_THAT(seen.notes, HasSubstr("the API server does not answer, asking again"));
  EXPECT_THAT(seen.notes, HasSubstr("the API server answers again\n"));
  EXPECT_EQ(seen.notes.find("does not answer"), seen.notes.rfind("does not answer"));
}

TEST(Watch, what_is_not_there_or_cannot_be_asked_is_a_failure) {
  EXPECT_THROW(watched({as_json({})}), base::Failure);
  EXPECT_THROW(watched({"!"}), base::Failure);
}

TEST(Watch, time_that_is_up_ends_it) {
  WatchWords words;
  words.timeout = std::chrono::seconds(1);
  words.stall = std::chrono::seconds(0);
  EXPECT_EQ(watched({as_json({deployment("a", k_rolling)})}, words).end, End::timed_out);
}

TEST(Watch, a_stall_is_told_once_and_restarts_the_importer_when_asked_to) {
  // The Job is complete as soon as the importer has been restarted. One without a pod writes no log
  // that could count as progress.
  const std::string importer = deployment("imp", k_rolled_out, "orchestration-importer");
  const FakeKubectl kubectl(
      "case \"$*\" in *' rollout '*) touch \"$dir/done\"; exit 0 ;; esac\n"
      "if [ -e \"$dir/done\" ]; then cat <<'J'\n" +
      as_json({importer, job("data", k_complete)}) + "\nJ\nelse cat <<'J'\n" +
      as_json({importer, job("data", "{}")}) + "\nJ\nfi\n");
  WatchWords words;
  words.release = "camunda";
  words.interval = std::chrono::milliseconds(1);
  words.stall = std::chrono::seconds(1);
  words.restart_importer = true;
  Notes notes;
  const process::Interrupt interrupt;
  EXPECT_EQ(watch(kube::Client("n"), words, notes, interrupt), End::complete);
  EXPECT_EQ(notes.text, "migration-stalled\nrestarted Deployment imp\n");
  EXPECT_THAT(kubectl.calls(), HasSubstr("rollout restart deployment/imp"));
}

TEST(Watch, a_signal_ends_it_with_a_last_word) {
  const FakeKubectl kubectl(script({as_json({deployment("a", k_rolling)})}));
  WatchWords words;
  words.release = "camunda";
  Notes notes;
  const process::Interrupt interrupt;
  ::raise(SIGINT);
  EXPECT_EQ(watch(kube::Client("n"), words, notes, interrupt), End::interrupted);
}

TEST(WatchView, times_are_shown_as_on_a_clock) {
  EXPECT_EQ(cli::clock(std::chrono::seconds(7)), "0:07");
  EXPECT_EQ(cli::clock(std::chrono::seconds(3723)), "1:02:03");
}

}  // namespace
}  // namespace follow
