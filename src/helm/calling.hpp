// The Helm that runs us as its post-renderer, and what it was told to do.
#pragma once

#include "helm/command_line.hpp"
#include "process/ancestors.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helm {

enum class Task { upgrade, install, template_ };  // NOLINT(readability-identifier-naming)
std::string_view word_of(Task);
// Nothing for a word that is none of the three.
std::optional<Task> task_of(std::string_view word);

struct CallingHelm {
  int id = 0;
  std::string program;  // to be run again
  std::string directory;
  Task task = Task::upgrade;
  std::vector<std::string> words;  // behind the task's word, as the person wrote them
};

// The nearest of our ancestors whose words are those of a Helm that runs a post-renderer. A shell,
// a CI runner or another plugin is none.
std::optional<CallingHelm> calling_helm(const std::vector<process::Ancestor>&);

// The words without these flags and their values. Throws base::Failure for words that Helm would
// not understand either.
std::vector<std::string> without_flags(const std::vector<std::string>& words,
                                       std::initializer_list<std::string_view> names);

}  // namespace helm
