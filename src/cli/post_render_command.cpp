#include "cli/post_render_command.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "cli/console.hpp"
#include "cli/help.hpp"
#include "cli/messages.hpp"
#include "cli/offline.hpp"
#include "cli/streams.hpp"
#include "cli/version_command.hpp"
#include "helm/calling.hpp"
#include "helm/client.hpp"
#include "helm/environment.hpp"
#include "helm/rendering.hpp"
#include "helm/sources.hpp"
#include "postrender/guard.hpp"
#include "postrender/manifests.hpp"
#include "postrender/translate.hpp"
#include "postrender/words.hpp"
#include "process/ancestors.hpp"
#include "process/bytes.hpp"
#include "upgrade/accept.hpp"
#include "upgrade/changes.hpp"
#include "upgrade/findings.hpp"
#include "upgrade/release.hpp"
#include "upgrade/run.hpp"

#include <charconv>
#include <cstdlib>
#include <exception>
#include <fmt/format.h>
#include <new>
#include <unistd.h>

namespace cli {
namespace {

constexpr int k_ancestors = 8;

// Helm may not be at hand: kubectl then takes the namespace of its own context.
std::string namespace_for_kubectl() {
  try {
    return helm::release_namespace();
  } catch (const base::Failure&) {
    return "";
  }
}

// What a post-renderer of ours does for one that asked Helm for a rendering.
int copy(const std::string& descriptor) {
  const process::Bytes stream = process::read_everything(STDIN_FILENO, "standard input");
  int number = 0;
  const auto [end, error] =
      std::from_chars(descriptor.data(), descriptor.data() + descriptor.size(), number);
  if (error == std::errc() && end == descriptor.data() + descriptor.size()) {
    write_to(number, stream.view());
  }
  write_stdout(stream.view());
  return 0;
}

void say(const base::Failure& failure, bool called_by_helm) {
  std::string text = fmt::format("Error: {}\n", failure.what());
  if (!failure.next().empty()) {
    // Our flags reach us through Helm's.
    const char* accept =
        called_by_helm ? "--post-renderer-args --accept --post-renderer-args " : "--accept ";
    text += base::replace_all(failure.next(), "--accept ", accept) + "\n";
  }
  write_stderr(text);
}

report::Report empty_report() {
  report::Report report;
  report.tool_version = version();
  report.from_app = "8.7";
  report.to_app = "8.8";
  return report;
}

// Secrets that the new pods need and that nobody keeps or makes in this run.
text::Sink changes_by_hand(const upgrade::Changes& changes) {
  std::vector<std::string> names;
  for (const auto* rescues : {&changes.keep, &changes.copy}) {
    for (const upgrade::Rescue& one : *rescues) {
      names.push_back(one.name);
    }
  }
  text::Sink findings;
  if (!names.empty()) {
    const std::string command = fmt::format(
        "kubectl annotate secret {} helm.sh/resource-policy=keep", base::join(names, " "));
    findings.push_back(upgrade::finding(
        "changes-by-hand", names,
        {{"what", "kept"}, {"names", base::enumerate(names)}, {"commands", command}}));
  }
  for (const upgrade::NewSecret& one : changes.make) {
    std::string command = fmt::format("kubectl create secret generic {}", one.name);
    for (const std::string& key : one.keys) {
      command += fmt::format(" --from-literal={}=…", key);
    }
    findings.push_back(
        upgrade::finding("changes-by-hand", {one.name},
                         {{"what", "made"}, {"names", one.name}, {"commands", command}}));
  }
  return findings;
}

class PostRender {
 public:
  PostRender(const Words& words, const std::optional<helm::CallingHelm>& caller)
      : m_words(words),
        m_caller(caller),
        m_own(postrender::own_line(words)),
        m_console(m_own.own) {}

  int run() {
    upgrade::require_known_rules(m_own.own.accept);
    const auto documents = postrender::split(m_stream.view());
    postrender::require_manifests(m_stream.view(), documents);
    m_objects = postrender::camunda_objects(documents);
    const upgrade::Shape shape = upgrade::shape_of(m_objects);
    if (shape == upgrade::Shape::no_camunda) {
      m_console.say("c8upgrade: no Camunda in these manifests, passed on as they are");
      return pass_on();
    }
    prepare_environment();
    if (shape == upgrade::Shape::old_version) {
      return guard(postrender::Doubt{});  // the chart of 8.7 is not to be translated
    }
    try {
      const postrender::HelmWords words =
          postrender::find_words(m_words, m_caller, process::own_directory());
      helm::adopt_connection(words.line.connection);
      return words.sees_cluster ? translate(words) : translate_offline_words(words);
    } catch (const postrender::Doubt& doubt) {
      return guard(doubt);
    }
  }

 private:
  // Every Helm that is called from here on is the one that called us, and none of their
  // post-renderers does more than pass on.
  void prepare_environment() const {
    ::setenv(helm::k_copy_variable, "-", 1);
    // Helm 4 says here where our post-renderer is; the main plugin and its probe are elsewhere.
    ::unsetenv("HELM_PLUGIN_DIR");
    ::unsetenv("HELM_PLUGIN_NAME");
    if (m_caller) {
      ::setenv("HELM_BIN", m_caller->program.c_str(), 1);
    }
  }

  int pass_on() {
    require_written(process::write_everything(STDOUT_FILENO, m_stream));
    return 0;
  }

  int translate(const postrender::HelmWords& words) {
    const kube::Client client(namespace_for_kubectl());
    postrender::Translated result =
        postrender::translate(words, m_stream.view(), client, m_console);
    upgrade::Prepared& prepared = result.prepared;
    if (!words.changes_cluster && words.line.dry_run == helm::DryRun::none) {
      upgrade::append(prepared.report.findings, changes_by_hand(prepared.changes));
    }
    upgrade::accept(prepared.report.findings, words.line.own.accept);
    m_console.report(prepared.report);
    upgrade::show(prepared, m_console);
    upgrade::stop_at_errors(prepared.report.findings);
    if (prepared.failure) {
      throw base::Failure(*prepared.failure);
    }
    if (words.changes_cluster) {
      m_console.progress("preparing the cluster");
      upgrade::carry_out(client, prepared.changes, words.line.positionals.at(0));
    }
    const bool real = words.changes_cluster;
    upgrade::say_changes(prepared, real ? helm::DryRun::none : helm::DryRun::server, m_console);
    if (result.unchanged) {
      return pass_on();
    }
    if (real) {
      m_console.say(
          "  the release stores the values of 8.7 as they are: leave the post-renderer in its "
          "words until they are translated (helm c8upgrade convert)");
      m_console.say("");
    }
    write_stdout(result.stream);
    return 0;
  }

  int translate_offline_words(const postrender::HelmWords& words) {
    postrender::require_same(words, m_stream.view());
    helm::ChartFacts target =
        helm::show_chart(words.line.positionals.at(1), words.line.chart_words);
    rules::Request request = offline_request(words.line);
    request.under = upgrade::enter_umbrella(target, words.line.own.under);
    upgrade::require_target(target);
    request.to = target.version;
    const helm::Handed handed =
        helm::hand_values(translate_offline(words.line, std::move(request), m_console));
    const std::string stream = postrender::render_with(words, handed.words);
    write_stdout(postrender::same_manifests(stream, m_stream.view()) ? m_stream.view()
                                                                     : std::string_view(stream));
    return 0;
  }

  int guard(const postrender::Doubt& doubt) {
    helm::CommandLine line = m_own;
    adopt_words_of_caller(line);
    helm::adopt_connection(line.connection);
    const kube::Client client(namespace_for_kubectl());
    postrender::Guarded guarded = postrender::guard(m_objects, line, client, m_console);
    const bool really =
        m_caller && m_caller->task == helm::Task::upgrade && line.dry_run == helm::DryRun::none;
    report::Report report = empty_report();
    report.findings = guarded.findings;
    m_console.report(report);
    m_console.show(guarded.findings);
    const bool by_hand = !m_own.positionals.empty();
    if ((m_caller || by_hand) && !doubt.reason.empty()) {
      m_console.say(fmt::format("c8upgrade translates no values here: {}", doubt.reason));
      m_console.say(doubt.next + (doubt.next.empty() ? "" : "\n"));
    }
    upgrade::stop_at_errors(guarded.findings);
    if (really) {
      upgrade::carry_out(client, guarded.changes, guarded.release);
      for (const std::string& kept : upgrade::lines_of(guarded.changes, true)) {
        m_console.say("  " + kept);
      }
    }
    if (guarded.shape == upgrade::Shape::old_version) {
      m_console.say("c8upgrade: manifests of 8.7, passed on as they are");
    }
    return pass_on();
  }

  // Release, connection and what is dangerous in Helm's words, as far as they can be read.
  void adopt_words_of_caller(helm::CommandLine& line) const {
    if (!m_caller || !line.positionals.empty()) {
      return;
    }
    try {
      const helm::OwnFlags own = line.own;
      line = helm::parse_command_line(helm::Verb::values, m_caller->words);
      line.own = own;
      if (m_caller->task == helm::Task::template_) {
        line.dry_run = helm::DryRun::server;
      }
    } catch (const base::InternalError&) {
      throw;
    } catch (const base::Failure&) {
      line.dry_run = helm::DryRun::server;  // not understood: nothing is changed
    }
  }

  const Words& m_words;
  const std::optional<helm::CallingHelm>& m_caller;
  const helm::CommandLine m_own;
  Console m_console;
  const process::Bytes m_stream = process::read_everything(STDIN_FILENO, "standard input");
  upgrade::Objects m_objects;
};

}  // namespace

int run_post_render(const Words& words) {
  if (const char* descriptor = std::getenv(helm::k_copy_variable)) {
    return copy(descriptor);
  }
  if (words.size() == 1 && (words[0] == "--help" || words[0] == "-h")) {
    write_stdout(post_render_help());
    return 0;
  }
  if (::isatty(STDIN_FILENO) != 0) {
    write_stderr(post_render_help());
    return 1;
  }
  const auto caller = helm::calling_helm(process::ancestors(k_ancestors));
  const Messages messages(caller ? caller->id : 0);
  const auto end_with = [&](const base::Failure& failure) {
    say(failure, caller.has_value());
    messages.last_words(fmt::format("c8upgrade: {}{}", failure.what(),
                                    messages.file().empty() ? "" : "; see " + messages.file()));
    return failure.exit_code();
  };
  try {
    return PostRender(words, caller).run();
  } catch (const base::Failure& failure) {
    return end_with(failure);
  } catch (const std::bad_alloc&) {
    return end_with(base::Failure("out of memory"));
  } catch (const std::exception& error) {
    return end_with(base::InternalError(error.what()));
  }
}

std::string post_render_help() {
  return HelpPage()
      .paragraph(
          "Reads manifests from standard input and prints those of a safe upgrade to Camunda 8.8, "
          "all\n"
          "of them, or nothing.\n\n"
          "Run by Helm (--post-renderer) it reads Helm's words, translates the values of 8.7 and\n"
          "prints what they give. Where it is not sure of the words, and in a pipe, it is a guard: "
          "the\n"
          "same bytes go out when they are safe. It refuses what helm c8upgrade refuses.")
      .example("a guard between helm template and kubectl",
               "helm template camunda CHART -f values-8.8.yaml | c8upgrade post-render | kubectl "
               "apply -f -")
      .example("the words that make Helm run it", "helm c8upgrade post-renderer")
      .usage({"c8upgrade post-render [flags of c8upgrade] [RELEASE CHART and flags of Helm]"})
      .flag_group("Checks", {flags::k_accept,
                             {"--no-server-check", "do not ask the API server for its verdict"}})
      .flag_group("Where the cluster is",
                  {{"--namespace NAME, --kube-context NAME, …", "as Helm takes them"}})
      .flag_group("Output", {flags::k_report, flags::k_quiet, flags::k_color})
      .exit_codes("")
      .text();
}

}  // namespace cli
