#include "cli/post_render_command.hpp"

#include "base/failure.hpp"
#include "cli/console.hpp"
#include "cli/help.hpp"
#include "cli/streams.hpp"
#include "cli/version_command.hpp"
#include "cli/words.hpp"
#include "helm/environment.hpp"
#include "postrender/guard.hpp"
#include "postrender/manifests.hpp"
#include "process/bytes.hpp"
#include "upgrade/accept.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace cli {
namespace {

// Helm may not be at hand: kubectl then takes the namespace of its own context.
std::string namespace_for_kubectl() {
  try {
    return helm::release_namespace();
  } catch (const base::Failure&) {
    return "";
  }
}

void report(const postrender::Guarded& guarded, Console& console) {
  report::Report report;
  report.tool_version = version();
  report.from_app = "8.7";
  report.to_app = "8.8";
  report.findings = guarded.findings;
  console.report(report);
  console.show(guarded.findings);
}

}  // namespace

int run_post_render(const Words& words) {
  const auto line = parse_or_help(helm::Verb::values, words);
  if (!line) {
    write_stdout(post_render_help());
    return 0;
  }
  if (::isatty(STDIN_FILENO) != 0) {
    write_stderr(post_render_help());
    return 1;
  }
  upgrade::require_known_rules(line->own.accept);
  helm::adopt_connection(line->connection);
  Console console(line->own);

  const process::Bytes stream = process::read_everything(STDIN_FILENO, "standard input");
  const auto documents = postrender::split(stream.view());
  postrender::require_manifests(stream.view(), documents);
  const upgrade::Objects objects = postrender::camunda_objects(documents);
  if (upgrade::shape_of(objects) == upgrade::Shape::no_camunda) {
    console.say("c8upgrade: no Camunda in these manifests, passed on as they are");
    write_stdout(stream.view());
    return 0;
  }
  const kube::Client client(namespace_for_kubectl());
  const postrender::Guarded guarded = postrender::guard(objects, *line, client, console);
  report(guarded, console);
  upgrade::stop_at_errors(guarded.findings);
  if (guarded.shape == upgrade::Shape::old_version) {
    console.say("c8upgrade: manifests of 8.7, passed on as they are");
  }
  write_stdout(stream.view());
  return 0;
}

std::string post_render_help() {
  return HelpPage()
      .paragraph(
          "Reads manifests from standard input and prints them when they are a safe upgrade to\n"
          "Camunda 8.8: all of them, unchanged, or nothing. It looks at the release and at what\n"
          "runs, where the cluster can be reached, and refuses what helm c8upgrade refuses.")
      .example("between helm template and kubectl",
               "helm template camunda camunda/camunda-platform -f values-8.8.yaml | c8upgrade "
               "post-render | kubectl apply -f -")
      .example("as post-renderer of Helm 3",
               "helm upgrade camunda camunda/camunda-platform -f values-8.8.yaml --post-renderer "
               "PATH/c8upgrade --post-renderer-args post-render")
      .usage({"c8upgrade post-render [flags]"})
      .flag_group("Checks", {flags::k_accept,
                             {"--no-server-check", "do not ask the API server for its verdict"}})
      .flag_group("Where the cluster is",
                  {{"--namespace NAME, --kube-context NAME, …", "as Helm takes them"}})
      .flag_group("Output", {flags::k_report, flags::k_quiet, flags::k_color})
      .exit_codes("")
      .text();
}

}  // namespace cli
