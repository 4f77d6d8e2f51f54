#include "cli/convert_words.hpp"

#include "base/failure.hpp"
#include "rules/request.hpp"
#include "text/colour.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>

namespace cli {
namespace {

constexpr const char* k_see_help = "See c8upgrade convert --help.";

helm::OnOffAuto choice(const std::string& flag, const std::string& word) {
  if (word == "on") {
    return helm::OnOffAuto::on;
  }
  if (word == "off") {
    return helm::OnOffAuto::off;
  }
  if (word == "auto") {
    return helm::OnOffAuto::automatic;
  }
  throw base::Failure(fmt::format("{} is on, off or auto, not '{}'", flag, word));
}

void judge(const ConvertWords& words) {
  const auto refuse = [](const std::string& message, const std::string& next) {
    throw base::Failure(message, next);
  };
  if (words.files.empty()) {
    refuse(
        "convert needs a file",
        "For example: c8upgrade convert values.yaml -o values-8.8.yaml (- reads standard input).");
  }
  const int targets = (words.output ? 1 : 0) + (words.output_directory ? 1 : 0) +
                      (words.in_place ? 1 : 0) + (words.diff || words.check ? 1 : 0);
  if (targets > 1) {
    refuse(
        "only one of -o, --output-dir and --in-place can be meant, and --diff and --check write "
        "nothing",
        k_see_help);
  }
  const bool from_stdin =
      std::find(words.files.begin(), words.files.end(), "-") != words.files.end();
  if (from_stdin && words.in_place) {
    refuse("standard input has no place to be written to", "Leave --in-place out.");
  }
  if (words.files.size() > 1 && words.output) {
    refuse("-o takes one file, and there are several", "Give --output-dir DIR or --in-place.");
  }
  if (words.own.color && !text::parse_colour_choice(*words.own.color)) {
    refuse(fmt::format("--color is never, auto or always, not '{}'", *words.own.color), {});
  }
}

}  // namespace

std::optional<ConvertWords> parse_convert(const Words& words) {
  ConvertWords parsed;
  parsed.from = rules::Request().from.text();
  parsed.to = rules::Request().to.text();
  std::string migration = "auto";
  std::string identity_migration = "auto";
  bool help = false;
  CLI::App parser;
  parser.set_help_flag();
  parser.add_flag("-h,--help", help);
  parser.add_option("files", parsed.files);
  parser.add_option("-o,--output", parsed.output);
  parser.add_option("--output-dir", parsed.output_directory);
  parser.add_flag("-i,--in-place", parsed.in_place);
  parser.add_flag("--diff", parsed.diff);
  parser.add_flag("--check", parsed.check);
  parser.add_flag("--verify", parsed.verify);
  parser.add_flag("--each", parsed.each);
  parser.add_flag("--annotate", parsed.annotate);
  parser.add_option("--exclude", parsed.exclude)->allow_extra_args(false);
  parser.add_option("--set-version", parsed.set_version);
  parser.add_option("--from", parsed.from);
  parser.add_option("--to", parsed.to);
  parser.add_option("--release", parsed.release);
  parser.add_option("-n,--namespace", parsed.release_namespace);
  helm::OwnFlags& own = parsed.own;
  parser.add_option("--report", own.report);
  parser.add_option("--accept", own.accept)->allow_extra_args(false);
  std::string mode = "translate";
  parser.add_option("--mode", mode);
  parser.add_option("--under", own.under);
  parser.add_option("--context-path", own.context_path);
  parser.add_option("--migration", migration);
  parser.add_option("--identity-migration", identity_migration);
  parser.add_option("--identity-migration-client-id", own.identity_migration_client_id);
  parser.add_option("--identity-migration-secret", own.identity_migration_secret);
  parser.add_option("--identity-migration-claim", own.identity_migration_claim);
  parser.add_flag("--quiet", own.quiet);
  parser.add_option("--color", own.color);
  try {
    Words reversed(words.rbegin(), words.rend());
    parser.parse(reversed);
  } catch (const CLI::ParseError& error) {
    if (std::find(words.begin(), words.end(), "--help") != words.end()) {
      return std::nullopt;
    }
    throw base::Failure(error.what(), k_see_help);
  }
  if (help) {
    return std::nullopt;
  }
  if (mode != "translate" && mode != "compat") {
    throw base::Failure(fmt::format("--mode is translate or compat, not '{}'", mode));
  }
  own.mode = mode == "compat" ? helm::TranslationMode::compat : helm::TranslationMode::translate;
  own.migration = choice("--migration", migration);
  own.identity_migration = choice("--identity-migration", identity_migration);
  judge(parsed);
  return parsed;
}

}  // namespace cli
