// The words of `helm upgrade` (and of `helm template`, `c8upgrade values`), parsed as pflag does
// for both Helms: every form of every flag, in any order. What is not ours passes through
// unchanged and in order. The flag table is catalogue/helm-flags.tsv, compiled in.
// Forms: `--f v`, `--f=v`, `-f v`, `-fv`, `-f=v`, clusters `-in NS`, optional values only with `=`,
// and `--`, after which everything is a positional.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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
enum class TranslationMode { translate, compat };
enum class SecretsMode { keep, copy, leave };

// c8upgrade's own flags.
struct OwnFlags {
  std::optional<std::string> report;
  std::vector<std::string> accept;
  TranslationMode mode = TranslationMode::translate;
  std::string under;  // the block of Camunda in an umbrella chart's values; "" when not given
  std::optional<std::string> context_path;
  OnOffAuto migration = OnOffAuto::automatic;
  OnOffAuto identity_migration = OnOffAuto::automatic;
  std::optional<std::string> identity_migration_client_id;
  std::optional<std::string> identity_migration_secret;  // NAME or NAME:KEY of an existing Secret
  std::optional<std::string> identity_migration_claim;   // NAME=VALUE
  SecretsMode secrets = SecretsMode::keep;
  bool server_check = true;
  bool quiet = false;
  bool watch = false;                // follow rollout and migration afterwards
  std::optional<std::string> color;  // never|auto|always, also passed on to Helm 4
  bool help = false;                 // --help or -h
};

struct CommandLine {
  std::vector<std::string> positionals;  // RELEASE CHART
  std::vector<ValueWord> values;         // in the order of the words
  // Every other word for Helm, flags with their values, exactly as written and in order; no
  // positionals, no value flags, no own flags, no --reuse-values family. A cluster of which only a
  // part is Helm's is taken apart: of `-if values.yaml` stays `-i`.
  std::vector<std::string> passed;
  OwnFlags own;
  // What Helm's dispatcher would have put into the environment but left in the words (`-nNS`, `-in
  // NS`, `--qps 50`), or never saw because c8upgrade was run without Helm: variable and value, for
  // helm::adopt_connection(). The words stay in `passed` as well.
  std::vector<std::pair<std::string, std::string>> connection;

  // What of the passed words the checks need to know.
  bool install = false;
  bool reset_values = false;
  bool reuse_values = false;
  bool reset_then_reuse_values = false;
  bool atomic = false;  // --atomic or --rollback-on-failure
  bool force = false;   // --force or --force-replace
  bool wait = false;  // --wait in any form that waits for resources; --atomic alone leaves it false
  bool wait_for_jobs = false;
  DryRun dry_run = DryRun::none;
  std::optional<std::chrono::seconds> timeout;
  std::optional<std::string> post_renderer;
  std::optional<std::string> chart_version;  // --version
  // The words that say where the chart comes from and how (--version, --repo, --devel, --username,
  // --ca-file, …, as written): for `helm show chart` and `helm template`.
  std::vector<std::string> chart_words;
};

// Which command's flags are known: `values` takes those of both others.
enum class Verb { upgrade, template_, values };  // NOLINT(readability-identifier-naming)

// Throws base::Failure with the nearest known flag for an unknown one, for a missing value, a value
// of the wrong type, and (upgrade, template) for missing or surplus positionals. A word that Helm's
// dispatcher swallowed (--kube-insecure-skip-tls-verify REL CHART) is explained. With --help the
// positionals are not judged.
//
// `helm_major` says which Helm will run (3 or 4) and is asked only when a word depends on it: a
// flag that one of them lacks. By default that is helm::major_version().
CommandLine parse_command_line(Verb, const std::vector<std::string>& words,
                               const std::function<int()>& helm_major = {});

}  // namespace helm
