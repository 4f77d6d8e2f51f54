#include "process/launch.hpp"

#include "process/memfd.hpp"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace process {
namespace {

using namespace std::chrono_literals;

Command shell(const std::string& script) {
  return {"sh", {"-c", script}, {}, 0ms, {}};
}

// Runs `action` in a process of its own and returns its wait status.
template <class Action>
int in_child(Action action) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    action();
    std::_Exit(0);
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  return status;
}

TEST(Capture, BothStreamsAndTheExitCode) {
  const Outcome outcome = capture(shell("echo out; echo err >&2; exit 7"));
  EXPECT_EQ(outcome.exit_code, 7);
  EXPECT_EQ(outcome.out, "out\n");
  EXPECT_EQ(outcome.err, "err\n");
  EXPECT_FALSE(outcome.timed_out);
}

TEST(Capture, ArgumentsPassNoShell) {
  const Outcome outcome = capture({"printf", {"%s|", "a b", "$HOME", "*", "", "'\""}, {}, 0ms, {}});
  EXPECT_EQ(outcome.out, "a b|$HOME|*||'\"|");
}

TEST(Capture, NeitherPipeFillsUp) {
  const Outcome outcome =
      capture(shell("head -c 1000000 /dev/zero >&2; head -c 1000000 /dev/zero"));
  EXPECT_EQ(outcome.out.size(), 1000000U);
  EXPECT_EQ(outcome.err.size(), 1000000U);
}

TEST(Capture, Input) {
  Command echo = {"cat", {}, std::string(5000000, 'x'), 0ms, {}};
  EXPECT_EQ(capture(echo).out, echo.input);
  Command ignoring = shell("exit 3");
  ignoring.input = echo.input;
  EXPECT_EQ(capture(ignoring).exit_code, 3);
  EXPECT_EQ(capture(shell("cat | wc -c")).out, "0\n");  // no input: the null device
}

TEST(Capture, WhatCannotRun) {
  const Outcome missing = capture({"no-such-program-anywhere", {}, {}, 0ms, {}});
  EXPECT_EQ(missing.exit_code, 127);
  EXPECT_EQ(missing.err, "no-such-program-anywhere: not found");
  EXPECT_EQ(capture({"/no/such/file", {}, {}, 0ms, {}}).exit_code, 127);
  EXPECT_EQ(capture({"/", {}, {}, 0ms, {}}).exit_code, 126);
  EXPECT_EQ(capture({"", {}, {}, 0ms, {}}).exit_code, 127);

  const auto file = std::filesystem::temp_directory_path() /
                    ("c8upgrade-not-executable-" + std::to_string(::getpid()));
  std::ofstream(file) << "text";
  EXPECT_EQ(capture({file.string(), {}, {}, 0ms, {}}).exit_code, 126);
  std::filesystem::remove(file);
}

TEST(Capture, DeathBySignal) {
  EXPECT_EQ(capture(shell("kill -KILL $$")).exit_code, 137);
  EXPECT_EQ(capture(shell("kill -INT $$")).exit_code, 130);
}

TEST(Capture, TimeoutAsksFirst) {
  Command polite = shell("trap 'echo bye; exit 9' TERM; while :; do sleep 0.05; done");
  polite.timeout = 300ms;
  const Outcome outcome = capture(polite);
  EXPECT_TRUE(outcome.timed_out);
  EXPECT_EQ(outcome.exit_code, 9);
  EXPECT_EQ(outcome.out, "bye\n");
}

TEST(Capture, TimeoutKillsWhatDoesNotListen) {
  Command deaf = shell("trap '' TERM; while :; do sleep 0.05; done");
  deaf.timeout = 100ms;
  const Outcome outcome = capture(deaf);
  EXPECT_TRUE(outcome.timed_out);
  EXPECT_EQ(outcome.exit_code, 137);
}

TEST(Capture, TimeoutDoesNotWaitForGrandchildren) {
  Command command = shell("sleep 1000 & echo $!");
  command.timeout = 300ms;
  const Outcome outcome = capture(command);
  EXPECT_TRUE(outcome.timed_out);
  EXPECT_EQ(outcome.exit_code, 0);
  const pid_t grandchild = std::atoi(outcome.out.c_str());
  ASSERT_GT(grandchild, 1);
  EXPECT_EQ(::kill(grandchild, SIGKILL), 0) << "it was still there";
}

TEST(Capture, EnvironmentIsEdited) {
  ::setenv("C8UPGRADE_TEST_A", "old", 1);
  ::setenv("C8UPGRADE_TEST_B", "old", 1);
  Command command =
      shell("echo \"${C8UPGRADE_TEST_A-none} ${C8UPGRADE_TEST_B-none} $C8UPGRADE_TEST_C\"");
  command.environment = {"C8UPGRADE_TEST_A=new=1", "C8UPGRADE_TEST_B", "C8UPGRADE_TEST_C=c"};
  EXPECT_EQ(capture(command).out, "new=1 none c\n");
  EXPECT_STREQ(std::getenv("C8UPGRADE_TEST_A"), "old");
}

TEST(Capture, ChildrenStartWithOurSignals) {
  ::signal(SIGPIPE, SIG_DFL);
  // 0x1000 is SIGPIPE, 0x4000 SIGTERM, 0x2 SIGINT: none of them ignored or blocked.
  const Outcome outcome = capture(shell("grep -E 'Sig(Ign|Blk)' /proc/self/status"));
  EXPECT_EQ(outcome.out, "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
  struct sigaction action {};
  ::sigaction(SIGPIPE, nullptr, &action);
  EXPECT_EQ(action.sa_handler, SIG_DFL) << "ours is as it was";
}

TEST(CaptureAll, SideBySideAndInOrder) {
  // Each waits for what the other one writes: run one after the other they would hang.
  const auto folder = std::filesystem::temp_directory_path() /
                      ("c8upgrade-side-by-side-" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  const std::string in_folder = "cd '" + folder.string() + "'; ";
  const auto outcomes = capture_all({
      shell(in_folder + "touch a; while [ ! -e b ]; do sleep 0.02; done; echo first"),
      {"no-such-program-anywhere", {}, {}, 0ms, {}},
      shell(in_folder + "touch b; while [ ! -e a ]; do sleep 0.02; done; echo third"),
  });
  std::filesystem::remove_all(folder);
  ASSERT_EQ(outcomes.size(), 3U);
  EXPECT_EQ(outcomes[0].out, "first\n");
  EXPECT_EQ(outcomes[1].exit_code, 127);
  EXPECT_EQ(outcomes[2].out, "third\n");
  EXPECT_TRUE(capture_all({}).empty());
}

TEST(CaptureAll, NoChildHoldsTheInputOfAnother) {
  // If the second child inherited the first one's pipe, `cat` would never see its end.
  const auto marker =
      std::filesystem::temp_directory_path() / ("c8upgrade-ended-" + std::to_string(::getpid()));
  Command first = shell("cat; touch '" + marker.string() + "'");
  first.input = "text";
  Command second = shell("i=0; while [ ! -e '" + marker.string() +
                         "' ] && [ $i -lt 500 ]; do sleep 0.02; i=$((i+1)); done; echo $i");
  const auto outcomes = capture_all({first, second});
  std::filesystem::remove(marker);
  EXPECT_EQ(outcomes[0].out, "text");
  EXPECT_NE(outcomes[1].out, "500\n");
}

// An interrupt that reaches only us ends the child and then us.
TEST(Capture, InterruptEndsTheChildAndThenUs) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const auto marker = std::filesystem::temp_directory_path() /
                        ("c8upgrade-interrupt-" + std::to_string(::getpid()));
    const int status = in_child([&] {
      // The child interrupts its parent and writes how it ended itself.
      const std::string name = signal == SIGINT ? "INT" : "TERM";
      capture(shell("trap 'echo ended > \"" + marker.string() + "\"; exit 1' " + name + "; kill -" +
                    name + " $PPID; while :; do sleep 0.05; done"));
    });
    EXPECT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(WTERMSIG(status), signal);
    std::string ended;
    std::ifstream(marker) >> ended;
    EXPECT_EQ(ended, "ended");
    std::filesystem::remove(marker);
  }
}

TEST(Capture, IgnoredInterruptsStayIgnored) {
  const int status = in_child([] {
    ::signal(SIGINT, SIG_IGN);
    const Outcome outcome = capture(shell("kill -INT $PPID; kill -INT $$; echo on"));
    std::_Exit(outcome.out == "on\n" ? 5 : 6);
  });
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 5);
}

TEST(Attend, ReturnsTheCodeOfTheChild) {
  EXPECT_EQ(attend(shell("exit 9")), 9);
  EXPECT_EQ(attend(shell("kill -TERM $$")), 143);
  testing::internal::CaptureStderr();
  EXPECT_EQ(attend({"no-such-program-anywhere", {}, {}, 0ms, {}}), 127);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "no-such-program-anywhere: not found\n");
}

TEST(Attend, HandsOnTermAndIgnoresInt) {
  const int status = in_child([] {
    std::_Exit(
        attend(shell("trap 'exit 21' TERM; kill -INT $PPID; kill -TERM $PPID; "
                     "while :; do sleep 0.05; done")));
  });
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 21);
}

TEST(Replace, BecomesTheProgram) {
  const int status = in_child([] {
    Command command = shell("[ $PPID = \"$PARENT\" ] && exit 17");
    command.environment = {"PARENT=" + std::to_string(::getppid())};
    replace(command);
  });
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 17);
}

TEST(Replace, SaysWhatCannotRun) {
  const int status = in_child([] {
    ::close(2);
    replace({"no-such-program-anywhere", {}, {}, 0ms, {}});
  });
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 127);
}

TEST(Memfd, ChildrenReadItAsOftenAsTheyLike) {
  const int descriptor = make_memfd("values", "a: 1\n");
  const std::string path = descriptor_path(descriptor);
  EXPECT_EQ(path, "/dev/fd/" + std::to_string(descriptor));
  EXPECT_EQ(capture({"cat", {path, path}, {}, 0ms, {}}).out, "a: 1\na: 1\n");
  EXPECT_EQ(capture({"cat", {path}, {}, 0ms, {}}).out, "a: 1\n");
  ::close(descriptor);
}

TEST(Memfd, IsInheritedWhateverItsNumber) {
  // Free descriptors below it are taken by the launcher's own pipes.
  const int low = ::dup(0);
  const int middle = ::dup(0);
  const int descriptor = make_memfd("values", "x");
  ::close(low);
  ::close(middle);
  EXPECT_EQ(capture({"cat", {descriptor_path(descriptor)}, "input", 0ms, {}}).out, "x");
  const int high = ::dup2(descriptor, 700);
  EXPECT_EQ(capture({"cat", {descriptor_path(high)}, {}, 0ms, {}}).out, "x");
  ::close(descriptor);
  ::close(high);
}

TEST(Memfd, ChildrenInheritNothingElse) {
  std::set<std::string> ours;
  for (int descriptor = 0; descriptor < 1024; ++descriptor) {
    const int flags = ::fcntl(descriptor, F_GETFD);
    if (flags >= 0 && (flags & FD_CLOEXEC) == 0) {
      ours.insert(std::to_string(descriptor));
    }
  }
  const Command list = {"ls", {"/proc/self/fd"}, {}, 0ms, {}};
  Command list_with_input = list;
  list_with_input.input = "input";
  for (const Outcome& outcome : capture_all({list, list_with_input, list})) {
    std::set<std::string> theirs;
    std::istringstream lines(outcome.out);
    for (std::string line; std::getline(lines, line);) {
      if (!ours.contains(line)) {
        theirs.insert(line);
      }
    }
    EXPECT_EQ(theirs.size(), 1U) << "only the directory that ls reads: " << outcome.out;
  }
}

TEST(ReadAll, PipesToTheirEnd) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ASSERT_EQ(::write(ends[1], "0123456789", 10), 10);
  ::close(ends[1]);
  EXPECT_EQ(read_all(ends[0], 10), "0123456789");
  ::close(ends[0]);
}

TEST(ReadAll, RefusesTooMuchAndWhatCannotBeRead) {
  const int descriptor = make_memfd("big", std::string((2U << 20U) + 1, 'x'));
  try {
    read_all(descriptor, 2U << 20U);
    FAIL();
  } catch (const std::exception& e) {
    EXPECT_STREQ(e.what(), "it is larger than 2 MiB");
  }
  ::close(descriptor);
  EXPECT_THROW(read_all(descriptor, 10), std::exception);
}

}  // namespace
}  // namespace process
