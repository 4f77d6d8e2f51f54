// The pages that --help prints: examples first, then the flags in groups, then the exit codes.
#pragma once

#include "cli/command.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

namespace cli {

struct FlagHelp {
  std::string_view flag;  // "--migration on|off|auto"
  std::string_view text;  // lines are separated by '\n'
};

// Flags that several commands share.
namespace flags {
extern const FlagHelp k_report;
extern const FlagHelp k_accept;
extern const FlagHelp k_mode;
extern const FlagHelp k_under;
extern const FlagHelp k_context_path;
extern const FlagHelp k_migration;
extern const FlagHelp k_identity_migration;
extern const FlagHelp k_identity_migration_client_id;
extern const FlagHelp k_identity_migration_secret;
extern const FlagHelp k_identity_migration_claim;
extern const FlagHelp k_quiet;
extern const FlagHelp k_color;
}  // namespace flags

// A page is text, put together in the order of the calls.
class HelpPage {
 public:
  HelpPage& paragraph(std::string_view text);  // with an empty line after it
  // What it is for, then the words to type.
  HelpPage& example(std::string_view purpose, std::string_view command);
  HelpPage& usage(std::initializer_list<std::string_view> lines);
  HelpPage& command_list();
  HelpPage& flag_group(std::string_view title, std::initializer_list<FlagHelp> flags);
  // What returns the exit code at the end, and what 2 means, if anything.
  HelpPage& exit_codes(std::string_view delegated, std::string_view two = {});
  // For commands whose codes are others: whole lines ("2  there is something to do").
  HelpPage& exit_codes(std::initializer_list<std::string_view> lines);
  std::string text() const { return m_text; }

 private:
  bool m_has_example = false;
  std::string m_text;
};

// `helm c8upgrade help [COMMAND]`
int run_help(const Words&);
// The page of the program, which is that of the main job with the list of commands.
std::string main_help();

}  // namespace cli
