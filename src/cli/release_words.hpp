// The words of commands that take a release and no chart: their own options, and Helm's words of
// connection in every form that Helm takes them (`-nNS`, `--kube-context=x`).
#pragma once

#include "cli/command.hpp"

#include <CLI/CLI.hpp>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace cli {

class ReleaseWords {
 public:
  // `command` for messages ("watch").
  explicit ReleaseWords(std::string command);

  // For options of the command's own, before parse().
  CLI::App& parser() { return m_parser; }

  // False: --help was asked for. Throws base::Failure for wrong words. Afterwards the connection is
  // in our environment.
  bool parse(const Words&);

  std::string release;
  std::string color = "auto";

 private:
  std::string m_command;
  CLI::App m_parser;
  bool m_help = false;
  std::vector<std::pair<std::string, std::string>> m_connection;
};

// "90s", "10m", "1h30m", as Helm's --timeout. Throws base::Failure.
std::chrono::seconds duration(const std::string& flag, const std::string& text);

}  // namespace cli
