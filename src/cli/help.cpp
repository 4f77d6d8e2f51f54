#include "cli/help.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "cli/streams.hpp"
#include "cli/upgrade_command.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace cli {
namespace flags {

const FlagHelp k_report = {"--report FILE", "write what was done and found as JSON to this file"};
const FlagHelp k_accept = {"--accept RULE",
                           "go on in spite of the error with this id; may be given several times"};
const FlagHelp k_mode = {"--mode translate|compat",
                         "compat: what the chart's compatibility layer carries truly\n"
                         "stays in the structure of 8.7 (default translate)"};
const FlagHelp k_under = {"--under NAME",
                          "the block of Camunda in the values of a chart that has it as a\n"
                          "dependency: its name or alias there"};
const FlagHelp k_context_path = {
    "--context-path PATH",
    "where Operate, Tasklist and the API are served, when the paths of\n"
    "8.7 do not say it"};
const FlagHelp k_migration = {"--migration on|off|auto",
                              "the migration of the data (default auto)"};
const FlagHelp k_identity_migration = {"--identity-migration on|off|auto",
                                       "the migration of users' rights (default auto: on when\n"
                                       "Management Identity was in use)"};
const FlagHelp k_identity_migration_client_id = {
    "--identity-migration-client-id ID",
    "its client, when the provider is not the chart's Keycloak"};
const FlagHelp k_identity_migration_secret = {"--identity-migration-secret NAME[:KEY]",
                                              "the Secret with that client's password"};
const FlagHelp k_identity_migration_claim = {"--identity-migration-claim NAME=VALUE",
                                             "the claim of the token that tells that client"};
const FlagHelp k_quiet = {"--quiet", "warnings and errors only"};
const FlagHelp k_color = {"--color never|auto|always",
                          "colours in messages (default auto; NO_COLOR is respected)"};

}  // namespace flags

HelpPage& HelpPage::paragraph(std::string_view text) {
  m_text += fmt::format("{}\n\n", text);
  return *this;
}

HelpPage& HelpPage::example(std::string_view purpose, std::string_view command) {
  if (!m_has_example) {
    m_text += "Examples:\n";
    m_has_example = true;
  }
  m_text += fmt::format("  # {}\n  {}\n\n", purpose, command);
  return *this;
}

HelpPage& HelpPage::usage(std::initializer_list<std::string_view> lines) {
  m_text += "Usage:\n";
  for (const std::string_view line : lines) {
    m_text += fmt::format("  {}\n", line);
  }
  m_text += "\n";
  return *this;
}

HelpPage& HelpPage::command_list() {
  m_text += "Commands (helm c8upgrade COMMAND --help says more):\n";
  for (const Command& command : commands()) {
    m_text += fmt::format("  {:<13} {}\n", command.name, command.purpose);
  }
  m_text += "\n";
  return *this;
}

HelpPage& HelpPage::flag_group(std::string_view title, std::initializer_list<FlagHelp> flags) {
  constexpr std::size_t k_column = 30;  // where the texts begin
  m_text += fmt::format("{}:\n", title);
  for (const FlagHelp& flag : flags) {
    const auto lines = base::split(flag.text, '\n');
    std::string head = fmt::format("  {}", flag.flag);
    for (const std::string_view line : lines) {
      if (head.size() + 2 > k_column &&
          !line.empty()) {  // a long flag has its first line to itself
        m_text += head + "\n";
        head.clear();
      }
      m_text += line.empty() ? head + "\n" : fmt::format("{:<{}}{}\n", head, k_column, line);
      head.clear();
    }
  }
  m_text += "\n";
  return *this;
}

HelpPage& HelpPage::exit_codes(std::string_view delegated, std::string_view two) {
  m_text += "Exit codes:\n";
  m_text += "  0  done\n";
  m_text += "  1  it could not: wrong words, a broken file, Helm missing\n";
  m_text += two.empty() ? std::string() : fmt::format("  2  {}\n", two);
  m_text += "  3  stopped by an error before anything was changed\n";
  if (!delegated.empty()) {
    m_text += fmt::format("  what {} returns is returned as it is\n", delegated);
  }
  return *this;
}

HelpPage& HelpPage::exit_codes(std::initializer_list<std::string_view> lines) {
  m_text += "Exit codes:\n";
  for (const std::string_view line : lines) {
    m_text += fmt::format("  {}\n", line);
  }
  return *this;
}

int run_help(const Words& words) {
  if (words.empty()) {
    write_stdout(main_help());
    return 0;
  }
  const Command* command = find_command(words[0]);
  if (command == nullptr || words.size() > 1) {
    std::vector<std::string> names;
    for (const Command& known : commands()) {
      names.emplace_back(known.name);
    }
    throw base::Failure(fmt::format("no command '{}'", base::join(words, " ")),
                        "The commands are " + base::enumerate(names) + ".");
  }
  write_stdout(command->help());
  return 0;
}

std::string main_help() {
  return upgrade_help();
}

}  // namespace cli
