#include "rules/translation.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace rules {
namespace {

using values::Path;
using values::Value;

// Helm's merge: maps deep, everything else replaces, a null deletes.
void merge_over(Value& base, const Value& user) {
  if (!base.is_map() || !user.is_map()) {
    base = user;
    return;
  }
  for (const auto& [key, value] : user.entries()) {
    if (value.is_null()) {
      base.erase(key);
    } else if (Value* there = base.find(key)) {
      merge_over(*there, value);
    } else {
      base[key] = value;
    }
  }
}

// As `helm get values` prints them.
void sort_keys(Value& value) {
  std::sort(value.entries().begin(), value.entries().end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [key, item] : value.entries()) {
    sort_keys(item);
  }
}

// True when `path` can be written without a filled map, list or scalar of another shape giving way.
bool has_room(const Value& root, const Path& path) {
  for (std::size_t n = 0; n < path.size(); ++n) {
    const Value* above = values::find(root, path.first(n));
    if (above == nullptr || above->is_null()) {
      return true;
    }
    const bool index = path.steps()[n].is_index();
    if (index ? !above->is_list() : !above->is_map()) {
      return false;
    }
  }
  return true;
}

bool later(const values::Origin& incoming, const values::Origin& there) {
  return incoming.source > there.source;
}

void name_subjects(text::Diagnostic& finding) {
  constexpr std::string_view k_mark = "{subjects}";
  constexpr std::size_t k_most = 8;
  const std::size_t at = finding.message.find(k_mark);
  if (at == std::string::npos) {
    return;
  }
  std::vector<std::string> names = finding.subjects;
  if (names.size() > k_most + 1) {
    names.resize(k_most);
    names.push_back(fmt::format("{} more", finding.subjects.size() - k_most));
  }
  finding.message.replace(at, k_mark.size(), base::enumerate(names));
}

}  // namespace

std::string_view name(FateKind kind) {
  switch (kind) {
    case FateKind::kept:
      return "kept";
    case FateKind::moved:
      return "moved";
    case FateKind::merged:
      return "merged";
    case FateKind::converted:
      return "converted";
    case FateKind::dropped:
      return "dropped";
    case FateKind::asked:
      return "asked";
  }
  return "kept";
}

Translation::Translation(const Catalogue& catalogue, const Request& request, Value user)
    : m_catalogue(catalogue), m_request(request) {
  m_plan.data_migration = request.data_migration;
  // Leaves are in the newest spelling from here on; what the user wrote stays beside it. The newest
  // spelling is read first: an older one of another shape yields to it.
  std::vector<std::pair<Path, const Value*>> respelled;
  values::for_each_leaf(user, [&](const Path& written, const Value& value) {
    if (written.empty()) {
      return;  // no values at all
    }
    const auto [path, rule] = rename_old_spelling(written);
    m_leaves.emplace(path, Leaf{written, value.origin, rule, false});
    if (path == written) {
      values::reach(m_user, path) = value;
    } else {
      m_respelled.emplace(path.text(), written.text());
      respelled.emplace_back(path, &value);
    }
  });
  for (const auto& [path, value] : respelled) {
    const Value* there = values::find(m_user, path);
    // An empty map adds nothing to the map that stands there, and nothing takes nothing away.
    const bool empty = value->is_null() || (there != nullptr && there->is_map() && value->is_map());
    const bool yields =
        there != nullptr && !there->is_null() && (empty || !later(value->origin, there->origin));
    if (!yields && has_room(m_user, path)) {
      values::reach(m_user, path) = *value;
    }
  }
  m_written = std::move(user);
}

std::pair<Path, const Rule*> Translation::rename_old_spelling(const Path& path) const {
  Path current = path;
  const Rule* rule = m_catalogue.rule_for(current);
  // A respelled key may be respelled again, never in a circle.
  for (int i = 0; i < 4 && rule != nullptr && rule->verb == Verb::respell; ++i) {
    current = Path(rule->target).join(current.after(Path(rule->match).size()));
    rule = m_catalogue.rule_for(current);
  }
  return {std::move(current), rule};
}

const Rule* Translation::rule_for(const Path& leaf) const {
  const auto it = m_leaves.find(leaf);
  return it == m_leaves.end() ? m_catalogue.rule_for(leaf) : it->second.rule;
}

const Value* Translation::user(const Path& path) const {
  return values::find(m_user, path);
}

Value Translation::effective(const Path& path) const {
  // A null above the path deletes the default of everything below it.
  for (std::size_t n = 1; n < path.size(); ++n) {
    const Value* above = user(path.first(n));
    if (above != nullptr && !above->is_map() && !above->is_list()) {
      return {};
    }
  }
  const Value* mine = user(path);
  if (mine != nullptr && !mine->is_map()) {
    return *mine;
  }
  Value out = m_catalogue.old_default(path);
  if (mine != nullptr) {
    merge_over(out, *mine);
  }
  return out;
}

bool Translation::on(const Path& path) const {
  return effective(path).truthy();
}

std::string Translation::text(const Path& path) const {
  return effective(path).plain();
}

bool Translation::changed(const Path& path) const {
  const Value* mine = user(path);
  return mine != nullptr && !(*mine == m_catalogue.old_default(path));
}

void Translation::claim(const Path& from, FateKind kind, const std::vector<Path>& to,
                        std::string_view rule, bool extend) {
  for (auto it = m_leaves.lower_bound(from); it != m_leaves.end() && it->first.starts_with(from);
       ++it) {
    Leaf& leaf = it->second;
    if (leaf.claimed) {
      continue;
    }
    leaf.claimed = true;
    Fate fate{leaf.written, leaf.origin, kind, to, std::string(rule)};
    if (extend) {
      for (auto& target : fate.to) {
        target = target.join(it->first.after(from.size()));
      }
    }
    m_plan.fates.push_back(std::move(fate));
  }
}

bool Translation::claimed(const Path& leaf) const {
  const auto it = m_leaves.find(leaf);
  return it == m_leaves.end() || it->second.claimed;
}

bool Translation::has_unclaimed(const Path& below) const {
  return !unclaimed(below).empty();
}

std::vector<Path> Translation::unclaimed(const Path& below) const {
  std::vector<Path> out;
  for (auto it = m_leaves.lower_bound(below); it != m_leaves.end() && it->first.starts_with(below);
       ++it) {
    if (!it->second.claimed && (out.empty() || out.back() != it->first)) {
      out.push_back(it->first);
    }
  }
  return out;
}

const Value* Translation::result(const Path& path) const {
  return values::find(m_plan.result, path);
}

bool Translation::put(const Path& to, Value value) {
  Value* there = values::find(m_plan.result, to);
  if (there == nullptr) {
    // What is of another shape on the way is an earlier or later word about the same thing.
    for (std::size_t n = 1; n < to.size() && !has_room(m_plan.result, to); ++n) {
      const Value* above = result(to.first(n));
      if (above != nullptr && !has_room(m_plan.result, to.first(n + 1))) {
        if (!later(value.origin, above->origin)) {
          return false;
        }
        values::reach(m_plan.result, to.first(n)) = Value();
      }
    }
    values::reach(m_plan.result, to) = std::move(value);
    return true;
  }
  if (there->is_map() && value.is_map()) {
    bool all = true;
    for (auto& [key, item] : value.entries()) {
      all = put(to.key(key), item) && all;
    }
    return all;
  }
  if (*there == value) {
    return true;
  }
  if (there->origin.source >= 0 && !later(value.origin, there->origin)) {
    return false;
  }
  if (there->origin.source >= 0) {
    overrule(to);
  }
  *there = std::move(value);
  return true;
}

void Translation::overrule(const Path& to) {
  for (Fate& fate : m_plan.fates) {
    if (fate.to == std::vector<Path>{to}) {
      fate.kind = FateKind::dropped;
      fate.to.clear();
      fate.rule = "overruled";
      tell("overruled", {{fate.path.text()}, {}, fate.path, {}});
    }
  }
}

void Translation::set(const Path& to, Value value) {
  values::reach(m_plan.result, to) = std::move(value);
}

void Translation::pin(const Path& to, Value value, std::string_view rule) {
  const Value* there = result(to);
  if ((there != nullptr && !there->is_null()) || !has_room(m_plan.result, to)) {
    return;  // the user's word stands, of whatever shape
  }
  const Rule* found = m_catalogue.find(rule);
  if (found == nullptr) {
    throw base::InternalError(fmt::format("no rule '{}' for a pin", rule));
  }
  if (there != nullptr) {
    // The user's null removes the new chart's default, which is not what it removed in the old one.
    if (m_catalogue.old_default(to) == value) {
      return;
    }
  }
  set(to, value);
  m_plan.pins.push_back({to, std::move(value), std::string(rule), std::string(found->because)});
}

void Translation::remove(const Path& at) {
  values::erase(m_plan.result, at);
}

void Translation::move(const Path& from, const Path& to, std::string_view rule, FateKind kind) {
  for (const Path& leaf : unclaimed(from)) {
    const Value* value = user(leaf);
    if (value == nullptr) {
      // Overruled by a newer spelling of the same key in the user's own values.
      claim(leaf, FateKind::dropped, {}, "overruled");
      continue;
    }
    const Path target = to.join(leaf.after(from.size()));
    if (put(target, *value)) {
      claim(leaf, target == leaf && kind == FateKind::moved ? FateKind::kept : kind, {target},
            rule);
    } else {
      tell("overruled", {{leaf.text()}, {}, leaf, {}});
      claim(leaf, FateKind::dropped, {}, "overruled");
    }
  }
}

void Translation::drop(const Path& from, std::string_view rule) {
  claim(from, FateKind::dropped, {}, rule);
}

void Translation::tell(std::string_view rule, Told told) {
  const Rule* found = m_catalogue.find(rule);
  if (found == nullptr) {
    throw base::InternalError(fmt::format("no rule '{}' for a finding", rule));
  }
  std::erase(told.subjects, "");  // a name that a template left empty names nothing
  for (auto& subject : told.subjects) {
    if (const auto it = m_respelled.find(subject); it != m_respelled.end()) {
      subject = it->second;
    }
  }
  std::string message = told.message.empty() ? std::string(found->message) : told.message;
  const auto key = std::make_pair(std::string(rule), message);
  if (const auto it = m_told.find(key); it != m_told.end()) {
    auto& subjects = m_plan.findings[it->second].subjects;
    for (auto& subject : told.subjects) {
      if (std::find(subjects.begin(), subjects.end(), subject) == subjects.end()) {
        subjects.push_back(std::move(subject));
      }
    }
    return;
  }
  text::Diagnostic diagnostic;
  diagnostic.rule = found->id;
  diagnostic.severity = found->severity;
  diagnostic.subjects = std::move(told.subjects);
  diagnostic.message = std::move(message);
  diagnostic.next = told.next.empty() ? std::string(found->next) : std::move(told.next);
  diagnostic.source = found->source;
  if (!told.at.empty()) {
    diagnostic.location = location(told.at);
  }
  m_told.emplace(key, m_plan.findings.size());
  m_plan.findings.push_back(std::move(diagnostic));
}

bool Translation::told(std::string_view rule) const {
  return std::any_of(m_plan.findings.begin(), m_plan.findings.end(),
                     [rule](const auto& finding) { return finding.rule == rule; });
}

text::Location Translation::location(const Path& path) const {
  const auto place = [this](const values::Origin& origin) -> text::Location {
    const auto index = static_cast<std::size_t>(origin.source);
    if (origin.source < 0 || index >= m_request.source_names.size()) {
      return {};
    }
    return {m_request.source_names[index], origin.line, origin.column};
  };
  // What the user wrote may be under an older spelling: a leaf below knows it.
  if (const auto it = m_leaves.lower_bound(path);
      it != m_leaves.end() && it->first.starts_with(path)) {
    if (const Value* written =
            values::find(m_written, it->second.written.first(it->second.written.size() -
                                                             (it->first.size() - path.size())))) {
      return place(written->origin);
    }
    return place(it->second.origin);
  }
  for (std::size_t n = path.size(); n-- > 1;) {
    if (const Value* above = values::find(m_written, path.first(n))) {
      return place(above->origin);
    }
  }
  return {};
}

Plan Translation::finish() {
  for (const auto& [path, leaf] : m_leaves) {
    if (!leaf.claimed) {
      throw base::InternalError(fmt::format("'{}' ended without a fate", leaf.written.text()));
    }
  }
  for (text::Diagnostic& finding : m_plan.findings) {
    name_subjects(finding);
  }
  sort_keys(m_plan.result);
  std::stable_sort(m_plan.fates.begin(), m_plan.fates.end(),
                   [](const Fate& a, const Fate& b) { return a.path < b.path; });
  return std::move(m_plan);
}

}  // namespace rules
