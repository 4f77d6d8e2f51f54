#include "cli/help.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "cli/command.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>

namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(HelpPage, PutsTextsInAColumnAndLongFlagsOnALineOfTheirOwn) {
  const std::string page = cli::HelpPage()
                               .flag_group("Flags", {{"--short", "one\ntwo"},
                                                     {"--a-flag-that-is-very-long NAME=VALUE", "x"},
                                                     {"--bare", ""}})
                               .text();
  EXPECT_EQ(page,
            "Flags:\n"
            "  --short                     one\n"
            "                              two\n"
            "  --a-flag-that-is-very-long NAME=VALUE\n"
            "                              x\n"
            "  --bare\n"
            "\n");
}

TEST(HelpPage, HasOneHeadingForAllExamples) {
  EXPECT_EQ(cli::HelpPage().example("one", "a").example("two", "b").text(),
            "Examples:\n  # one\n  a\n\n  # two\n  b\n\n");
}

TEST(Commands, EachHasAPageWithExamplesBeforeFlagsAndExitCodes) {
  for (const cli::Command& command : cli::commands()) {
    const std::string page = command.help();
    EXPECT_TRUE(has(page, "Usage:\n")) << command.name;
    EXPECT_TRUE(has(page, "Exit codes:\n")) << command.name;
    EXPECT_TRUE(page.ends_with("\n") && !page.ends_with("\n\n")) << command.name;
    for (const std::string_view line : base::split_lines(page)) {
      // A command to copy stays on one line.
      EXPECT_TRUE(line.size() <= 110 || line.starts_with("  helm "))
          << command.name << ": " << line;
      EXPECT_FALSE(line.ends_with(' ')) << command.name << ": " << line;
    }
  }
}

TEST(Commands, MainPageListsThemAll) {
  const std::string page = cli::main_help();
  for (const cli::Command& command : cli::commands()) {
    EXPECT_TRUE(has(page, "\n  " + std::string(command.name) + " ")) << command.name;
  }
  EXPECT_LT(page.find("Examples:"), page.find("Usage:"));
}

TEST(Commands, CompletionKnowsTheFlagsOfTheMainPage) {
  std::ifstream in(C8UPGRADE_TESTS "/../plugin.complete");
  const std::string script{std::istreambuf_iterator<char>(in), {}};
  ASSERT_FALSE(script.empty());
  const std::string page = cli::main_help();
  std::size_t flags = 0;
  for (const std::string_view line : base::split_lines(page)) {
    if (line.starts_with("  --") && !line.starts_with("  --color")) {
      const std::string_view flag = base::split(line.substr(2), ' ')[0];
      EXPECT_TRUE(has(script, std::string(flag) + "\t")) << flag;
      ++flags;
    }
  }
  EXPECT_GE(flags, 10U);
}

TEST(Commands, NamesOfLaterVersionsAreNoReleases) {
  EXPECT_EQ(cli::find_command("verify"), nullptr);
  try {
    cli::dispatch({"verify", "camunda/camunda-platform"});
    FAIL();
  } catch (const base::Failure& failure) {
    EXPECT_EQ(failure.what(), std::string("this version of c8upgrade has no command 'verify'"));
    EXPECT_EQ(failure.next(), "If it is the release's name: helm c8upgrade upgrade verify CHART …");
    EXPECT_EQ(failure.exit_code(), 1);
  }
}

TEST(Commands, HelpOfAnUnknownCommandNamesTheKnownOnes) {
  try {
    cli::dispatch({"help", "nope"});
    FAIL();
  } catch (const base::Failure& failure) {
    EXPECT_EQ(failure.what(), std::string("no command 'nope'"));
    for (const cli::Command& command : cli::commands()) {
      EXPECT_TRUE(has(failure.next(), std::string(command.name))) << failure.next();
    }
  }
}

}  // namespace
