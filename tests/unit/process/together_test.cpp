#include "process/together.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <stdexcept>
#include <string>

namespace process {
namespace {

Command shell(const std::string& script) {
  Command command;
  command.program = "sh";
  command.args = {"-c", script};
  return command;
}

TEST(Together, each_function_gets_the_outcome_of_its_own_programs) {
  std::vector<std::string> seen(3);
  together({[&] { seen[0] = capture(shell("echo a")).out; },
            [&] {
              seen[1] = capture(shell("echo b")).out;
              seen[1] += capture(shell("echo c; exit 3")).exit_code == 3 ? "3" : "?";
            },
            [&] { seen[2] = "none"; }});
  EXPECT_EQ(seen[0], "a\n");
  EXPECT_EQ(seen[1], "b\n3");
  EXPECT_EQ(seen[2], "none");
}

// Each program waits for what the other one writes: one after the other they would never end.
TEST(Together, the_programs_run_side_by_side) {
  std::string folder = (std::filesystem::temp_directory_path() / "together-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const auto meet = [&](const std::string& mine, const std::string& other) {
    Command command = shell("touch " + folder + "/" + mine + "; until [ -e " + folder + "/" +
                            other + " ]; do sleep 0.01; done");
    command.timeout = std::chrono::seconds(30);
    return capture(command);
  };
  Outcome one;
  Outcome two;
  together({[&] { one = meet("one", "two"); }, [&] { two = meet("two", "one"); }});
  EXPECT_FALSE(one.timed_out);
  EXPECT_FALSE(two.timed_out);
  EXPECT_EQ(one.exit_code, 0);
  capture(shell("rm -r " + folder));
}

TEST(Together, only_one_function_is_at_work_at_a_time) {
  int at_work = 0;
  int most = 0;
  const auto work = [&] {
    for (int i = 0; i < 3; ++i) {
      ++at_work;
      most = std::max(most, at_work);
      std::string text;
      for (int k = 0; k < 1000; ++k) {
        text += std::to_string(k);
      }
      --at_work;
      capture(shell("exit " + std::to_string(text.size() % 2)));
    }
  };
  together({work, work, work, work});
  EXPECT_EQ(most, 1);
  EXPECT_EQ(at_work, 0);
}

TEST(Together, the_first_failure_is_thrown_when_all_have_ended) {
  bool ended = false;
  try {
    together({[&] {
                capture(shell("sleep 0.2"));
                ended = true;
              },
              [] {
                capture(shell("exit 0"));
                throw std::runtime_error("second");
              },
              [] { throw std::runtime_error("third"); }});
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "second");
  }
  EXPECT_TRUE(ended);
}

TEST(Together, a_capture_outside_is_as_ever) {
  EXPECT_EQ(capture(shell("echo x")).out, "x\n");
  EXPECT_FALSE(detail::gathered({}).has_value());
}

}  // namespace
}  // namespace process
