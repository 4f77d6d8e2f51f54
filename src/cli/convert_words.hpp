// The words of `c8upgrade convert`, parsed.
#pragma once

#include "cli/command.hpp"
#include "helm/command_line.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cli {

struct ConvertWords {
  std::vector<std::string> files;
  std::optional<std::string> output;            // -o
  std::optional<std::string> output_directory;  // --output-dir
  bool in_place = false;
  bool diff = false;
  bool check = false;
  bool annotate = false;
  bool verify = false;
  bool each = false;  // the files are no layers of each other
  std::vector<std::string> exclude;
  std::optional<std::string> set_version;
  std::string from;
  std::string to;
  std::optional<std::string> release;
  std::optional<std::string> release_namespace;
  helm::OwnFlags own;
};

// Nothing when the words ask for help. Throws base::Failure for words that do not fit together.
std::optional<ConvertWords> parse_convert(const Words& words);

}  // namespace cli
