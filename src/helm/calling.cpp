#include "helm/calling.hpp"

#include "base/failure.hpp"
#include "helm/flags.hpp"
#include "helm/words.hpp"

#include <algorithm>
#include <utility>

namespace helm {
namespace {

std::vector<Group> read_helm_words(const std::vector<std::string>& words) {
  const auto find = [](const auto& matches) -> const Flag* {
    const auto table = flag_table();
    const auto found = std::find_if(table.begin(), table.end(), [&](const Flag& flag) {
      return flag.group != FlagGroup::own && matches(flag);
    });
    return found == table.end() ? nullptr : &*found;
  };
  const Lookup lookup{[&](std::string_view name) {
                        return find([&](const Flag& flag) { return flag.name == name; });
                      },
                      [&](char shorthand) {
                        return find([&](const Flag& flag) { return flag.shorthand == shorthand; });
                      }};
  return read_words(words, lookup, [](const std::string& flag) {
    throw base::Failure(flag + " is no flag of Helm that c8upgrade knows");
  });
}

std::optional<CallingHelm> helm_of(const process::Ancestor& process) {
  if (process.words.size() < 2) {
    return std::nullopt;
  }
  const std::vector<std::string> words(process.words.begin() + 1, process.words.end());
  std::vector<Group> groups;
  try {
    groups = read_helm_words(words);
  } catch (const base::InternalError&) {
    throw;
  } catch (const base::Failure&) {
    return std::nullopt;
  }
  const auto command = std::find_if(groups.begin(), groups.end(),
                                    [](const Group& one) { return one.flags.empty(); });
  const auto task = command == groups.end() ? std::nullopt : task_of(command->words.front());
  if (!task) {
    return std::nullopt;
  }
  CallingHelm helm{process.id, process.executable, process.directory, *task, {}};
  bool runs_a_post_renderer = false;
  for (const Group& group : groups) {
    if (&group != &*command) {
      helm.words.insert(helm.words.end(), group.words.begin(), group.words.end());
    }
    runs_a_post_renderer =
        runs_a_post_renderer ||
        std::any_of(group.flags.begin(), group.flags.end(), [](const Occurrence& one) {
          return one.flag->name == "post-renderer" && !one.value.empty();
        });
  }
  if (helm.program.empty()) {
    helm.program = process.words.front();
  }
  return runs_a_post_renderer ? std::optional(std::move(helm)) : std::nullopt;
}

}  // namespace

std::string_view word_of(Task task) {
  switch (task) {
    case Task::install:
      return "install";
    case Task::template_:
      return "template";
    case Task::upgrade:
      break;
  }
  return "upgrade";
}

std::optional<Task> task_of(std::string_view word) {
  for (const Task task : {Task::upgrade, Task::install, Task::template_}) {
    if (word == word_of(task)) {
      return task;
    }
  }
  return std::nullopt;
}

std::optional<CallingHelm> calling_helm(const std::vector<process::Ancestor>& ancestors) {
  for (const process::Ancestor& ancestor : ancestors) {
    if (auto helm = helm_of(ancestor)) {
      return helm;
    }
  }
  return std::nullopt;
}

std::vector<std::string> without_flags(const std::vector<std::string>& words,
                                       std::initializer_list<std::string_view> names) {
  std::vector<std::string> kept;
  for (const Group& group : read_helm_words(words)) {
    if (group.flags.empty()) {
      kept.push_back(group.words.front());
    }
    for (const Occurrence& one : group.flags) {
      if (std::find(names.begin(), names.end(), one.flag->name) == names.end()) {
        kept.insert(kept.end(), one.words.begin(), one.words.end());
      }
    }
  }
  return kept;
}

}  // namespace helm
