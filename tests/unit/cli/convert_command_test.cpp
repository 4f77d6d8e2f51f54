// The program on real files: where it writes, what stays, and how it ends.
#include "process/launch.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <sys/stat.h>

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

const std::string k_old = "zeebe: {clusterSize: 3}\n";

class ConvertCommand : public testing::Test {
 protected:
  ConvertCommand() {
    std::string name = (fs::temp_directory_path() / "c8upgrade-convert-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
      throw std::runtime_error("no temporary directory");
    }
    m_directory = name;
  }
  ~ConvertCommand() override { fs::remove_all(m_directory); }

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((m_directory / name).parent_path());
    std::ofstream(m_directory / name, std::ios::binary) << text;
  }
  std::string read(const std::string& name) const {
    std::ifstream in(m_directory / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  // Runs words of a shell in the directory; $C is the command.
  process::Outcome run(const std::string& words) const {
    process::Command command;
    command.program = "/bin/sh";
    command.args = {"-c", "cd '" + m_directory.string() + "' && C='" + C8UPGRADE_PROGRAM +
                              " convert' && " + words};
    return process::capture(command);
  }
  bool is_converted(const std::string& name) const {
    return read(name).find("orchestration:") != std::string::npos;
  }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(m_directory), fs::directory_iterator()));
  }

  fs::path m_directory;
};

TEST_F(ConvertCommand, InPlaceKeepsModeAndLink) {
  write("real.yaml", k_old);
  fs::permissions(m_directory / "real.yaml", fs::perms(0640));
  fs::create_symlink("real.yaml", m_directory / "link.yaml");
  EXPECT_EQ(run("$C link.yaml -i").exit_code, 0);
  EXPECT_TRUE(is_converted("real.yaml"));
  EXPECT_TRUE(fs::is_symlink(m_directory / "link.yaml"));
  EXPECT_EQ(fs::status(m_directory / "real.yaml").permissions(), fs::perms(0640));
  EXPECT_EQ(files(), 2U);
}

TEST_F(ConvertCommand, AFileThatStaysIsNotTouched) {
  write("new.yaml", "orchestration:\r\n  clusterSize: '3'");
  const auto before = fs::last_write_time(m_directory / "new.yaml");
  struct stat old_file = {};
  ASSERT_EQ(::stat((m_directory / "new.yaml").c_str(), &old_file), 0);
  EXPECT_EQ(run("$C new.yaml -i").exit_code, 0);
  struct stat new_file = {};
  ASSERT_EQ(::stat((m_directory / "new.yaml").c_str(), &new_file), 0);
  EXPECT_EQ(new_file.st_ino, old_file.st_ino);
  EXPECT_EQ(fs::last_write_time(m_directory / "new.yaml"), before);
}

TEST_F(ConvertCommand, AReadOnlyFileStays) {
  write("values.yaml", k_old);
  fs::permissions(m_directory / "values.yaml", fs::perms(0444));
  const auto outcome = run("$C values.yaml -i");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("read-only"));
  EXPECT_EQ(read("values.yaml"), k_old);
}

TEST_F(ConvertCommand, WithoutRoomTheOldFileStays) {
  write("values.yaml", k_old);
  // The file may not grow beyond a block of 512 bytes: a write fails as on a full disk.
  const auto outcome = run("trap '' XFSZ; ulimit -f 1; $C values.yaml -i");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("cannot write values.yaml"));
  EXPECT_EQ(read("values.yaml"), k_old);
  EXPECT_EQ(files(), 1U);
}

TEST_F(ConvertCommand, AnErrorStopsBeforeAnythingIsWritten) {
  write("a.yaml", k_old);
  write("b.yaml", "operate:\n  env:\n    - name: CAMUNDA_OPERATE_LDAP_BASEDN\n      value: x\n");
  const auto outcome = run("$C a.yaml b.yaml -i --report r.json");
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_EQ(read("a.yaml"), k_old);
  EXPECT_THAT(read("r.json"), HasSubstr("\"env-ldap\""));
  EXPECT_EQ(run("$C a.yaml b.yaml -i --accept env-ldap").exit_code, 0);
  EXPECT_TRUE(is_converted("a.yaml"));
}

TEST_F(ConvertCommand, CheckAndDiffWriteNothing) {
  write("values.yaml", k_old);
  EXPECT_EQ(run("$C values.yaml --check").exit_code, 2);
  const auto diff = run("$C values.yaml --diff");
  EXPECT_EQ(diff.exit_code, 0);
  EXPECT_THAT(diff.out, HasSubstr("\n+orchestration:\n"));
  EXPECT_EQ(read("values.yaml"), k_old);
  EXPECT_EQ(run("$C values.yaml -i && $C values.yaml --check").exit_code, 0);
}

TEST_F(ConvertCommand, TheDiffIsAPatch) {
  write("values.yaml", k_old);
  write("copy.yaml", k_old);
  EXPECT_EQ(run("$C values.yaml --diff > p && $C copy.yaml -i && patch -s values.yaml p && "
                "cmp values.yaml copy.yaml")
                .exit_code,
            0);
}

TEST_F(ConvertCommand, StandardInputAndOutput) {
  const auto outcome = run("printf 'zeebe: {clusterSize: 3}\\n' | $C - --quiet");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_TRUE(outcome.out.starts_with("orchestration:\n  clusterSize: \"3\"\n"));
  EXPECT_EQ(run("$C - -i < /dev/null").exit_code, 1);
}

TEST_F(ConvertCommand, FoldersGiveTheFilesThatAreForCamunda) {
  write("d/camunda/values.yaml", k_old);
  write("d/other/values.yaml", "grafana: {enabled: true}\n");
  write("d/other/chart/templates/x.yaml", "a: {{ .Values.zeebe }}\n");
  write("d/ignored/values.yaml", k_old);
  write("d/left/out.yaml", k_old);
  write("d/.hidden/values.yaml", k_old);
  write("d/.gitignore", "ignored/\n");
  write("d/umbrella/Chart.yaml",
        "apiVersion: v2\nname: u\nversion: 1.0.0\ndependencies:\n"
        "  - {name: camunda-platform, alias: c8, version: 12.13.3, repository: r}\n");
  write("d/umbrella/values.yaml", "redis: {}\nc8:\n  zeebe:\n    clusterSize: 3\n");
  const auto outcome = run("$C d -i --exclude 'left/**' --set-version 13.12.7");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(is_converted("d/camunda/values.yaml"));
  EXPECT_THAT(read("d/umbrella/values.yaml"), HasSubstr("c8:\n  orchestration:\n"));
  EXPECT_THAT(read("d/umbrella/Chart.yaml"), HasSubstr("version: 13.12.7, repository"));
  EXPECT_EQ(read("d/ignored/values.yaml"), k_old);
  EXPECT_EQ(read("d/left/out.yaml"), k_old);
  EXPECT_EQ(read("d/.hidden/values.yaml"), k_old);
  EXPECT_THAT(outcome.err, Not(HasSubstr("grafana")));
  EXPECT_THAT(outcome.err, Not(HasSubstr("d/other")));
}

TEST_F(ConvertCommand, EachFileForItselfAsAHookGivesThem) {
  write("a.yaml", k_old);
  write("b.yaml", "zeebe: {clusterSize: 5}\n");
  write("chart.yaml", "a: {{ .Values.zeebe }}\n");
  const auto outcome = run("$C --each -i a.yaml b.yaml chart.yaml");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(read("a.yaml"), HasSubstr("migration:"));
  EXPECT_THAT(read("b.yaml"), HasSubstr("migration:"));
}

TEST_F(ConvertCommand, AnOutputFolderTakesTheSameNames) {
  write("d/one/values.yaml", k_old);
  write("d/two/values.yaml", k_old);
  EXPECT_EQ(run("$C d --output-dir out").exit_code, 0);
  EXPECT_TRUE(is_converted("out/one/values.yaml"));
  EXPECT_TRUE(is_converted("out/two/values.yaml"));
  EXPECT_EQ(read("d/one/values.yaml"), k_old);
  EXPECT_EQ(run("$C d/one/values.yaml d/two/values.yaml --output-dir out").exit_code, 1);
}

TEST_F(ConvertCommand, BadInputNamesThePlaceAndTheNextStep) {
  write("tab.yaml", "zeebe:\n\tclusterSize: 3\n");
  write("latin.yaml", "zeebe:\n  x: \xff\n");
  write("template.yaml", "zeebe:\n  {{ if .x }}\n  a: b\n");
  write("sops.yaml", "zeebe: ENC[AES256_GCM,data:x]\n");
  write("two.yaml", "zeebe: {clusterSize: 3}\n---\noperate: {enabled: true}\n");
  write("alias.yaml", "zeebe: *none\n");
  write("cycle.yaml", "zeebe: &a\n  b: *a\n");
  for (const auto& [words, exit_code, message] :
       {std::tuple<std::string, int, std::string>{"tab.yaml", 1, "tab.yaml:2:"},
        {"latin.yaml", 1, "latin.yaml:2:6"},
        {"template.yaml", 1, "If it is a template"},
        {"sops.yaml", 1, "EDITOR='c8upgrade convert --in-place' sops sops.yaml"},
        {"two.yaml", 3, "Make one document of them"},
        {"alias.yaml", 1, "alias.yaml:1:8"},
        {"cycle.yaml", 1, "cycle.yaml:2:6"},
        {"none.yaml", 1, "none.yaml: No such file"},
        {"tab.yaml --frob", 1, "--frob"},
        {"tab.yaml --to 12.0.0", 1, "--to wants a version of chart 13.x"}}) {
    const auto outcome = run("$C " + words);
    EXPECT_EQ(outcome.exit_code, exit_code) << words;
    EXPECT_THAT(outcome.err, HasSubstr(message)) << words;
    EXPECT_EQ(outcome.out, "") << words;
  }
}

}  // namespace
