// Runs the program once for each directory of golden/ and compares what came out.
//   args     one argument a line, "@/" is the case's directory, "@report" a file to report to;
//            without this file: values -f @/in.yaml
//   stdin    what it reads there, if anything
//   stdout, stderr, exit, report.json   expected; a missing file means empty, or exit code 0
// UPDATE_GOLDEN=1 rewrites the expectations instead of comparing them: read the difference then.
// Values are read by a real helm ($HELM_BIN, or helm from PATH). Without one every case fails.
#include "process/launch.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& path, const std::string& text) {
  if (text.empty()) {
    fs::remove(path);
  } else {
    std::ofstream(path, std::ios::binary) << text;
  }
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// After the manifests of `helm template` Helm 4 prints an empty line that Helm 3 does not.
std::string without_last_empty_lines(std::string text) {
  while (text.ends_with("\n\n")) {
    text.pop_back();
  }
  return text;
}

std::string helm() {
  const char* name = std::getenv("HELM_BIN");
  return name == nullptr ? "helm" : name;
}

std::vector<fs::path> cases() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(GOLDEN_DIR)) {
    if (entry.is_directory()) {
      found.push_back(entry.path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

// A path that no file has, and that has none again afterwards.
class ReportPath {
 public:
  ReportPath() {
    std::string name = (fs::temp_directory_path() / "c8upgrade-golden-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
      throw std::runtime_error("no temporary directory");
    }
    m_directory = name;
  }
  ReportPath(const ReportPath&) = delete;
  ReportPath& operator=(const ReportPath&) = delete;
  ~ReportPath() { fs::remove_all(m_directory); }
  fs::path path() const { return m_directory / "report.json"; }

 private:
  fs::path m_directory;
};

class Golden : public testing::TestWithParam<fs::path> {
 protected:
  static void SetUpTestSuite() {
    process::Command command;
    command.program = helm();
    command.args = {"version"};
    const process::Outcome found = process::capture(command);
    ASSERT_EQ(found.exit_code, 0) << "helm is needed to read values: set HELM_BIN. " << found.err;
  }
};

TEST_P(Golden, Matches) {
  const fs::path directory = GetParam();
  const std::string here = directory.string() + "/";
  const ReportPath report;

  process::Command command;
  command.program = PROGRAM;
  command.input = read(directory / "stdin");
  command.environment = {"HELM_BIN=" + helm(), "HELM_PLUGIN_DIR=" PLUGIN, "HELM_NAMESPACE=default",
                         "NO_COLOR=1"};
  std::string args = read(directory / "args");
  if (args.empty()) {
    args = "values\n-f\n@/in.yaml\n";
  }
  std::istringstream lines(args);
  for (std::string line; std::getline(lines, line);) {
    command.args.push_back(replaced(replaced(line, "@report", report.path().string()), "@/", here));
  }

  const process::Outcome got = process::capture(command);
  const auto plain = [&](const std::string& text) {
    const std::string version = "\"version\": \"" PROGRAM_VERSION "\"";
    return replaced(replaced(replaced(text, here, "@/"), report.path().string(), "@report"),
                    version, "\"version\": \"@version\"");
  };
  const std::vector<std::pair<std::string, std::string>> results = {
      {"stdout", without_last_empty_lines(plain(got.out))},
      {"stderr", plain(got.err)},
      {"exit", got.exit_code == 0 ? "" : std::to_string(got.exit_code) + "\n"},
      {"report.json", plain(read(report.path()))},
  };
  for (const auto& [name, text] : results) {
    if (std::getenv("UPDATE_GOLDEN") != nullptr) {
      write(directory / name, text);
    } else {
      EXPECT_EQ(text, read(directory / name)) << "in " << name;
    }
  }
}

std::string name_of(const testing::TestParamInfo<fs::path>& info) {
  std::string name = info.param.filename().string();
  std::replace_if(
      name.begin(), name.end(),
      [](char letter) { return std::isalnum(static_cast<unsigned char>(letter)) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Cases, Golden, testing::ValuesIn(cases()), name_of);

}  // namespace
