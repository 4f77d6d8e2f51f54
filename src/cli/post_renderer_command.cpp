#include "cli/post_renderer_command.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "cli/help.hpp"
#include "cli/streams.hpp"
#include "helm/client.hpp"
#include "helm/rendering.hpp"
#include "postrender/words.hpp"
#include "process/launch.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace cli {
namespace {

constexpr std::string_view k_run = "--run";

// As a shell reads it back.
std::string quoted(const std::string& word) {
  constexpr std::string_view k_plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:=,@%+";
  if (!word.empty() && word.find_first_not_of(k_plain) == std::string::npos) {
    return word;
  }
  return "'" + base::replace_all(word, "'", "'\\''") + "'";
}

// Becomes the program. "helm" is the Helm that called us.
[[noreturn]] void run(Words program, const helm::PostRendererWords& ours) {
  process::Command command;
  command.program = program.front() == "helm" ? helm::binary() : program.front();
  program.erase(program.begin());
  // What stands behind "--" is no flag any more.
  program.insert(std::find(program.begin(), program.end(), "--"), ours.words.begin(),
                 ours.words.end());
  command.args = std::move(program);
  if (!ours.plugins.empty()) {
    command.environment.push_back("HELM_PLUGINS=" + ours.plugins);
  }
  process::replace(command);
}

}  // namespace

int run_post_renderer(const Words& words) {
  const auto run_flag = std::find(words.begin(), words.end(), k_run);
  const Words own(words.begin(), run_flag);
  if (std::find(own.begin(), own.end(), "--help") != own.end()) {
    write_stdout(post_renderer_help());
    return 0;
  }
  (void)postrender::own_line(own);  // a mistake in them is told here and not in the pipeline
  const helm::PostRendererWords ours = helm::post_renderer_words(own);
  if (run_flag != words.end()) {
    Words program(run_flag + 1, words.end());
    if (!program.empty() && program.front() == "--") {
      program.erase(program.begin());
    }
    if (program.empty()) {
      throw base::Failure("--run wants the command that is to be run",
                          "helm c8upgrade post-renderer --run -- helm upgrade RELEASE CHART …");
    }
    run(std::move(program), ours);
  }
  std::string line = ours.plugins.empty() ? "" : "HELM_PLUGINS=" + quoted(ours.plugins) + " ";
  line += "helm upgrade RELEASE CHART …";
  for (const std::string& word : ours.words) {
    line += " " + quoted(word);
  }
  write_stdout(line + "\n");
  return 0;
}

std::string post_renderer_help() {
  return HelpPage()
      .paragraph(
          "Prints how this Helm is told to run c8upgrade as its post-renderer: a helm upgrade "
          "with\n"
          "8.7's values then ends in 8.8. With --run it adds these words to one call and runs it.")
      .example("the words for your pipeline", "helm c8upgrade post-renderer")
      .example("the same, accepting an error that you have looked at",
               "helm c8upgrade post-renderer --accept RULE")
      .example("for one call",
               "helm c8upgrade post-renderer --run -- helm upgrade camunda "
               "camunda/camunda-platform -f values.yaml")
      .usage({"helm c8upgrade post-renderer [flags of c8upgrade]",
              "helm c8upgrade post-renderer [flags of c8upgrade] --run -- COMMAND [words]"})
      .exit_codes("the command")
      .text();
}

}  // namespace cli
