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

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) {
    all += text;
  }
  return all;
}

TEST_F(ConvertCommand, DepthAndSizeAreRefusedWithThePlace) {
  write("flow.yaml", "zeebe: " + repeated("[", 10000) + repeated("]", 10000) + "\n");
  std::string block;
  for (std::size_t level = 0; level < 10000; ++level) {
    block += std::string(level % 2000, ' ') + "a:\n";
  }
  write("block.yaml", block);
  write("control.yaml", "zeebe:\n  x: a\x07\n");
  for (const auto& [words, message] :
       {std::pair<std::string, std::string>{"flow.yaml", "nested more than 500 levels deep"},
        {"block.yaml", "block.yaml:499:501"},
        {"control.yaml", "control.yaml:2:7: control character U+0007"}}) {
    const auto outcome = run("$C " + words);
    EXPECT_EQ(outcome.exit_code, 1) << words;
    EXPECT_THAT(outcome.err, HasSubstr(message)) << words;
  }
  const auto huge = run("truncate -s 100M huge.yaml && $C huge.yaml");
  EXPECT_EQ(huge.exit_code, 1);
  EXPECT_THAT(huge.err, HasSubstr("huge.yaml is larger than 16 MiB"));
  write("d/values.yaml", k_old);
  EXPECT_EQ(run("mv huge.yaml d/ && $C d -i").exit_code, 0);
  EXPECT_TRUE(is_converted("d/values.yaml"));
}

TEST_F(ConvertCommand, AScalarOfTenMegabytesStaysAsItIs) {
  const std::string scalar = "    a: \"" + repeated("x 'y ", 2'000'000) + "\" # long\n";
  write("values.yaml", "zeebe:\n  podAnnotations:\n" + scalar);
  EXPECT_EQ(run("$C values.yaml -i").exit_code, 0);
  const std::string text = read("values.yaml");
  EXPECT_TRUE(text.starts_with("orchestration:\n  podAnnotations:\n" + scalar));
}

TEST_F(ConvertCommand, OddButReadableFilesAreConverted) {
  write("twice.yaml", "zeebe:\n  clusterSize: 3\nzeebe:\n  clusterSize: 5 # five\n");
  const auto twice = run("$C twice.yaml");
  EXPECT_EQ(twice.exit_code, 0);
  EXPECT_THAT(twice.err, HasSubstr("the key zeebe stands twice"));
  EXPECT_THAT(twice.err, HasSubstr("twice.yaml:3:1"));
  EXPECT_THAT(twice.out, HasSubstr("orchestration:\n  clusterSize: \"5\" # five\n"));

  write("merge.yaml", "base: &b {clusterSize: 3}\nzeebe:\n  <<: *b\n  # p\n  partitionCount: 3\n");
  const auto merged = run("$C merge.yaml");
  EXPECT_EQ(merged.exit_code, 0) << merged.err;
  EXPECT_THAT(merged.out, HasSubstr("base: &b {clusterSize: 3}\n"));
  EXPECT_THAT(merged.out, HasSubstr("clusterSize: \"3\""));
  EXPECT_THAT(merged.out, HasSubstr("# p\n"));

  write("half.yaml",
        "zeebe:\n  clusterSize: 3\norchestration:\n  partitionCount: '5' # new\n"
        "  clusterSize: '7'\n");
  const auto half = run("$C half.yaml");
  EXPECT_EQ(half.exit_code, 0) << half.err;
  EXPECT_THAT(half.out,
              HasSubstr("orchestration:\n  partitionCount: '5' # new\n  clusterSize: '7'\n"));

  write("empty.yaml", "");
  const auto empty = run("$C empty.yaml");
  EXPECT_EQ(empty.exit_code, 0);
  EXPECT_THAT(empty.out, HasSubstr("orchestration:\n"));
}

// Nobody, not even root, may make a file in /sys.
TEST_F(ConvertCommand, PlacesThatTakeNoFileAreToldBeforeAnythingIsWritten) {
  write("values.yaml", k_old);
  const auto folder = run("$C values.yaml -o /sys/values.yaml");
  EXPECT_EQ(folder.exit_code, 1);
  EXPECT_THAT(folder.err, HasSubstr("cannot write /sys/values.yaml"));
  const auto full = run("$C values.yaml -o /dev/full");
  EXPECT_EQ(full.exit_code, 1);
  EXPECT_THAT(full.err, HasSubstr("cannot write /dev/full: No space left on device\n"
                                  "Make room and run it again."));
  EXPECT_EQ(run("$C values.yaml -o .").exit_code, 1);
  EXPECT_EQ(read("values.yaml"), k_old);
}

// Whenever it is killed, the file is the old one or the new one, and what may be left beside it
// (a hidden file) is in nobody's way.
TEST_F(ConvertCommand, KilledAtAnyMomentTheFileIsWhole) {
  std::string text = "# the brokers\nzeebe:\n  podAnnotations:\n";
  for (int i = 0; i < 3000; ++i) {
    text += "    key" + std::to_string(i) + ": value\n";
  }
  write("d/values.yaml", text);
  ASSERT_EQ(run("$C d/values.yaml -o new.yaml --quiet").exit_code, 0);
  const std::string converted = read("new.yaml");
  fs::permissions(m_directory / "d/values.yaml", fs::perms(0640));
  std::size_t old_ones = 0;
  for (int i = 0; i < 40; ++i) {
    const std::string pause = "0.0" + std::to_string(i % 10) + std::to_string(i * 7 % 10);
    run("$C d/values.yaml -i --quiet & sleep " + pause + "; kill -9 $!; wait $!");
    const std::string found = read("d/values.yaml");
    ASSERT_TRUE(found == text || found == converted) << i << ", " << found.size() << " bytes";
    ASSERT_EQ(fs::status(m_directory / "d/values.yaml").permissions(), fs::perms(0640));
    if (found == text) {
      ++old_ones;
    } else {
      std::ofstream(m_directory / "d/values.yaml", std::ios::binary) << text;
    }
  }
  EXPECT_GT(old_ones, 0U);
  EXPECT_EQ(run("$C d -i --quiet").exit_code, 0);
  EXPECT_EQ(read("d/values.yaml"), converted);
}

// Of a fake Helm that answers with what the probe chart prints.
TEST_F(ConvertCommand, VerifyWritesOnlyWhatHelmReadsAsItWasMeant) {
  write("helm", "#!/bin/sh\necho '#C8HELM v3.17.1'\necho \"#C8PROBE $(base64 -w0 answer.json)\"\n");
  fs::permissions(m_directory / "helm", fs::perms(0755));
  write("values.yaml", k_old);
  write("answer.json", R"({"orchestration": {"clusterSize": 3}})");
  const std::string words = "HELM_BIN=./helm $C values.yaml --verify -i";
  const auto refused = run(words);
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("Helm reads orchestration.clusterSize of values.yaml "
                                     "otherwise than it was meant"));
  EXPECT_EQ(read("values.yaml"), k_old);
  ASSERT_EQ(run("$C values.yaml -o new.yaml && python3 -c 'import json, yaml; "
                "json.dump(yaml.safe_load(open(\"new.yaml\")), open(\"answer.json\", \"w\"))'")
                .exit_code,
            0);
  const auto outcome = run(words);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(is_converted("values.yaml"));
}

}  // namespace
