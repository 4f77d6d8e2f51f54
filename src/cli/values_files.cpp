#include "cli/values_files.hpp"

#include "base/failure.hpp"
#include "cli/output_file.hpp"
#include "upgrade/accept.hpp"

#include <filesystem>
#include <fmt/format.h>

namespace cli {

ValuesFiles::ValuesFiles(const helm::CommandLine& line) {
  for (const helm::ValueWord& word : line.values) {
    if (word.kind != helm::ValueKind::file) {
      continue;
    }
    std::error_code error;
    if (!std::filesystem::is_regular_file(word.text, error)) {
      throw base::Failure(fmt::format("-f {} is no file that could be replaced", word.text),
                          "Give the files themselves, or leave --in-place out.");
    }
    require_replaceable(word.text);
    m_paths.push_back(word.text);
    m_sources.emplace_back(word.text, read_input(word.text));
    convert::require_plain_values(m_sources.back());
    m_texts.push_back(m_sources.back().bytes());
  }
  if (m_paths.empty()) {
    throw base::Failure("--in-place needs values files: -f FILE");
  }
}

void ValuesFiles::convert(const rules::Request& request) {
  convert::Conversion conversion = convert::convert(m_sources, request);
  upgrade::stop_at_errors(conversion.notes);
  m_texts = std::move(conversion.texts);
}

std::vector<std::string> ValuesFiles::changed() const {
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < m_paths.size(); ++i) {
    if (m_texts[i] != m_sources[i].bytes()) {
      paths.push_back(m_paths[i]);
    }
  }
  return paths;
}

void ValuesFiles::write() const {
  for (std::size_t i = 0; i < m_paths.size(); ++i) {
    if (m_texts[i] != m_sources[i].bytes()) {
      replace_file(m_paths[i], m_texts[i]);
    }
  }
}

}  // namespace cli
