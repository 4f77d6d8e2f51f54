#include "process/program.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <unistd.h>

namespace process {
namespace {

constexpr int k_not_found = 127;
constexpr int k_not_executable = 126;

std::string_view variable_name(std::string_view assignment) {
  return assignment.substr(0, assignment.find('='));
}

}  // namespace

int shell_code_of_error(int error) {
  return error == ENOENT || error == ENOTDIR ? k_not_found : k_not_executable;
}

std::string cannot_run(const std::string& program, int error) {
  return error == ENOENT ? program + ": not found" : program + ": " + std::strerror(error);
}

// The file that a shell would run. An errno in `error` when there is none.
std::string resolve(const std::string& program, int& error) {
  error = 0;
  if (program.find('/') != std::string::npos) {
    return program;
  }
  error = ENOENT;
  const char* path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "/usr/bin:/bin" : path;
  while (!program.empty()) {
    const auto end = rest.find(':');
    const std::string_view folder = rest.substr(0, end);
    std::string file = (folder.empty() ? "." : std::string(folder)) + "/" + program;
    if (::access(file.c_str(), X_OK) == 0 && !std::filesystem::is_directory(file)) {
      error = 0;
      return file;
    }
    if (::access(file.c_str(), F_OK) == 0) {
      error = EACCES;
    }
    if (end == std::string_view::npos) {
      break;
    }
    rest.remove_prefix(end + 1);
  }
  return {};
}

Environment::Environment(const std::vector<std::string>& edits) {
  for (char** entry = ::environ; *entry != nullptr; ++entry) {
    const bool edited = std::any_of(edits.begin(), edits.end(), [&](const std::string& edit) {
      return variable_name(edit) == variable_name(*entry);
    });
    if (!edited) {
      m_variables.emplace_back(*entry);
    }
  }
  for (const std::string& edit : edits) {
    if (edit.find('=') != std::string::npos) {
      m_variables.push_back(edit);
    }
  }
  for (std::string& variable : m_variables) {
    m_pointers.push_back(variable.data());
  }
  m_pointers.push_back(nullptr);
}

}  // namespace process
