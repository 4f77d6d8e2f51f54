// The rule catalogue as the build compiled it: read-only tables, nothing is parsed at start-up.
// The sources are catalogue/<hop>/*.yaml and *.tsv; src/rules/compile checks them and writes the
// tables. A second hop (8.8 to 8.9) is a second Catalogue and no new code here.
#pragma once

#include "base/version.hpp"
#include "text/diagnostic.hpp"
#include "values/value.hpp"

#include <span>
#include <string_view>

namespace rules {

enum class Verb {
  keep,     // stays where it is
  respell,  // an older spelling of `target`, put right before anything else is looked at
  move,     // goes to `target` (the rest of the path below the match is kept)
  drop,     // goes away; told when `tell` says so and the value differs from the old default
  through,  // a named decision takes the leaves (see decisions/)
  finding,  // no match of its own: a finding that a decision or check reports
  pin,      // writes `value` at `target` when `when` holds and nothing is there
  check,    // tells about `target` when `when` holds of the finished values
};

// Strings are static. `match` and `target` are in the text form of values::Path; a match may hold
// '{a,b}' alternatives and '*' for one step, expanded by the compiler: here it is one plain pattern
// where only "*" steps remain.
struct Rule {
  std::string_view id;
  Verb verb;
  std::string_view match;
  std::string_view
      target;  // move, respell: destination; through: name of the decision; pin, check: the path
  std::string_view value;  // pin: JSON; finding: words by which a log shows it, or empty
  std::string_view
      when;  // pin, drop, keep, check: condition, see rules/condition.hpp; empty: always
  std::string_view message;  // findings and told drops: the sentence, may hold {path}, {component}
  std::string_view because;  // why, one sentence
  std::string_view next;     // what a person should do, or empty
  std::string_view source;   // chart file, doc or issue
  std::string_view since;    // first target chart version it holds for, or empty
  std::string_view until;    // first target chart version it no longer holds for, or empty
  text::Severity severity;   // of its findings
  bool tell;                 // drop: report what is given up
  bool open;              // keep, move: whatever stands below is known (a dependency's own values)
  std::string_view area;  // the catalogue file's name without extension
};

// One key of a chart, from the catalogue's *.tsv.
struct Key {
  std::string_view path;
  std::string_view default_value;  // JSON
  std::string_view type;  // of the target's schema: string, number, boolean, array, object or ""
};

// What becomes of an environment variable that somebody gave to a component.
enum class EnvAction {
  keep,    // stays as it is; of the four components of 8.7 that became one: goes to that one
  share,   // stays, and is told: it was meant for one application and now holds for all
  rename,  // gets the name `target`, where "*" is what "*" matched
  copy,    // like rename, and the old name stays beside it while the data migration is on
  both,    // stays, and the name `target` is there too with the same value
  move,    // its value goes to the values key `target`
  tell,    // goes away, and is told
  decide,  // a decision named `target` looks at it
};

// One row of env.tsv. The first row that fits a variable is its rule.
struct EnvRule {
  std::string_view name;   // "*" stands for any run of characters
  std::string_view where;  // components, separated by commas
  EnvAction action;
  std::string_view target;
  std::string_view rule;  // id of the rule that gives the reason
};

// One row of plain-secrets.tsv: where a password stands as text, and how a Secret is named instead.
enum class SecretNaming {
  name,     // `secret` takes the Secret's name
  map,      // `secret` takes {name: …}
  old_map,  // the same, and the text stands at `secret` itself; 8.7 only: 8.8 takes it for a name
};
struct PlainSecret {
  std::string_view plain;
  std::string_view secret;
  SecretNaming naming;
  std::string_view key;       // takes the key in the Secret
  std::string_view together;  // another `plain` that has to be there too, since they share `secret`
};

// Spring reads one property under several names: only letters and digits count, in any case.
bool same_variable(std::string_view pattern, std::string_view name, std::string* matched = nullptr);

// One step of the matches of all rules, see rules/compile/trie.hpp.
struct MatchNode {
  std::string_view key;  // "*" matches any step
  int rule;              // index into the rules, or -1
  unsigned first_child;  // index of the first child; children are sorted by key
  unsigned child_count;
};

struct Catalogue {
  std::string_view name;        // "8.7-to-8.8"
  std::span<const Rule> rules;  // in the order of the files: an order of reading, not of effect
  std::span<const MatchNode> match_nodes;           // [0] is the root
  std::span<const Key> old_keys;                    // sorted by path
  std::span<const Key> new_keys;                    // sorted by path
  std::span<const EnvRule> env_rules;               // in the order of looking
  std::span<const PlainSecret> plain_secrets = {};  // sorted by `plain`

  // The row for a variable of this component, or nullptr.
  const EnvRule* env_rule(std::string_view component, std::string_view variable) const;
  const Rule* find(std::string_view id) const;
  // The most specific rule whose match covers `leaf` (equals it or is above it), or nullptr.
  const Rule* rule_for(const values::Path& leaf) const;
  // The value of a pin.
  values::Value pin_value(const Rule&) const;
  // The default of the older chart at `path` (a leaf, a map assembled from leaves, or null).
  values::Value old_default(const values::Path& path) const;
  values::Value new_default(const values::Path& path) const;
  // True when the chart's values.yaml has this key, a parent or a child of it, or a free-form map
  // above it.
  bool old_knows(const values::Path& path) const;
  bool new_knows(const values::Path& path) const;
  // The type that the target's schema wants at `path`, or "".
  std::string_view new_type(const values::Path& path) const;
  // True when `path` is a key of the user's own in a map of the target whose values have a type.
  bool new_typed_by_map(const values::Path& path) const;
};

// The catalogue of the hop 8.7 to 8.8.
const Catalogue& catalogue_8_7_to_8_8();

}  // namespace rules
