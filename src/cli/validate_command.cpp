#include "cli/validate_command.hpp"

#include "base/failure.hpp"
#include "cli/help.hpp"
#include "cli/plan_view.hpp"
#include "cli/release_words.hpp"
#include "cli/streams.hpp"
#include "follow/validate.hpp"
#include "helm/environment.hpp"
#include "text/colour.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <optional>
#include <unistd.h>

namespace cli {
namespace {

using follow::Check;
using follow::Verdict;
using text::Colour;

std::string table(const std::vector<Check>& checks, bool colour) {
  constexpr std::size_t k_column = 20;
  constexpr std::size_t k_width = 100;
  std::string out;
  for (const Check& check : checks) {
    const Colour tint = check.verdict == Verdict::right   ? Colour::green
                        : check.verdict == Verdict::wrong ? Colour::red
                                                          : Colour::yellow;
    out += fmt::format("{}  {:<10} {}\n",
                       text::coloured(fmt::format("{:<7}", name(check.verdict)), tint, colour),
                       check.what, wrapped(check.detail, k_column, k_width));
  }
  return out;
}

std::string json(const std::vector<Check>& checks) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Check& check : checks) {
    list.push_back(
        {{"check", check.what}, {"verdict", name(check.verdict)}, {"detail", check.detail}});
  }
  return nlohmann::ordered_json{{"checks", list}}.dump(2, ' ', false,
                                                       nlohmann::json::error_handler_t::replace) +
         "\n";
}

}  // namespace

int run_validate(const Words& words) {
  ReleaseWords given("validate");
  std::string format = "text";
  given.parser().add_option("--format", format)->check(CLI::IsMember({"text", "json"}));
  std::string url;
  kube::Login login;
  given.parser().add_option("--url", url);
  given.parser().add_option("--url-ca", login.ca_file);
  if (!given.parse(words)) {
    write_stdout(validate_help());
    return 0;
  }
  const kube::Client client(helm::release_namespace());
  if (!client.available()) {
    throw base::Failure("there is no kubectl", "Install kubectl, or set C8UPGRADE_KUBECTL to it.");
  }
  std::optional<kube::Site> site;
  if (!url.empty()) {
    site.emplace(url, login);
  }
  const std::vector<Check> checks =
      follow::validate_release(client, given.release, site ? &*site : nullptr);
  const bool colour = text::wants_colour(*text::parse_colour_choice(given.color), STDOUT_FILENO);
  write_stdout(format == "json" ? json(checks) : table(checks, colour));
  return std::any_of(checks.begin(), checks.end(),
                     [](const Check& check) { return check.verdict == Verdict::wrong; })
             ? 1
             : 0;
}

std::string validate_help() {
  return HelpPage()
      .paragraph(
          "Looks whether a release is what the upgrade should have made of it: its revision,\n"
          "workloads, images and objects of 8.7 that are left, Secrets that pods refer to, the\n"
          "brokers and their partitions as they say themselves, the addresses, and the migration.\n"
          "It changes nothing.")
      .example("after the upgrade", "helm c8upgrade validate camunda -n camunda")
      .example("for a program", "helm c8upgrade validate camunda -n camunda --format json")
      .usage({"helm c8upgrade validate RELEASE [flags]"})
      .flag_group("Flags",
                  {{"--url URL",
                    "ask the brokers here instead of through the API server: their\n"
                    "management API (http://localhost:9600 of a port-forward) or the\n"
                    "REST API; a name and password may stand in the URL"},
                   {"--url-ca FILE", "whom to trust there instead of the system's authorities"},
                   {"--format text|json", "a table (default) or JSON"},
                   flags::k_color})
      .paragraph("Helm's flags for the connection work as everywhere: -n, --kube-context, …")
      .exit_codes({"0  nothing is wrong (what could not be asked is \"unknown\")",
                   "1  something is wrong, or it could not look"})
      .text();
}

}  // namespace cli
