// Settings inside files that lie beside the application. Spring reads them like variables, so the
// rows of env.tsv tell which of them 8.8 understands otherwise.
#include "base/failure.hpp"
#include "base/strings.hpp"
#include "decisions/environment_parts.hpp"
#include "decisions/lists_parts.hpp"
#include "rules/translation.hpp"
#include "values/yaml_reader.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace decisions {
namespace {

using rules::EnvAction;
using rules::Translation;
using values::Path;
using values::Value;

// As Spring writes it: a key may be a whole path of its own.
std::string property_of(const Path& path) {
  return base::replace_all(path.text(), "\\", "");
}

// The variable that Spring takes for the same thing.
std::string variable_of(const std::string& property) {
  std::string out;
  for (const char c : property) {
    if (c == '.' || c == '[') {
      out += '_';
    } else if (c != '-' && c != ']') {
      out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
  }
  return out;
}

std::vector<std::string> yaml_properties(const std::string& content) {
  std::vector<std::string> names;
  try {
    for (const Value& document : values::read_documents(content)) {
      values::for_each_leaf(document, [&](const Path& path, const Value&) {
        if (!path.empty()) {
          names.push_back(property_of(path));
        }
      });
    }
  } catch (const base::Failure&) {
    return {};  // the application's business, not ours: it is carried as it is
  }
  return names;
}

std::vector<std::string> line_properties(const std::string& content) {
  std::vector<std::string> names;
  for (const std::string_view line : base::split_lines(content)) {
    const std::size_t end = std::min(line.find('='), line.find(':'));
    const std::string name(base::trim(line.substr(0, end)));
    if (end != std::string_view::npos && !name.empty() && name.front() != '#' &&
        name.front() != '!') {
      names.push_back(name);
    }
  }
  return names;
}

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](auto end) { return text.ends_with(end); });
}

// What stands behind the property's name in the finding: where it has gone, if that is one place.
std::string new_place(const rules::EnvRule& row, const std::string& property) {
  std::string matched;
  rules::same_variable(row.name, variable_of(property), &matched);
  const bool one_place =
      row.action == EnvAction::move || row.action == EnvAction::rename ||
      row.action == EnvAction::copy || row.action == EnvAction::both ||
      (row.action == EnvAction::decide && row.target.find('.') != std::string_view::npos);
  return one_place ? fmt::format(" ({} in 8.8)", base::replace_all(row.target, "*", matched)) : "";
}

}  // namespace

bool holds_settings(const std::string& file, const std::string& content) {
  return ends_with_any(file, {".yaml", ".yml", ".properties"}) &&
         (base::contains(content, "camunda") || base::contains(content, "zeebe") ||
          base::contains(content, "spring") || base::contains(content, "server"));
}

std::vector<ChangedProperty> changed_properties(const Translation& t, std::string_view component,
                                                const std::string& file,
                                                const std::string& content) {
  std::vector<ChangedProperty> out;
  std::set<std::string> seen;
  const bool lines = file.ends_with(".properties");
  for (const std::string& name : lines ? line_properties(content) : yaml_properties(content)) {
    const rules::EnvRule* row = t.catalogue().env_rule(component, name);
    if (row != nullptr && row->action != EnvAction::keep && row->action != EnvAction::share &&
        seen.insert(name).second) {
      out.push_back({name, name + new_place(*row, name)});
    }
  }
  return out;
}

}  // namespace decisions
