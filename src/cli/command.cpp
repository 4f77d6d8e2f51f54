#include "cli/command.hpp"

#include "base/failure.hpp"
#include "cli/convert_command.hpp"
#include "cli/explain_command.hpp"
#include "cli/finish_command.hpp"
#include "cli/help.hpp"
#include "cli/plan_command.hpp"
#include "cli/post_render_command.hpp"
#include "cli/post_renderer_command.hpp"
#include "cli/secrets_command.hpp"
#include "cli/streams.hpp"
#include "cli/template_command.hpp"
#include "cli/upgrade_command.hpp"
#include "cli/validate_command.hpp"
#include "cli/values_command.hpp"
#include "cli/version_command.hpp"
#include "cli/watch_command.hpp"

#include <algorithm>
#include <array>

namespace cli {
namespace {

constexpr std::array k_commands = {
    Command{"plan", "what the upgrade would do, without doing it", run_plan, plan_help},
    Command{"watch", "follow rollout and migration to their end", run_watch, watch_help},
    Command{"validate", "look whether the release is what it should be after the upgrade",
            run_validate, validate_help},
    Command{"finish", "end the migration when it is complete", run_finish, finish_help},
    Command{"secrets", "save the Secrets that an upgrade would delete", run_secrets, secrets_help},
    Command{"upgrade", "the main job in its long form, for a release called like a command",
            run_upgrade, upgrade_help},
    Command{"values", "print the translated, merged values, as Helm would be given them",
            run_values, values_help},
    Command{"template", "helm template with the translated values", run_template, template_help},
    Command{"convert", "translate the values files that you keep, comments and all", run_convert,
            convert_help},
    Command{"post-render", "check manifests on their way to Kubernetes: what --post-renderer runs",
            run_post_render, post_render_help},
    Command{"post-renderer",
            "how to let a helm upgrade that you cannot change run through c8upgrade",
            run_post_renderer, post_renderer_help},
    Command{"explain", "why a key goes where it goes, and what a rule means", run_explain,
            explain_help},
    Command{"version", "print the version", run_version, version_help},
    Command{"help", "print this, or what a command does", run_help, main_help},
};

constexpr std::array<std::string_view, 1> k_names_kept = {"verify"};

bool asks_for_help(const Words& words) {
  return words.size() == 1 && (words[0] == "--help" || words[0] == "-h");
}

}  // namespace

std::span<const Command> commands() {
  return k_commands;
}

const Command* find_command(std::string_view name) {
  const auto found = std::find_if(k_commands.begin(), k_commands.end(),
                                  [&](const Command& command) { return command.name == name; });
  return found == k_commands.end() ? nullptr : &*found;
}

int dispatch(const Words& words) {
  if (words.empty() || asks_for_help(words)) {
    write_stdout(main_help());
    return 0;
  }
  // Alone it asks for ours; with a value it is Helm's, the version of the chart.
  if (words.size() == 1 && words[0] == "--version") {
    return run_version({});
  }
  const Command* command = find_command(words[0]);
  if (command == nullptr) {
    const std::string& name = words[0];
    if (std::find(k_names_kept.begin(), k_names_kept.end(), name) != k_names_kept.end()) {
      throw base::Failure(
          "this version of c8upgrade has no command '" + name + "'",
          "If it is the release's name: helm c8upgrade upgrade " + name + " CHART …");
    }
    return run_upgrade(words);
  }
  const Words rest(words.begin() + 1, words.end());
  if (asks_for_help(rest)) {
    write_stdout(command->help());
    return 0;
  }
  return command->run(rest);
}

}  // namespace cli
