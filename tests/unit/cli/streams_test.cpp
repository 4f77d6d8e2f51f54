#include "cli/streams.hpp"

#include "base/failure.hpp"
#include "process/launch.hpp"

#include <cstdio>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <string>
#include <unistd.h>

namespace {

// Puts another file in the place of standard output until the end of the test.
class Redirected {
 public:
  explicit Redirected(int descriptor) : m_before(::dup(STDOUT_FILENO)) {
    std::fflush(stdout);
    ::dup2(descriptor, STDOUT_FILENO);
    ::close(descriptor);
  }
  Redirected(const Redirected&) = delete;
  Redirected& operator=(const Redirected&) = delete;
  ~Redirected() {
    ::dup2(m_before, STDOUT_FILENO);
    ::close(m_before);
  }

 private:
  int m_before;
};

TEST(WriteStdout, TellsThatNobodyReads) {
  int ends[2] = {};
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  ::close(ends[0]);
  cli::prepare_streams();
  const Redirected redirected(ends[1]);
  EXPECT_THROW(cli::write_stdout("x"), cli::OutputClosed);
}

TEST(WriteStdout, FailsOnAFullDisk) {
  const Redirected redirected(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  EXPECT_THROW(cli::write_stdout("x"), base::Failure);
}

process::Outcome shell(const std::string& script) {
  process::Command command;
  command.program = "/bin/sh";
  command.args = {"-c", script, C8UPGRADE_PROGRAM};
  return process::capture(command);
}

TEST(Program, EndsQuietlyWhenStandardOutputIsClosed) {
  const process::Outcome outcome = shell("\"$0\" help >&-");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.err, "");
}

TEST(Program, SaysThatTheDiskIsFull) {
  const process::Outcome outcome = shell("\"$0\" help >/dev/full");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.err, "Error: cannot write to standard output: No space left on device\n");
}

TEST(Program, PrintsTheFailureAndTheNextStep) {
  const process::Outcome outcome = shell("\"$0\" values v.yaml");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "Error: values takes no argument, got 'v.yaml'\n"
            "Name values files with -f: helm c8upgrade values -f values.yaml\n");
}

TEST(Program, HasAVersionUnderBothNames) {
  const process::Outcome command = shell("\"$0\" version");
  EXPECT_EQ(command.exit_code, 0);
  EXPECT_EQ(command.out.find_first_not_of("0123456789.\n"), std::string::npos) << command.out;
  EXPECT_EQ(command.out, shell("\"$0\" --version").out);
}

}  // namespace
