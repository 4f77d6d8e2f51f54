// What `c8upgrade convert` is given, read: files that are layers of one installation, and the files
// of folders, each for itself.
#pragma once

#include "cli/convert_words.hpp"
#include "text/source.hpp"

#include <string>
#include <vector>

namespace cli {

struct ConvertInput {
  text::Source source;
  std::string path;      // where --in-place writes; "-" for standard input
  std::string relative;  // below the folder that was named, or the file's name
};

// Files that are translated together.
struct ConvertBatch {
  std::vector<ConvertInput> inputs;
  std::string under;  // the block of Camunda in these values, "" for all
};

// Throws base::Failure for what cannot be read. Of a folder, and with --each, only files with
// values for the Camunda chart come.
std::vector<ConvertBatch> read_inputs(const ConvertWords& words);

}  // namespace cli
