#include "cli/report_file.hpp"

#include "base/failure.hpp"

#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

class ReportFile : public testing::Test {
 protected:
  ReportFile() {
    std::string name = (fs::temp_directory_path() / "c8upgrade-report-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
      throw std::runtime_error("no temporary directory");
    }
    m_directory = name;
  }
  ~ReportFile() override { fs::remove_all(m_directory); }

  fs::path at(const char* name) const { return m_directory / name; }
  static std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::size_t count() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(m_directory), fs::directory_iterator()));
  }
  static std::string failure(const fs::path& path) {
    try {
      cli::ReportFile file(path.string());
      return "no failure";
    } catch (const base::Failure& error) {
      return error.what();
    }
  }

  fs::path m_directory;
};

TEST_F(ReportFile, LeavesNothingUntilItIsWritten) {
  const cli::ReportFile file(at("report.json").string());
  EXPECT_EQ(count(), 0U);
  file.write("{}\n");
  EXPECT_EQ(read(at("report.json")), "{}\n");
  EXPECT_EQ(count(), 1U);
}

TEST_F(ReportFile, IsReadableByItsOwnerOnly) {
  cli::ReportFile(at("report.json").string()).write("{}");
  EXPECT_EQ(fs::status(at("report.json")).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(ReportFile, ReplacesAReportAndKeepsItUntilThen) {
  std::ofstream(at("report.json")) << "old";
  const cli::ReportFile file(at("report.json").string());
  EXPECT_EQ(read(at("report.json")), "old");
  file.write("new");
  EXPECT_EQ(read(at("report.json")), "new");
  EXPECT_EQ(count(), 1U);
}

TEST_F(ReportFile, FollowsASymbolicLink) {
  std::ofstream(at("real.json")) << "old";
  fs::create_symlink("real.json", at("link.json"));
  cli::ReportFile(at("link.json").string()).write("new");
  EXPECT_TRUE(fs::is_symlink(at("link.json")));
  EXPECT_EQ(read(at("real.json")), "new");
}

TEST_F(ReportFile, WritesIntoAPipe) {
  ASSERT_EQ(::mkfifo(at("pipe").c_str(), 0600), 0);
  const int reader = ::open(at("pipe").c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  ASSERT_NE(reader, -1);
  cli::ReportFile(at("pipe").string()).write("{}");
  char bytes[8] = {};
  EXPECT_EQ(::read(reader, bytes, sizeof bytes), 2);
  EXPECT_EQ(std::string(bytes), "{}");
  ::close(reader);
}

TEST_F(ReportFile, SaysAtOnceWhatCannotBeWritten) {
  EXPECT_EQ(failure(m_directory),
            "cannot write the report " + m_directory.string() + ": Is a directory");
  EXPECT_EQ(failure(at("no/such/report.json")), "cannot write the report " +
                                                    at("no/such/report.json").string() +
                                                    ": No such file or directory");
  EXPECT_EQ(failure(""), "cannot write the report : No such file or directory");
  std::ofstream(at("file")) << "x";
  EXPECT_EQ(
      failure(at("file") / "report.json"),
      "cannot write the report " + (at("file") / "report.json").string() + ": Not a directory");
}

TEST_F(ReportFile, FailsOnAFullDevice) {
  const cli::ReportFile file("/dev/full");
  EXPECT_THROW(file.write("{}"), base::Failure);
}

}  // namespace
