#include "cli/watch_command.hpp"

#include "base/failure.hpp"
#include "cli/help.hpp"
#include "cli/release_words.hpp"
#include "cli/streams.hpp"
#include "helm/client.hpp"
#include "helm/environment.hpp"
#include "text/colour.hpp"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <optional>
#include <unistd.h>

namespace cli {
namespace {

constexpr int k_interrupted = 130;

std::string next_step(follow::End end, bool has_migration, const std::string& place) {
  switch (end) {
    case follow::End::complete:
      return has_migration ? fmt::format(
                                 "Look at it: helm c8upgrade validate {0}\n"
                                 "End the migration: helm c8upgrade finish {0} CHART "
                                 "--version VERSION",
                                 place)
                           : std::string();
    case follow::End::failed:
      return "";
    default:
      return "Come back: helm c8upgrade watch " + place;
  }
}

// Remembers what the last word depends on.
class Remembering : public follow::View {
 public:
  explicit Remembering(follow::View& view) : m_view(view) {}

  void look(const follow::Look& look) override {
    has_migration = look.state.has_migration;
    m_view.look(look);
  }
  void trouble(const text::Diagnostic& one) override { m_view.trouble(one); }
  void say(std::string_view sentence) override { m_view.say(sentence); }

  bool has_migration = false;

 private:
  follow::View& m_view;
};

// Elasticsearch or OpenSearch with the login of the release's own brokers.
kube::Site search_site(const std::string& name, const std::string& url, const std::string& ca) {
  const auto release = helm::get_release(name);
  kube::Login login;
  if (release) {
    login = follow::search_login(kube::Client(release->release_namespace),
                                 upgrade::objects_of(release->manifest));
  }
  login.ca_file = ca;
  return kube::Site(url, login);
}

}  // namespace

int watch_release(const follow::WatchWords& words, WatchFormat format, bool colour) {
  const std::string where = helm::release_namespace();
  const kube::Client client(where);
  if (!client.available()) {
    throw base::Failure("there is no kubectl", "Install kubectl, or set C8UPGRADE_KUBECTL to it.");
  }
  const std::unique_ptr<WatchView> view = watch_view(format, colour);
  Remembering remembering(*view);
  const process::Interrupt interrupt;
  const follow::End end = follow::watch(client, words, remembering, interrupt);
  view->end(end, next_step(end, remembering.has_migration,
                           fmt::format("{} --namespace {}", words.release, where)));
  return end == follow::End::complete ? 0 : end == follow::End::interrupted ? k_interrupted : 1;
}

WatchFormat watch_format() {
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal == nullptr || terminal == std::string_view("dumb");
  return ::isatty(STDOUT_FILENO) == 1 && !dumb ? WatchFormat::live : WatchFormat::lines;
}

int run_watch(const Words& words) {
  ReleaseWords given("watch");
  follow::WatchWords watch;
  std::string timeout = "0s";
  std::string stall = "10m";
  std::string interval = "2s";
  std::string format = "text";
  given.parser().add_option("--timeout", timeout);
  given.parser().add_option("--stall", stall);
  given.parser().add_option("--interval", interval);
  given.parser().add_option("--format", format)->check(CLI::IsMember({"text", "json"}));
  given.parser().add_flag("--restart-importer", watch.restart_importer);
  std::string search_url;
  std::string search_ca;
  given.parser().add_option("--search-url", search_url);
  given.parser().add_option("--search-ca", search_ca);
  if (!given.parse(words)) {
    write_stdout(watch_help());
    return 0;
  }
  watch.release = given.release;
  watch.timeout = duration("--timeout", timeout);
  watch.stall = duration("--stall", stall);
  watch.interval = std::max(duration("--interval", interval), std::chrono::seconds(1));
  std::optional<follow::ImportPositions> positions;
  if (!search_url.empty()) {
    positions.emplace(search_site(given.release, search_url, search_ca));
    watch.positions = &*positions;
  }
  const bool colour = text::wants_colour(*text::parse_colour_choice(given.color), STDOUT_FILENO);
  return watch_release(watch, format == "json" ? WatchFormat::json : watch_format(), colour);
}

std::string watch_help() {
  return HelpPage()
      .paragraph(
          "Follows a release after the upgrade until every pod is ready and the migration Jobs\n"
          "are complete: what each waits for, what is wrong with a pod and what helps, the last\n"
          "line of a running Job. It changes nothing and may be started and ended at any time:\n"
          "the migration goes on by itself. The importer has no end of its own; what counts is\n"
          "the data migration's Job.")
      .example("to the end", "helm c8upgrade watch camunda -n camunda")
      .example("in a pipeline", "helm c8upgrade watch camunda -n camunda --timeout 3h")
      .example("restart the importer when nothing has moved for a while",
               "helm c8upgrade watch camunda -n camunda --stall 10m --restart-importer")
      .usage({"helm c8upgrade watch RELEASE [flags]"})
      .flag_group("Flags",
                  {{"--timeout TIME", "give up watching after this time (default: never)"},
                   {"--stall TIME",
                    "say so when nothing has moved for this time (default 10m;\n"
                    "0 for never)"},
                   {"--restart-importer", "then restart the importer, once: the known remedy"},
                   {"--interval TIME", "how often to look (default 2s)"},
                   {"--search-url URL",
                    "show the import positions of this Elasticsearch or OpenSearch\n"
                    "(http://localhost:9200 of a port-forward); the login is that of the\n"
                    "release's brokers"},
                   {"--search-ca FILE", "whom to trust there instead of the system's authorities"},
                   {"--format text|json", "json: one object a line for every change"},
                   flags::k_color})
      .paragraph("Helm's flags for the connection work as everywhere: -n, --kube-context, …")
      .exit_codes({"0  everything is ready, the migration is complete",
                   "1  a Job has failed, the time is up, or it could not look",
                   "130  interrupted; the migration goes on"})
      .text();
}

}  // namespace cli
