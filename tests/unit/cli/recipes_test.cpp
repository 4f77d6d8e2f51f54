// The recipes in docs/: their files are written, their commands are run in order, and they must do
// what they say. Programs that need a cluster or a repository are stood in for by ones that
// succeed.
#include "process/launch.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Recipe : public testing::TestWithParam<std::string> {
 protected:
  Recipe() {
    std::string name = (fs::temp_directory_path() / "c8upgrade-recipe-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
      throw std::runtime_error("no temporary directory");
    }
    m_directory = name;
  }
  ~Recipe() override { fs::remove_all(m_directory); }

  // Does what the page says, block by block.
  void follow(const fs::path& page) {
    std::istringstream lines(read(page));
    std::string block;
    std::string kind;
    std::size_t indent = 0;
    for (std::string line; std::getline(lines, line);) {
      const std::size_t fence = line.find("```");
      if (fence == std::string::npos || fence != line.find_first_not_of(' ')) {
        block += kind.empty() ? "" : line.substr(std::min(indent, line.size())) + "\n";
        continue;
      }
      if (kind.empty()) {
        kind = line.substr(fence + 3);
        indent = fence;
        block.clear();
      } else {
        act(kind, block);
        kind.clear();
      }
    }
  }

  void act(const std::string& kind, const std::string& block) {
    if (kind.starts_with("yaml file=")) {
      const fs::path file = m_directory / kind.substr(kind.find('=') + 1);
      fs::create_directories(file.parent_path());
      std::ofstream(file, std::ios::binary) << block;
      m_files.push_back(file);
      return;
    }
    ASSERT_EQ(kind, "sh");
    process::Command command;
    command.program = "/bin/sh";
    command.args = {"-e", "-c",
                    "cd '" + m_directory.string() + "'; helm() { shift; '" + C8UPGRADE_PROGRAM +
                        "' \"$@\"; }; kubectl() { :; }; git() { :; }; helmfile() { :; }; "
                        "sops() { :; }\n" +
                        block};
    const auto outcome = process::capture(command);
    EXPECT_EQ(outcome.exit_code, 0) << block << outcome.err;
    m_out += outcome.out;
  }

  fs::path m_directory;
  std::vector<fs::path> m_files;
  std::string m_out;
};

TEST_P(Recipe, EndsWithFilesOf88) {
  follow(fs::path(C8UPGRADE_TESTS).parent_path() / "docs" / (GetParam() + ".md"));
  ASSERT_FALSE(m_files.empty());
  for (const fs::path& file : m_files) {
    const std::string text = read(file);
    EXPECT_THAT(text, Not(HasSubstr("zeebe:"))) << file;
    EXPECT_THAT(text, Not(HasSubstr("12.13.3"))) << file;
  }
}

INSTANTIATE_TEST_SUITE_P(Docs, Recipe, testing::Values("flux", "argo-cd", "helmfile", "pipelines"),
                         [](const auto& test) {
                           std::string name = test.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST_F(Recipe, FluxTakesTheMigrationOutAgain) {
  follow(fs::path(C8UPGRADE_TESTS).parent_path() / "docs/flux.md");
  const std::string base = read(m_directory / "base.yaml");
  EXPECT_THAT(m_out, HasSubstr("+      migration:\n"));
  EXPECT_THAT(base, Not(HasSubstr("migration:")));
  EXPECT_THAT(base, HasSubstr("    # for all stages\n    orchestration:\n"
                              "      clusterSize: \"3\" # brokers\n"));
  EXPECT_THAT(read(m_directory / "camunda.yaml"),
              HasSubstr("    # this stage is larger\n    orchestration:\n"
                        "      clusterSize: \"5\"\n"));
}

}  // namespace
