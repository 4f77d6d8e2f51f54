#include "helm/sources.hpp"

#include "base/failure.hpp"
#include "helm/client.hpp"
#include "helm/probe.hpp"
#include "process/launch.hpp"
#include "process/memfd.hpp"
#include "unit/helm/fake_helm.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <thread>
#include <unistd.h>

namespace helm {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class HelmSources : public FakeHelm {
 protected:
  // A pipe's end, with `text` in it and its writer gone.
  static std::string pipe_with(const std::string& text) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    EXPECT_EQ(::write(ends[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
    ::close(ends[1]);
    return process::descriptor_path(ends[0]);
  }
};

TEST_F(HelmSources, StandInTheOrderInWhichHelmMerges) {
  const std::string file = write("a.yaml", "{}");
  const auto sources = open_sources({{ValueKind::set_literal, "l=1"},
                                     {ValueKind::set_string, "s=1"},
                                     {ValueKind::set, "x.y=1"},
                                     {ValueKind::file, file},
                                     {ValueKind::set_json, "j=1"},
                                     {ValueKind::set_file, "f=" + file}});
  std::vector<std::string> names;
  for (const Source& source : sources) {
    names.push_back(source.name);
  }
  EXPECT_THAT(names, ElementsAre(file, "--set-json j", "--set x.y", "--set-string s",
                                 "--set-file f", "--set-literal l"));
}

TEST_F(HelmSources, ARegularFileIsNamedToHelmAsItIs) {
  const std::string file = write("a,b\".yaml", "{\"a\":1}");
  const auto sources = open_sources({{ValueKind::file, file}});
  EXPECT_EQ(sources.front().word.text, file);
  EXPECT_EQ(*sources.front().bytes, "{\"a\":1}");
  EXPECT_THAT(value_words(sources), ElementsAre("-f", "\"" + path("a,b") + "\"\".yaml\""));
}

TEST_F(HelmSources, APipeIsReadOnceAndEveryCallSeesTheSame) {
  const std::string pipe = pipe_with("{\"a\":1}");
  auto sources = open_sources({{ValueKind::file, pipe}});
  EXPECT_EQ(sources.front().name, pipe);
  const auto values = read_values(sources);
  ASSERT_NE(values.find("a"), nullptr);
  EXPECT_EQ(values.find("a")->as_number(), 1);
  const auto again = read_values(sources);
  EXPECT_EQ(again, values);
  EXPECT_EQ(content(sources.front().word.text), "{\"a\":1}");
  EXPECT_EQ(content(sources.front().word.text), "{\"a\":1}");
  EXPECT_EQ(content(pipe), "") << "the pipe itself is empty by now";
}

TEST_F(HelmSources, ANamedPipeAndStandardInputAreSpooled) {
  const std::string fifo = path("fifo");
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(fifo) << "{}"; });
  const auto sources = open_sources({{ValueKind::file, fifo}});
  writer.join();
  EXPECT_EQ(sources.front().name, fifo);
  EXPECT_EQ(content(sources.front().word.text), "{}");

  const int before = ::dup(STDIN_FILENO);
  const int file = ::open(write("in", "{\"b\":2}").c_str(), O_RDONLY);
  ::dup2(file, STDIN_FILENO);
  const auto both = open_sources({{ValueKind::file, "-"}, {ValueKind::file, "-"}});
  ::dup2(before, STDIN_FILENO);
  ::close(before);
  ::close(file);
  EXPECT_EQ(both[0].name, "standard input");
  EXPECT_EQ(content(both[0].word.text), "{\"b\":2}");
  EXPECT_EQ(content(both[1].word.text), "") << "the second time it is empty, as for Helm";
}

TEST_F(HelmSources, PipesOfASetFileAreSpooledAndFilesAreNot) {
  const std::string file = write("regular", "x");
  const auto sources = open_sources({{ValueKind::set_file, "a=" + file + ",b={" + pipe_with("one") +
                                                               "," + pipe_with("two") + "}"}});
  const std::string& text = sources.front().word.text;
  ASSERT_THAT(text, StartsWith("a=" + file + ",b={/dev/fd/"));
  const std::size_t begin = text.find('{') + 1;
  const std::size_t comma = text.find(',', begin);
  EXPECT_EQ(content(text.substr(begin, comma - begin)), "one");
  EXPECT_EQ(content(text.substr(comma + 1, text.size() - comma - 2)), "two");
}

TEST_F(HelmSources, RefusesWhatCannotBeRead) {
  EXPECT_THAT(refusal([&] {
                open_sources({{ValueKind::file, path("none.yaml")}});
              }),
              HasSubstr("none.yaml: there is no such file"));
  EXPECT_THAT(refusal([&] {
                open_sources({{ValueKind::file, path("plugin")}});
              }),
              HasSubstr("a directory, where a file is needed"));
  EXPECT_THAT(refusal([&] {
                open_sources({{ValueKind::file, ""}});
              }),
              HasSubstr("the file \"\": there is no such file"));
  EXPECT_THAT(refusal([&] {
                open_sources({{ValueKind::set_file, "a=" + path("none")}});
              }),
              HasSubstr("none (--set-file a): there is no such file"));
  const std::string large = write("large.yaml", "a: 1\n");
  std::filesystem::resize_file(large, 50U << 20U);
  EXPECT_THAT(refusal([&] {
                open_sources({{ValueKind::file, large}});
              }),
              HasSubstr("larger than 16 MiB"));
}

TEST_F(HelmSources, NoSourceMeansNoCall) {
  std::vector<Source> none;
  EXPECT_TRUE(read_values(none).is_map());
  EXPECT_TRUE(calls().empty());
}

TEST_F(HelmSources, OneCallTellsAllWithLinesAndColumns) {
  auto sources = open_sources({{ValueKind::file, write("a.yaml", "{\"a\":\n {\"b\": true}}")}});
  const auto values = read_values(sources);
  const values::Value* leaf = values::find(values, "a.b");
  ASSERT_NE(leaf, nullptr);
  EXPECT_EQ(leaf->origin, (values::Origin{0, 2, 3})) << "the place of the key";
  EXPECT_EQ(calls().size(), 1U);
}

TEST_F(HelmSources, LearnsHelmsVersionFromTheProbe) {
  set("FAKE_VERSION", "v4.2.3");
  auto sources = open_sources({{ValueKind::file, write("a.yaml", "{}")}});
  read_values(sources);
  EXPECT_EQ(major_version(), 4);
  EXPECT_EQ(calls().size(), 1U);
  set("FAKE_VERSION", "v3.10.0");
  EXPECT_THAT(refusal([&] { read_values(sources); }), HasSubstr("Helm 3.10.0 is too old"));
}

// The script merges nothing, so our own merge and "Helm's" differ: each file is asked for alone.
TEST_F(HelmSources, AsksForEachFileWhenHelmReadsOtherwiseThanWe) {
  auto sources = open_sources({{ValueKind::file, write("a.yaml", "{\"a\":1}")},
                               {ValueKind::file, write("b.yaml", "{\"b\":1}")}});
  const auto values = read_values(sources);
  EXPECT_NE(values.find("files"), nullptr);
  EXPECT_EQ(calls().size(), 3U);
}

TEST_F(HelmSources, AGetterIsAskedOnce) {
  script("template", R"sh(
case "$*" in
  *secrets://*) all='{"password":"x"}' ;;
  *) shift $(($# - 1)); all=$(cat "$1") ;;
esac
echo "#C8HELM v3.17.1"
echo "#C8PROBE $(printf %s "$all" | base64 | tr -d '\n')"
exit 0
)sh");
  auto sources = open_sources({{ValueKind::file, "secrets://values.yaml"}});
  const auto values = read_values(sources);
  EXPECT_EQ(values.find("password")->as_text(), "x");
  EXPECT_EQ(values.find("password")->origin.source, 0);
  EXPECT_EQ(sources.front().name, "secrets://values.yaml");
  EXPECT_THAT(sources.front().word.text, StartsWith("/dev/fd/"));
  read_values(sources);
  int asked = 0;
  for (const auto& words : calls()) {
    asked += testing::Matches(Contains("secrets://values.yaml"))(words) ? 1 : 0;
  }
  EXPECT_EQ(asked, 1);
}

TEST_F(HelmSources, AGetterThatFailsIsNamed) {
  answer("template", "", "Error: open secrets://v.yaml: no such file or directory\n", 1);
  auto sources = open_sources({{ValueKind::file, "secrets://v.yaml"}});
  EXPECT_THAT(refusal([&] { read_values(sources); }),
              HasSubstr("secrets://v.yaml: Helm knows no getter for it"));
  answer("template", "", "Error: getter: access denied\n", 1);
  EXPECT_THAT(refusal([&] { read_values(sources); }),
              HasSubstr("secrets://v.yaml: Helm could not get it: getter: access denied"));
}

TEST_F(HelmSources, HelmsWordsAboutASetAreNotRepeatedBecauseTheyQuoteTheValue) {
  answer("template", "", "Error: failed parsing --set data: key \"hunter2\" has no value\n", 1);
  auto sources = open_sources({{ValueKind::set, "password=a,hunter2"}});
  const std::string said = refusal([&] { read_values(sources); });
  EXPECT_THAT(said, HasSubstr("Helm cannot read --set password: a key in it has no value"));
  EXPECT_THAT(said, Not(HasSubstr("hunter2")));
}

TEST_F(HelmSources, ABrokenFileGetsItsPlace) {
  answer("template", "", "Error: failed to parse a.yaml: error converting YAML to JSON: yaml: x\n",
         1);
  const std::string file = write("a.yaml", "a: 1\nb: [1, 2\n");
  auto sources = open_sources({{ValueKind::file, file}});
  EXPECT_THAT(refusal([&] { read_values(sources); }), HasSubstr(file + ":"));
}

TEST_F(HelmSources, NameTheSourceAndNotTheDescriptor) {
  const std::string pipe = pipe_with("{}");
  auto sources = open_sources({{ValueKind::file, pipe}});
  answer("template", "",
         "Error: failed to parse " + sources.front().word.text +
             ": error converting YAML to JSON: yaml: line 3: no\n",
         1);
  EXPECT_THAT(refusal([&] { read_values(sources); }),
              HasSubstr(pipe + ": not valid YAML: line 3: no"));
}

TEST_F(HelmSources, TheProbeStandsInThePluginOrBesideTheProgram) {
  const std::string program = path("plugin/bin/linux-amd64");
  std::filesystem::create_directories(program);
  EXPECT_EQ(probe_directory(path("plugin"), "/nowhere"), path("plugin/probe"));
  EXPECT_EQ(probe_directory("", program), program + "/../../probe");
  EXPECT_EQ(probe_directory(path("other"), program), program + "/../../probe");
  EXPECT_THAT(refusal([&] { probe_directory(path("other"), path("deeper/and/deeper")); }),
              HasSubstr("its chart `probe` is missing (" + path("other/probe") + ")"));
}

TEST_F(HelmSources, ASourceMadeByHandNeedsOnlyADescriptor) {
  const int stored = process::make_memfd("values", "{\"a\":1}");
  std::vector<Source> sources{{{ValueKind::file, process::descriptor_path(stored)},
                               "values of revision 3",
                               nullptr,
                               stored}};
  EXPECT_EQ(read_values(sources).find("a")->origin.source, 0);
  EXPECT_EQ(sources.front().name, "values of revision 3");
  EXPECT_EQ(read_values(sources).find("a")->as_number(), 1);
}

TEST_F(HelmSources, HandsLargeIntegersAsSetAndBytesAsSetFile) {
  values::Value values = values::Value::map();
  values["small"] = values::Value::integer(7);
  values["a.b"]["large"] = values::Value::integer(1000000);
  values["list"] = values::Value::list({values::Value::integer(-2000000)});
  values["file"] = values::Value::number(1000000);
  values["binary"] = values::Value::text("\xff\xfe");
  const Handed handed = hand_values(values);
  ASSERT_EQ(handed.words.size(), 8U);
  EXPECT_EQ(handed.words[0], "-f");
  EXPECT_EQ(handed.words[1], process::descriptor_path(handed.descriptor));
  EXPECT_EQ(handed.words[3], "a\\.b.large=1000000");
  EXPECT_EQ(handed.words[5], "list[0]=-2000000");
  EXPECT_EQ(handed.words[6], "--set-file");
  const std::string yaml = content(handed.words[1]);
  EXPECT_THAT(yaml, HasSubstr("small: 7\n"));
  EXPECT_THAT(yaml, HasSubstr("file: 1000000\n"));
  ASSERT_THAT(handed.words[7], StartsWith("binary=/dev/fd/"));
  EXPECT_EQ(content(handed.words[7].substr(7)), "\xff\xfe");
}

}  // namespace
}  // namespace helm
