#include "rules/catalogue.hpp"

#include "base/strings.hpp"
#include "values/json.hpp"

#include <algorithm>

namespace rules {
namespace {

// In the key tables a list's items are written "[]". Asked for several times a leaf, so a plain key
// is copied as it is.
std::string key_text(const values::Path& path) {
  std::string out;
  for (const auto& step : path.steps()) {
    if (step.is_index()) {
      out += "[]";
      continue;
    }
    if (!out.empty()) {
      out += '.';
    }
    const bool plain = !step.key.empty() && step.key.find_first_of(".[]\\\"") == std::string::npos;
    out += plain ? step.key : values::Path().key(step.key).text();
  }
  return out;
}

auto first_at_or_after(std::span<const Key> keys, std::string_view path) {
  return std::lower_bound(keys.begin(), keys.end(), path,
                          [](const Key& key, std::string_view p) { return key.path < p; });
}

const Key* exact(std::span<const Key> keys, std::string_view path) {
  const auto it = first_at_or_after(keys, path);
  return it != keys.end() && it->path == path ? &*it : nullptr;
}

bool any_below(std::span<const Key> keys, const std::string& path) {
  for (const std::string& prefix : {path + ".", path + "["}) {
    const auto it = first_at_or_after(keys, prefix);
    if (it != keys.end() && it->path.starts_with(prefix)) {
      return true;
    }
  }
  return false;
}

values::Value default_at(std::span<const Key> keys, const values::Path& path) {
  const std::string text = key_text(path);
  if (const Key* key = exact(keys, text)) {
    return key->default_value.empty() ? values::Value() : values::from_json(key->default_value);
  }
  values::Value out;
  const std::string prefix = text.empty() ? "" : text + ".";
  for (auto it = first_at_or_after(keys, prefix); it != keys.end() && it->path.starts_with(prefix);
       ++it) {
    if (it->default_value.empty()) {
      continue;  // only the schema knows it
    }
    const values::Path rest(it->path.substr(prefix.size()));
    values::reach(out, rest) = values::from_json(it->default_value);
  }
  return out;
}

// A key, a parent of one, or something inside a map or list that the chart leaves free.
bool knows(std::span<const Key> keys, const values::Path& path) {
  const std::string text = key_text(path);
  if (exact(keys, text) != nullptr || any_below(keys, text)) {
    return true;
  }
  for (std::size_t n = path.size(); n-- > 1;) {
    const std::string parent = key_text(path.first(n));
    if (const Key* key = exact(keys, parent)) {
      return key->default_value == "{}" || key->default_value == "[]" ||
             key->default_value == "null" || key->default_value.starts_with("[") ||
             key->default_value.empty();
    }
    if (exact(keys, parent + ".*") != nullptr) {
      return true;
    }
  }
  return false;
}

// The row that gives the values of the map above `path` their type, or nullptr.
const Key* typed_map(std::span<const Key> keys, const values::Path& path) {
  return path.empty() || path.back().is_index() ? nullptr
                                                : exact(keys, key_text(path.parent()) + ".*");
}

const MatchNode* child(std::span<const MatchNode> nodes, const MatchNode& node,
                       std::string_view key) {
  const auto begin = nodes.begin() + node.first_child;
  const auto end = begin + node.child_count;
  const auto it = std::lower_bound(
      begin, end, key, [](const MatchNode& n, std::string_view k) { return n.key < k; });
  return it != end && it->key == key ? &*it : nullptr;
}

struct Best {
  int rule = -1;
  std::size_t depth = 0;
};

void search(std::span<const MatchNode> nodes, const MatchNode& node, const values::Path& leaf,
            std::size_t depth, Best& best) {
  if (node.rule >= 0 && depth > best.depth) {
    best = {node.rule, depth};
  }
  if (depth == leaf.size() || leaf.steps()[depth].is_index()) {
    return;
  }
  if (const MatchNode* next = child(nodes, node, leaf.steps()[depth].key)) {
    search(nodes, *next, leaf, depth + 1, best);
  }
  if (const MatchNode* any = child(nodes, node, "*")) {
    search(nodes, *any, leaf, depth + 1, best);
  }
}

bool skipped(char c) {
  return c == '_' || c == '.' || c == '-';
}

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

// What "*" stands for: the shortest run after which the rest of the pattern fits.
bool match_run(std::string_view pattern, std::string_view name, std::string* matched) {
  for (std::size_t n = 0; n <= name.size(); ++n) {
    if (same_variable(pattern, name.substr(n))) {
      if (matched != nullptr) {
        std::size_t begin = 0;
        while (begin < n && skipped(name[begin])) {
          ++begin;
        }
        std::size_t end = n;
        while (end > begin && skipped(name[end - 1])) {
          --end;
        }
        *matched = name.substr(begin, end - begin);
      }
      return true;
    }
  }
  return false;
}

}  // namespace

bool same_variable(std::string_view pattern, std::string_view name, std::string* matched) {
  std::size_t p = 0;
  for (std::size_t n = 0; n <= name.size(); ++n) {
    while (p < pattern.size() && skipped(pattern[p])) {
      ++p;
    }
    if (p < pattern.size() && pattern[p] == '*') {
      return match_run(pattern.substr(p + 1), name.substr(n), matched);
    }
    if (n == name.size()) {
      return p == pattern.size();
    }
    if (skipped(name[n])) {
      continue;
    }
    if (p == pattern.size() || upper(pattern[p]) != upper(name[n])) {
      return false;
    }
    ++p;
  }
  return false;
}

const EnvRule* Catalogue::env_rule(std::string_view component, std::string_view variable) const {
  const auto it = std::find_if(env_rules.begin(), env_rules.end(), [&](const EnvRule& rule) {
    const auto places = base::split(rule.where, ',');
    return std::find(places.begin(), places.end(), component) != places.end() &&
           same_variable(rule.name, variable);
  });
  return it == env_rules.end() ? nullptr : &*it;
}

const Rule* Catalogue::find(std::string_view id) const {
  const auto it =
      std::find_if(rules.begin(), rules.end(), [id](const Rule& rule) { return rule.id == id; });
  return it == rules.end() ? nullptr : &*it;
}

const Rule* Catalogue::rule_for(const values::Path& leaf) const {
  Best best;
  search(match_nodes, match_nodes[0], leaf, 0, best);
  return best.rule < 0 ? nullptr : &rules[static_cast<std::size_t>(best.rule)];
}

values::Value Catalogue::pin_value(const Rule& rule) const {
  return values::from_json(rule.value);
}

values::Value Catalogue::old_default(const values::Path& path) const {
  return default_at(old_keys, path);
}

values::Value Catalogue::new_default(const values::Path& path) const {
  return default_at(new_keys, path);
}

bool Catalogue::old_knows(const values::Path& path) const {
  return knows(old_keys, path);
}

bool Catalogue::new_knows(const values::Path& path) const {
  return knows(new_keys, path);
}

std::string_view Catalogue::new_type(const values::Path& path) const {
  if (const Key* key = exact(new_keys, key_text(path))) {
    return key->type;
  }
  const Key* map = typed_map(new_keys, path);
  return map == nullptr ? std::string_view() : map->type;
}

bool Catalogue::new_typed_by_map(const values::Path& path) const {
  return exact(new_keys, key_text(path)) == nullptr && typed_map(new_keys, path) != nullptr;
}

}  // namespace rules
