// The values files of an upgrade's words, to be written back: as `convert --in-place` does it.
#pragma once

#include "convert/convert.hpp"
#include "helm/command_line.hpp"
#include "rules/request.hpp"
#include "text/source.hpp"

#include <string>
#include <vector>

namespace cli {

class ValuesFiles {
 public:
  // Reads the files. Throws base::Failure when there are none, when one is no file that can be
  // replaced (standard input, a URL), and for what is no plain values file.
  explicit ValuesFiles(const helm::CommandLine&);

  // Translates them; nothing is written yet. Throws base::Failure when errors stop it.
  void convert(const rules::Request&);

  // Those that become something else.
  std::vector<std::string> changed() const;
  // Replaces them, each in one step.
  void write() const;

 private:
  std::vector<std::string> m_paths;
  std::vector<text::Source> m_sources;
  std::vector<std::string> m_texts;
};

}  // namespace cli
