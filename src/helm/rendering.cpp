#include "helm/rendering.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "helm/call.hpp"
#include "helm/client.hpp"
#include "process/bytes.hpp"
#include "process/memfd.hpp"

#include <cstdlib>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>
#include <utility>

namespace helm {
namespace {

constexpr const char* k_plugin = "c8upgrade-postrenderer";

std::string folder_of(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

// The folder of our post-renderer for Helm 4: beside bin/ of the installed plugin.
std::string plugin_folder() {
  const std::string folder =
      folder_of(folder_of(folder_of(process::own_executable()))) + "/postrenderer";
  if (::access(fmt::format("{}/{}/plugin.yaml", folder, k_plugin).c_str(), R_OK) != 0) {
    throw base::Failure("the plugin is not complete: its folder `postrenderer` is missing",
                        "Install the plugin again.");
  }
  return folder;
}

// Helm 4 takes post-renderers by the name of a plugin only.
std::string plugins_with_ours() {
  const std::string ours = plugin_folder();
  const char* given = std::getenv("HELM_PLUGINS");
  std::string plugins = given == nullptr ? "" : given;
  if (plugins.empty()) {
    const auto outcome = process::capture(helm_command({"env", "HELM_PLUGINS"}));
    require_ran(outcome);
    plugins = base::trim(outcome.out);
  }
  for (const std::string_view folder : base::split(plugins, ':')) {
    if (::access(fmt::format("{}/{}/plugin.yaml", folder, k_plugin).c_str(), R_OK) == 0) {
      return plugins;  // a second plugin of that name would hide both
    }
  }
  return plugins + ":" + ours;
}

std::string hooks_of(const std::string& out) {
  const std::size_t begin = out.find_first_of("{[");
  if (begin == std::string::npos) {
    return "";
  }
  const auto filter = [](int depth, nlohmann::json::parse_event_t event, nlohmann::json& key) {
    return !(depth == 1 && event == nlohmann::json::parse_event_t::key && key != "hooks");
  };
  const auto release = nlohmann::json::parse(out.begin() + static_cast<std::ptrdiff_t>(begin),
                                             out.end(), filter, false);
  if (release.is_discarded() || !release.is_object() || !release.contains("hooks")) {
    return "";
  }
  nlohmann::json manifests = nlohmann::json::array();
  for (const auto& hook : release["hooks"]) {
    manifests.push_back(hook.value("manifest", std::string()));
  }
  return manifests.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

PostRendererWords post_renderer_words(const std::vector<std::string>& args) {
  PostRendererWords answer;
  std::vector<std::string> all;
  if (major_version() == 3) {
    answer.words = {"--post-renderer", process::own_executable()};
    all.emplace_back("post-render");
  } else {
    answer.words = {"--post-renderer", k_plugin};  // plugin.yaml names the command
    answer.plugins = plugins_with_ours();
  }
  all.insert(all.end(), args.begin(), args.end());
  for (const std::string& arg : all) {
    answer.words.insert(answer.words.end(), {"--post-renderer-args", arg});
  }
  return answer;
}

std::vector<Streamed> render_streams(const std::vector<StreamCall>& calls) {
  const bool by_path = major_version() == 3;
  const PostRendererWords ours = post_renderer_words({});
  std::vector<process::Command> commands;
  std::vector<int> copies;
  for (const StreamCall& call : calls) {
    copies.push_back(process::make_memfd("manifests", ""));
    std::vector<std::string> words = {std::string(word_of(call.task))};
    words.insert(words.end(), call.words.begin(), call.words.end());
    if (!call.printed) {
      words.insert(words.end(), ours.words.begin(), ours.words.end());
    }
    if (by_path && call.task != Task::template_) {
      words.insert(words.end(), {"-o", "json"});
    }
    // The Helm that is given the stream validates it, before it applies anything: here it would
    // take more time than rendering (Helm 3: three quarters of a dry run).
    if (call.task != Task::template_) {
      words.emplace_back("--disable-openapi-validation");
    }
    process::Command command = helm_command(std::move(words));
    command.environment.push_back(fmt::format("{}={}", k_copy_variable, copies.back()));
    if (!ours.plugins.empty()) {
      command.environment.push_back("HELM_PLUGINS=" + ours.plugins);
    }
    commands.push_back(std::move(command));
  }
  announce("rendering the manifests");
  std::vector<Streamed> answers;
  const auto outcomes = process::capture_all(commands);
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    require_ran(outcomes[i]);
    Streamed answer;
    answer.ok = outcomes[i].exit_code == 0;
    if (answer.ok && calls[i].printed) {
      answer.stream = outcomes[i].out;
    } else if (answer.ok) {
      ::lseek(copies[i], 0, SEEK_SET);
      answer.stream = process::read_everything(copies[i], "Helm's rendering").view();
      answer.hooks = by_path ? hooks_of(outcomes[i].out) : "";
    } else {
      answer.error = error_words(outcomes[i].err);
    }
    ::close(copies[i]);
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace helm
