#include "cli/explanation.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "values/json.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <vector>

namespace cli {
namespace {

std::string line_if(std::string_view before, std::string_view text) {
  return text.empty() ? std::string() : fmt::format("  {}{}\n", before, text);
}

// Reason, versions, next step and source: what is the same for all rules of one id.
std::string reason(const rules::Rule& rule) {
  std::string text = line_if("", rule.because);
  text += line_if("since chart ", rule.since);
  text += line_if("until chart ", rule.until);
  text += line_if("next: ", rule.next);
  text += line_if("source: ", rule.source);
  return text;
}

std::string what_becomes(const rules::Rule& rule) {
  switch (rule.verb) {
    case rules::Verb::keep:
      return fmt::format("{} stays", rule.match);
    case rules::Verb::respell:
      return fmt::format("{} is an older spelling of {}", rule.match, rule.target);
    case rules::Verb::move:
      return fmt::format("{} → {}", rule.match, rule.target);
    case rules::Verb::drop:
      return fmt::format("{} goes away", rule.match);
    case rules::Verb::through:
      return fmt::format("{}: decided one by one ({})", rule.match, rule.target);
    case rules::Verb::pin:
      return fmt::format("{} = {}{}{}", rule.target, rule.value, rule.when.empty() ? "" : ", when ",
                         rule.when);
    case rules::Verb::check:
      return fmt::format("{}: told when {}", rule.target, rule.when);
    case rules::Verb::finding:
      break;
  }
  return "";
}

std::string_view severity_of(const rules::Rule& rule) {
  switch (rule.severity) {
    case text::Severity::error:
      return "error";
    case text::Severity::warning:
      return "warning";
    case text::Severity::note:
      break;
  }
  return "note";
}

std::string explain_rule(const rules::Catalogue& catalogue, std::string_view id) {
  std::string text;
  const rules::Rule* first = nullptr;
  for (const rules::Rule& rule : catalogue.rules) {
    if (rule.id != id) {
      continue;
    }
    if (first == nullptr) {
      first = &rule;
      text = fmt::format("rule {} ({})\n", id, rule.area);
      if (!rule.message.empty()) {
        text += fmt::format("  {}: {}\n", severity_of(rule), rule.message);
      }
    }
    text += line_if("", what_becomes(rule));
  }
  return first == nullptr ? "" : text + reason(*first);
}

// The target of a row, with what "*" matched in the variable's name.
std::string target_of(const rules::EnvRule& row, std::string_view name) {
  std::string matched;
  rules::same_variable(row.name, name, &matched);
  return base::replace_all(row.target, "*", matched);
}

std::string destination(const rules::EnvRule& row, std::string_view name) {
  const std::string target = target_of(row, name);
  switch (row.action) {
    case rules::EnvAction::keep:
      return "stays";
    case rules::EnvAction::share:
      return "stays, and holds for all that runs in orchestration now";
    case rules::EnvAction::rename:
      return fmt::format("becomes {}", target);
    case rules::EnvAction::copy:
      return fmt::format("becomes {}; the old name stays beside it during the migration", target);
    case rules::EnvAction::both:
      return fmt::format("stays, and {} gets the same value", target);
    case rules::EnvAction::move:
      return fmt::format("goes to the key {}", target);
    case rules::EnvAction::tell:
      return "goes away, and you are told";
    case rules::EnvAction::decide:
      return "is decided by what else is set";
  }
  return "";
}

std::string explain_variable(const rules::Catalogue& catalogue, std::string_view name) {
  // Components that share a row share a line.
  std::vector<std::pair<const rules::EnvRule*, std::vector<std::string>>> rows;
  std::set<std::string> components;
  for (const rules::EnvRule& row : catalogue.env_rules) {
    for (const std::string_view component : base::split(row.where, ',')) {
      components.emplace(component);
    }
  }
  for (const std::string& component : components) {
    const rules::EnvRule* row = catalogue.env_rule(component, name);
    // A row of nothing but "*" says that the variable is none that the catalogue knows.
    if (row == nullptr || row->name == "*") {
      continue;
    }
    const auto known = std::find_if(rows.begin(), rows.end(),
                                    [&](const auto& entry) { return entry.first == row; });
    if (known == rows.end()) {
      rows.push_back({row, {component}});
    } else {
      known->second.push_back(component);
    }
  }
  std::string text;
  for (const auto& [row, where] : rows) {
    text += fmt::format("{} of {}: {} [{}]\n", name, base::enumerate(where),
                        destination(*row, name), row->rule);
    if (const rules::Rule* rule = catalogue.find(row->rule)) {
      text += reason(*rule);
    }
  }
  return text;
}

std::string default_line(std::string_view version, const values::Value& value) {
  return !value.is_leaf() || value.is_null()
             ? std::string()
             : fmt::format("  default of {}: {}\n", version, values::to_json(value));
}

std::string explain_key(const rules::Catalogue& catalogue, const values::Path& path) {
  const rules::Rule* rule = catalogue.rule_for(path);
  if (rule == nullptr) {
    return "";
  }
  const values::Path match(rule->match);
  if (rule->verb == rules::Verb::respell) {
    const values::Path newer = values::Path(rule->target).join(path.after(match.size()));
    return fmt::format("{} is an older spelling of {} [{}]\n", path.text(), newer.text(),
                       rule->id) +
           explain_key(catalogue, newer);
  }
  if (!rule->open && !catalogue.old_knows(path) && !catalogue.new_knows(path)) {
    return "";
  }
  std::string where;
  values::Path target = path;
  switch (rule->verb) {
    case rules::Verb::move:
      target = values::Path(rule->target).join(path.after(match.size()));
      where = "→ " + target.text();
      break;
    case rules::Verb::drop:
      where = "goes away";
      break;
    case rules::Verb::through:
      where = fmt::format("is decided by what else is set ({})", rule->target);
      break;
    default:
      where = "stays";
      break;
  }
  std::string text = fmt::format("{} {} [{}]\n", path.text(), where, rule->id);
  text += default_line("8.7", catalogue.old_default(path));
  if (rule->verb == rules::Verb::move || rule->verb == rules::Verb::keep) {
    text += default_line("8.8", catalogue.new_default(target));
  }
  return text + reason(*rule);
}

std::optional<values::Path> path_of(const std::string& word) {
  try {
    return values::Path(word);
  } catch (const base::InternalError&) {
    return std::nullopt;  // no key: the text is the user's
  }
}

}  // namespace

std::string list_rules(const rules::Catalogue& catalogue) {
  std::map<std::string_view, std::vector<const rules::Rule*>> areas;
  std::set<std::string_view> listed;
  for (const rules::Rule& rule : catalogue.rules) {
    if (listed.insert(rule.id).second) {
      areas[rule.area].push_back(&rule);
    }
  }
  std::string text;
  for (const auto& [area, rules] : areas) {
    text += fmt::format("{}{}\n", text.empty() ? "" : "\n", area);
    for (const rules::Rule* rule : rules) {
      text += fmt::format("  {:<32} {}\n", rule->id,
                          rule->because.empty() ? rule->message : rule->because);
    }
  }
  return text;
}

std::optional<std::string> explain(const rules::Catalogue& catalogue, const std::string& word) {
  std::string text = explain_rule(catalogue, word);
  const bool is_key = std::any_of(word.begin(), word.end(),
                                  [](char letter) { return letter >= 'a' && letter <= 'z'; });
  if (text.empty() && !is_key) {
    text = explain_variable(catalogue, word);
  }
  if (text.empty()) {
    if (const auto path = path_of(word); path && !path->empty()) {
      text = explain_key(catalogue, *path);
    }
  }
  if (text.empty() && is_key) {
    text = explain_variable(catalogue, word);  // a property of Spring's, as files have it
  }
  return text.empty() ? std::nullopt : std::optional(text);
}

std::string_view nearest(const rules::Catalogue& catalogue, std::string_view word) {
  std::vector<std::string_view> words;
  for (const rules::Rule& rule : catalogue.rules) {
    words.push_back(rule.id);
  }
  for (const rules::EnvRule& row : catalogue.env_rules) {
    words.push_back(row.name);
  }
  for (const rules::Key& key : catalogue.old_keys) {
    words.push_back(key.path);
  }
  return base::nearest_word(word, words);
}

}  // namespace cli
