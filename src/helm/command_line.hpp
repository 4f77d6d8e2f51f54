// The words of `helm upgrade` (and of `helm template`, `c8upgrade values`), parsed as pflag does
// for both Helms: every form of every flag, in any order. What is not ours passes through
// unchanged and in order. The flag table is catalogue/helm-flags.tsv, compiled in.
// Facts: shared knowledge helm-facts §2, §3 (forms: `--f v`, `--f=v`, `-f v`, `-fv`, `-f=v`,
// clusters `-in NS`, optional values only with `=`, `--`).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helm {

enum class ValueKind { file, set, set_string, set_json, set_file, set_literal };

// One value source as Helm will see it. `-f a,b` has been split into two files (CSV rules).
struct ValueWord {
  ValueKind kind = ValueKind::file;
  std::string text;  // what stood after the flag
};

enum class DryRun { none, client, server };
enum class OnOffAuto { automatic, on, off };
enum class SecretsMode { keep, copy, leave };

// c8upgrade's own flags.
struct OwnFlags {
  std::optional<std::string> report;
  std::vector<std::string> accept;
  std::optional<std::string> context_path;
  OnOffAuto migration = OnOffAuto::automatic;
  OnOffAuto identity_migration = OnOffAuto::automatic;
  std::optional<std::string> identity_migration_client_id;
  std::optional<std::string> identity_migration_secret;      // NAME or NAME:KEY of an existing Secret
  std::optional<std::string> identity_migration_claim;       // NAME=VALUE
  SecretsMode secrets = SecretsMode::keep;
  bool server_check = true;
  bool quiet = false;
  std::optional<std::string> color;  // never|auto|always, also passed on to Helm 4
  bool help = false;                 // --help or -h
};

struct CommandLine {
  std::vector<std::string> positionals;  // RELEASE CHART
  std::vector<ValueWord> values;         // in the order of the words
  // Every other word for Helm, flags with their values, exactly as written and in order; no
  // positionals, no value flags, no own flags, no --reuse-values family.
  std::vector<std::string> passed;
  OwnFlags own;

  // What of the passed words the checks need to know.
  bool install = false;
  bool reset_values = false;
  bool reuse_values = false;
  bool reset_then_reuse_values = false;
  bool atomic = false;  // --atomic or --rollback-on-failure
  bool force = false;   // --force or --force-replace
  bool wait = false;    // --wait in any form that waits
  bool wait_for_jobs = false;
  DryRun dry_run = DryRun::none;
  std::optional<std::chrono::seconds> timeout;
  std::optional<std::string> post_renderer;
  std::optional<std::string> chart_version;  // --version
  // The words that say where the chart comes from and how (--version, --repo, --devel, --username,
  // --ca-file, …, as written): for `helm show chart` and `helm template`.
  std::vector<std::string> chart_words;
};

// Which command's flags are known: `upgrade` and `values`/`template` differ in a few.
enum class Verb { upgrade, template_, values };

// Throws base::Failure with the nearest known flag for an unknown one, and for a missing value. A
// word that Helm's dispatcher swallowed (--kube-insecure-skip-tls-verify REL CHART) is explained.
CommandLine parse_command_line(Verb, const std::vector<std::string>& words);

}  // namespace helm
