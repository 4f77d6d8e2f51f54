#include "rules/compile/compile.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "base/version.hpp"
#include "rules/compile/trie.hpp"
#include "values/path.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <yaml-cpp/yaml.h>

namespace rules::compile {
namespace {

struct RawRule {
  std::map<std::string, std::string> fields;
  std::string area;
  std::string file;
  int line = 0;
};

const std::set<std::string> k_fields = {"id",   "match", "keep",    "move",    "drop",   "through",
                                        "pin",  "value", "finding", "when",    "tell",   "message",
                                        "next", "since", "until",   "because", "source", "respell",
                                        "open", "check", "log"};
const std::vector<std::string> k_verbs = {"keep",    "respell", "move", "drop",
                                          "through", "finding", "pin",  "check"};

[[noreturn]] void fail(const std::string& file, int line, const std::string& what) {
  throw CatalogueError(fmt::format("{}:{}: {}", file, line, what));
}

// A JSON literal of a YAML scalar or flow collection as the catalogue writes it.
nlohmann::ordered_json to_json(const YAML::Node& node) {
  if (node.IsSequence()) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& item : node) {
      list.push_back(to_json(item));
    }
    return list;
  }
  if (node.IsMap()) {
    auto map = nlohmann::ordered_json::object();
    for (const auto& entry : node) {
      map[entry.first.as<std::string>()] = to_json(entry.second);
    }
    return map;
  }
  if (node.IsNull()) {
    return nullptr;
  }
  const std::string text = node.Scalar();
  if (node.Tag() == "!") {
    return text;  // quoted
  }
  const auto json = nlohmann::ordered_json::parse(text, nullptr, false);
  return json.is_discarded() ? nlohmann::ordered_json(text) : json;
}

std::vector<RawRule> read_rules(const SourceFile& file) {
  std::vector<RawRule> rules;
  YAML::Node root;
  try {
    root = YAML::Load(file.text);
  } catch (const YAML::Exception& e) {
    fail(file.name, e.mark.line + 1, e.msg);
  }
  if (!root.IsSequence()) {
    fail(file.name, 1, "a catalogue file is a list of rules");
  }
  for (const auto& node : root) {
    RawRule rule;
    rule.file = file.name;
    rule.line = node.Mark().line + 1;
    rule.area = std::filesystem::path(file.name).stem().string();
    if (!node.IsMap()) {
      fail(file.name, rule.line, "a rule is a map");
    }
    for (const auto& entry : node) {
      const auto key = entry.first.as<std::string>();
      const int line = entry.first.Mark().line + 1;
      if (!k_fields.contains(key)) {
        fail(file.name, line, fmt::format("unknown field '{}'", key));
      }
      if (rule.fields.contains(key)) {
        fail(file.name, line, fmt::format("field '{}' is there twice", key));
      }
      if (key == "value") {
        rule.fields[key] = to_json(entry.second).dump();
      } else if (entry.second.IsScalar()) {
        rule.fields[key] = entry.second.Scalar();
      } else {
        fail(file.name, line, fmt::format("field '{}' wants one word or sentence", key));
      }
    }
    rules.push_back(std::move(rule));
  }
  return rules;
}

std::string get(const RawRule& rule, const std::string& field) {
  const auto it = rule.fields.find(field);
  return it == rule.fields.end() ? std::string() : it->second;
}

std::string verb_of(const RawRule& rule) {
  std::string verb;
  for (const auto& candidate : k_verbs) {
    if (rule.fields.contains(candidate)) {
      if (!verb.empty()) {
        fail(rule.file, rule.line,
             fmt::format("a rule does one thing, not '{}' and '{}'", verb, candidate));
      }
      verb = candidate;
    }
  }
  if (verb.empty()) {
    fail(rule.file, rule.line,
         "a rule needs one of keep, move, drop, through, finding, pin, check");
  }
  return verb;
}

void check_path(const RawRule& rule, const std::string& text) {
  try {
    if (values::Path(text).empty()) {
      fail(rule.file, rule.line, "an empty path");
    }
  } catch (const base::Failure& e) {
    fail(rule.file, rule.line, e.what());
  }
}

void check_version(const RawRule& rule, const std::string& field) {
  const std::string text = get(rule, field);
  if (!text.empty() && !base::Version::parse(text)) {
    fail(rule.file, rule.line, fmt::format("'{}' is no chart version", text));
  }
}

void check(const RawRule& rule, const std::string& verb) {
  const std::string id = get(rule, "id");
  if (id.empty() || id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != id.npos) {
    fail(rule.file, rule.line, "a rule needs an id of small letters, digits and dashes");
  }
  if (get(rule, "because").empty() || get(rule, "source").empty()) {
    fail(rule.file, rule.line, fmt::format("rule '{}' needs because and source", id));
  }
  const bool matches = verb != "finding" && verb != "pin" && verb != "check";
  if (matches != rule.fields.contains("match")) {
    fail(rule.file, rule.line,
         matches ? fmt::format("rule '{}' needs a match", id)
                 : fmt::format("rule '{}' can have no match", id));
  }
  if ((verb == "pin") != rule.fields.contains("value")) {
    fail(rule.file, rule.line, "value goes with pin, and pin needs one");
  }
  if (verb != "finding" && rule.fields.contains("log")) {
    fail(rule.file, rule.line, "log goes with finding");
  }
  if (verb == "move" || verb == "pin" || verb == "respell") {
    check_path(rule, get(rule, verb));
  }
  const std::string severity = get(rule, verb == "finding" ? "finding" : "tell");
  static const std::set<std::string> k_severities = {"", "note", "warning", "error"};
  if (!k_severities.contains(severity)) {
    fail(rule.file, rule.line, fmt::format("'{}' is no severity", severity));
  }
  if ((verb == "finding" || verb == "check") && get(rule, "message").empty()) {
    fail(rule.file, rule.line, fmt::format("finding '{}' needs a message", id));
  }
  if (verb == "check" && (get(rule, "when").empty() || severity.empty())) {
    fail(rule.file, rule.line, fmt::format("check '{}' needs when and tell", id));
  }
  if ((verb == "keep" || verb == "drop") && get(rule, verb) != "true") {
    fail(rule.file, rule.line, fmt::format("write '{}: true'", verb));
  }
  check_version(rule, "since");
  check_version(rule, "until");
}

std::string literal(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '?':
        out += "\\?";
        break;
      default:
        out += c;
    }
  }
  return out + "\"";
}

// MSVC aside, compilers take long literals; values.yaml has one of 2 KB at most.
std::string rule_row(const RawRule& rule, const std::string& verb, const std::string& match,
                     const std::string& chosen) {
  static const std::map<std::string, std::string> k_names = {
      {"keep", "keep"},       {"respell", "respell"}, {"move", "move"}, {"drop", "drop"},
      {"through", "through"}, {"finding", "finding"}, {"pin", "pin"},   {"check", "check"}};
  const bool has_target = verb == "move" || verb == "respell" || verb == "pin" || verb == "through";
  std::string target = verb == "check" ? match : has_target ? get(rule, verb) : "";
  if (const std::size_t at = target.find("{}"); at != std::string::npos) {
    target.replace(at, 2, chosen);
  }
  std::string severity = get(rule, verb == "finding" ? "finding" : "tell");
  const bool tell = !severity.empty();
  if (severity.empty()) {
    severity = "note";
  }
  return fmt::format(
      "    {{{}, Verb::{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, text::Severity::{}, {}, {}, "
      "{}}},\n",
      literal(get(rule, "id")), k_names.at(verb), literal(verb == "check" ? "" : match),
      literal(target), literal(get(rule, verb == "finding" ? "log" : "value")),
      literal(base::replace_all(get(rule, "when"), "{}", chosen)), literal(get(rule, "message")),
      literal(get(rule, "because")), literal(get(rule, "next")), literal(get(rule, "source")),
      literal(get(rule, "since")), literal(get(rule, "until")), severity, tell ? "true" : "false",
      rule.fields.contains("open") ? "true" : "false", literal(rule.area));
}

std::string key_rows(const SourceFile& file, bool typed) {
  std::string out;
  std::string previous;
  std::size_t begin = file.text.find('\n');
  int line = 1;
  while (begin != std::string::npos && begin + 1 < file.text.size()) {
    const std::size_t end = std::min(file.text.find('\n', begin + 1), file.text.size());
    const std::string row = file.text.substr(begin + 1, end - begin - 1);
    begin = end;
    ++line;
    const std::size_t first = row.find('\t');
    const std::size_t second = typed ? row.find('\t', first + 1) : row.size();
    if (first == std::string::npos || second == std::string::npos) {
      fail(file.name, line, "too few columns");
    }
    const std::string path = row.substr(0, first);
    if (path <= previous) {
      fail(file.name, line, "rows must be sorted by path, each path once");
    }
    previous = path;
    const std::string value = row.substr(first + 1, second - first - 1);
    if (!value.empty() && !nlohmann::json::accept(value)) {
      fail(file.name, line, fmt::format("'{}' is no JSON", value));
    }
    out += fmt::format("    {{{}, {}, {}}},\n", literal(path), literal(value),
                       literal(typed ? row.substr(second + 1) : ""));
  }
  return out;
}

// The rows of env.tsv. `ids` are the rules that exist.
std::string env_rows(const SourceFile& file, const std::map<std::string, std::string>& ids) {
  static const std::set<std::string> k_actions = {"keep", "share", "rename", "copy",
                                                  "both", "move",  "tell",   "decide"};
  static const std::set<std::string> k_targets = {"rename", "copy", "both", "move", "decide"};
  std::string out;
  std::set<std::string> seen;
  int line = 0;
  for (const std::string_view text : base::split_lines(file.text)) {
    ++line;
    if (line == 1 || text.empty() || text.front() == '#') {
      continue;
    }
    const auto cells = base::split(text, '\t');
    const std::vector<std::string> columns(cells.begin(), cells.end());
    if (columns.size() != 5) {
      fail(file.name, line, "five columns: name, where, action, target, rule");
    }
    if (!k_actions.contains(columns[2])) {
      fail(file.name, line, fmt::format("'{}' is no action", columns[2]));
    }
    if (k_targets.contains(columns[2]) == columns[3].empty()) {
      fail(file.name, line, "a target goes with rename, copy, both, move and decide");
    }
    if (!ids.contains(columns[4])) {
      fail(file.name, line, fmt::format("no rule '{}'", columns[4]));
    }
    if (!seen.insert(columns[0] + ' ' + columns[1]).second) {
      fail(file.name, line, fmt::format("'{}' is there twice", columns[0]));
    }
    out += fmt::format("    {{{}, {}, EnvAction::{}, {}, {}}},\n", literal(columns[0]),
                       literal(columns[1]), columns[2], literal(columns[3]), literal(columns[4]));
  }
  return out;
}

std::string plain_secret_rows(const SourceFile& file) {
  static const std::map<std::string, std::string> k_namings = {
      {"name", "name"}, {"map", "map"}, {"old-map", "old_map"}};
  std::string out;
  std::string previous;
  int line = 0;
  for (const std::string_view text : base::split_lines(file.text)) {
    ++line;
    if (line == 1 || text.empty()) {
      continue;
    }
    const auto cells = base::split(text, '\t');
    const std::vector<std::string> columns(cells.begin(), cells.end());
    if (columns.size() != 5) {
      fail(file.name, line, "five columns: plain, secret, form, key, together");
    }
    const auto naming = k_namings.find(columns[2]);
    if (naming == k_namings.end()) {
      fail(file.name, line, fmt::format("'{}' is no form", columns[2]));
    }
    if (columns[0] <= previous) {
      fail(file.name, line, "rows must be sorted by their first column, each once");
    }
    previous = columns[0];
    out +=
        fmt::format("    {{{}, {}, SecretNaming::{}, {}, {}}},\n", literal(columns[0]),
                    literal(columns[1]), naming->second, literal(columns[3]), literal(columns[4]));
  }
  return out;
}

}  // namespace

std::string compile_catalogue(const Inputs& inputs) {
  std::string rows;
  std::map<std::string, std::string> ids;
  std::map<std::string, std::string> matches;
  Trie trie;
  int count = 0;
  for (const auto& file : inputs.rule_files) {
    for (const auto& rule : read_rules(file)) {
      const std::string verb = verb_of(rule);
      check(rule, verb);
      const std::string where = fmt::format("{}:{}", rule.file, rule.line);
      if (const auto [it, fresh] = ids.emplace(get(rule, "id"), where); !fresh) {
        fail(rule.file, rule.line,
             fmt::format("id '{}' was taken at {}", get(rule, "id"), it->second));
      }
      const bool check_only = verb == "check";
      const std::string pattern = get(rule, check_only ? "check" : "match");
      const auto alternatives =
          pattern.empty() ? std::vector<Alternative>{{}} : expand_alternatives(pattern);
      for (const auto& [match, chosen] : alternatives) {
        if (!match.empty()) {
          check_path(rule, match);
        }
        if (!match.empty() && !check_only) {
          if (const auto [it, fresh] = matches.emplace(match, where); !fresh) {
            fail(rule.file, rule.line,
                 fmt::format("'{}' is matched already at {}", match, it->second));
          }
          trie.add(match, count);
        }
        rows += rule_row(rule, verb, match, chosen);
        ++count;
      }
    }
  }
  const std::string secrets = plain_secret_rows(inputs.plain_secrets);
  return fmt::format(
      "// Written by compile_catalogue from catalogue/8.7-to-8.8. Not for editing.\n"
      "#include \"rules/catalogue.hpp\"\n\n#include <array>\n\nnamespace rules {{\nnamespace {{\n\n"
      "constexpr Rule k_rules[] = {{\n{}}};\n\n"
      "constexpr MatchNode k_match_nodes[] = {{\n{}}};\n\n"
      "constexpr Key k_old_keys[] = {{\n{}}};\n\nconstexpr Key k_new_keys[] = {{\n{}}};\n\n"
      "constexpr EnvRule k_env_rules[] = {{\n{}}};\n\n"
      "constexpr std::array<PlainSecret, {}> k_plain_secrets = {{{{\n{}}}}};\n\n"
      "}}  // namespace\n\nconst Catalogue& catalogue_8_7_to_8_8() {{\n"
      "  static const Catalogue k_catalogue{{\"8.7-to-8.8\", k_rules, k_match_nodes, k_old_keys, "
      "k_new_keys, k_env_rules, k_plain_secrets}};\n"
      "  return k_catalogue;\n}}\n\n}}  // namespace rules\n",
      rows, trie.rows(), key_rows(inputs.old_keys, false), key_rows(inputs.new_keys, true),
      env_rows(inputs.env_rules, ids), std::count(secrets.begin(), secrets.end(), '\n'), secrets);
}

}  // namespace rules::compile
