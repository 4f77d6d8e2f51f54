// What is needed to execute a program: its file, its environment, and words for failure.
#pragma once

#include <string>
#include <vector>

namespace process {

// The file that a shell would run for this word, or nothing and an errno.
std::string resolve(const std::string& program, int& error);

// 127 or 126, as a shell says it.
int shell_code_of_error(int error);

// "helm: not found"
std::string cannot_run(const std::string& program, int error);

// Our environment with edits ("NAME=value" sets, "NAME" removes), in the form that exec takes.
class Environment {
 public:
  explicit Environment(const std::vector<std::string>& edits);

  char* const* pointers() const { return m_pointers.data(); }

 private:
  std::vector<std::string> m_variables;
  std::vector<char*> m_pointers;
};

}  // namespace process
