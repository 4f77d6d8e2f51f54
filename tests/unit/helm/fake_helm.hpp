// A stand-in for Helm: a shell script that answers as it was told and writes down how it was
// called.
#pragma once

#include "base/failure.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <sys/stat.h>
#include <vector>

namespace helm {

class FakeHelm : public testing::Test {
 protected:
  // What a call fails with: the message and the next step.
  template <typename Call>
  static std::string refusal(const Call& call) {
    try {
      call();
    } catch (const base::Failure& failure) {
      return std::string(failure.what()) + " | " + failure.next();
    }
    return "no failure";
  }

  void SetUp() override {
    std::string name = std::filesystem::temp_directory_path() / "fake-helm-XXXXXX";
    m_directory = ::mkdtemp(name.data());
    // "template" prints what the probe chart would, for values files that are JSON of one line: all
    // of them, one after the other, as {"files": [...]} unless there is only one. The file
    // answer-WORD decides for other words.
    write("helm", R"sh(#!/bin/sh
here=$(dirname "$0")
for word in "$@"; do printf '%s\n' "$word"; done >>"$here/calls"
echo >>"$here/calls"
env >"$here/environment"
if [ -e "$here/answer-$1" ]; then . "$here/answer-$1"; fi
[ "$1" = template ] || exit 1
all=
while [ $# -gt 0 ]; do
  case $1 in
    -f) all="$all${all:+,}$(cat "$2")"; shift ;;
  esac
  shift
done
case $all in *,\{*) all="{\"files\":[$all]}" ;; esac
echo "# Source: c8probe/templates/probe.yaml"
echo "#C8HELM ${FAKE_VERSION:-v3.17.1}"
echo "#C8PROBE $(printf %s "$all" | base64 | tr -d '\n')"
)sh");
    ::chmod(path("helm").c_str(), 0755);
    std::filesystem::create_directories(path("plugin/probe/templates"));
    write("plugin/probe/templates/probe.yaml", "");
    set("HELM_BIN", path("helm"));
    set("HELM_PLUGIN_DIR", path("plugin"));
    set("HELM_CONTENT_CACHE", std::nullopt);
    set("C8UPGRADE_HELM_TIMEOUT", std::nullopt);
  }

  void TearDown() override {
    for (const auto& [name, value] : m_before) {
      if (value) {
        ::setenv(name.c_str(), value->c_str(), 1);
      } else {
        ::unsetenv(name.c_str());
      }
    }
    std::filesystem::remove_all(m_directory);
  }

  // For this test only.
  void set(const std::string& name, const std::optional<std::string>& value) {
    const char* before = std::getenv(name.c_str());
    m_before.emplace(name, before == nullptr ? std::nullopt : std::optional<std::string>(before));
    if (value) {
      ::setenv(name.c_str(), value->c_str(), 1);
    } else {
      ::unsetenv(name.c_str());
    }
  }

  std::string path(const std::string& name) const { return m_directory + '/' + name; }

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }

  std::string read(const std::string& name) const {
    std::ifstream in(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  // What Helm does when its first word is `word`.
  void answer(const std::string& word, const std::string& out, const std::string& err = {},
              int exit_code = 0) const {
    write("out-" + word, out);
    write("err-" + word, err);
    write("answer-" + word, "cat \"$here/out-" + word + "\"; cat \"$here/err-" + word +
                                "\" >&2; exit " + std::to_string(exit_code) + "\n");
  }
  void script(const std::string& word, const std::string& shell) const {
    write("answer-" + word, shell);
  }

  // The words of every call so far.
  std::vector<std::vector<std::string>> calls() const {
    std::vector<std::vector<std::string>> all;
    std::istringstream lines(read("calls"));
    std::vector<std::string> words;
    for (std::string line; std::getline(lines, line);) {
      if (line.empty()) {
        all.push_back(std::move(words));
        words.clear();
      } else {
        words.push_back(line);
      }
    }
    return all;
  }

 private:
  std::string m_directory;
  std::map<std::string, std::optional<std::string>> m_before;
};

}  // namespace helm
