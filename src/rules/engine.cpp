#include "rules/engine.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "rules/condition.hpp"
#include "rules/translation.hpp"
#include "yaml/scalar.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

namespace rules {
namespace {

using values::Kind;
using values::Path;
using values::Value;

bool applies(const Rule& rule, const base::Version& to) {
  const auto since = base::Version::parse(rule.since);
  const auto until = base::Version::parse(rule.until);
  return (rule.since.empty() || to >= *since) && (rule.until.empty() || to < *until);
}

// Values are in the new structure when they have a block of the new chart's at the top, or a key of
// its own near the top and none of the old chart's, and no block of the old chart's. There is
// nothing to translate then, and nothing to pin. The blocks of dependencies say nothing: both
// charts hand on whatever stands there, and name only what they set themselves.
bool in_new_structure(const Catalogue& catalogue, const Translation& t) {
  constexpr std::size_t k_near = 3;
  bool new_block = false;
  const Value* all = t.user({});
  for (const auto& [key, block] : all->entries()) {
    const Path top = Path().key(key);
    const bool in_old = catalogue.old_knows(top);
    const bool in_new = catalogue.new_knows(top);
    if (in_old && !in_new) {
      return false;
    }
    new_block = new_block || (in_new && !in_old);
  }
  bool new_key = false;
  bool old_key = false;
  for (const Path& leaf : t.unclaimed()) {
    const Rule* rule = t.rule_for(leaf);
    if (rule != nullptr && rule->verb == Verb::drop && catalogue.new_knows(leaf)) {
      continue;  // it stood there without effect
    }
    if (rule != nullptr && rule->open) {
      continue;
    }
    const Path near = leaf.first(std::min(leaf.size(), k_near));
    new_key = new_key || (catalogue.new_knows(near) && !catalogue.old_knows(near));
    old_key = old_key || (catalogue.old_knows(leaf) && !catalogue.new_knows(leaf));
  }
  return new_block || (new_key && !old_key);
}

void keep_everything(Translation& t) {
  for (const Path& leaf : t.unclaimed()) {
    t.move(leaf, leaf, "new-structure");
  }
  t.plan().already_new = true;
  t.plan().data_migration = t.result("orchestration.migration.data.enabled") != nullptr &&
                            t.result("orchestration.migration.data.enabled")->truthy();
}

// The user's own keys of the new chart come first: within a source they win over legacy ones. A key
// that a rule drops is one that the old chart ignored and that would begin to act.
void keep_new_keys(const Catalogue& catalogue, Translation& t) {
  std::string block;
  bool in_new = false;
  for (const Path& leaf : t.unclaimed()) {
    if (block != leaf.steps()[0].key) {
      block = leaf.steps()[0].key;
      in_new = catalogue.new_knows(leaf.first(1));
    }
    if (!in_new || catalogue.old_knows(leaf) || !catalogue.new_knows(leaf)) {
      continue;
    }
    const Rule* rule = t.rule_for(leaf);
    if (rule == nullptr || rule->verb != Verb::drop) {
      t.move(leaf, leaf, "new-key");
    }
  }
}

std::string fill_in(std::string_view message, const Path& path) {
  std::string out(message);
  for (const auto& [mark, text] : {std::pair<std::string, std::string>{"{path}", path.text()},
                                   {"{component}", path.empty() ? "" : path.steps()[0].key}}) {
    for (std::size_t at = out.find(mark); at != std::string::npos; at = out.find(mark, at)) {
      out.replace(at, mark.size(), text);
      at += text.size();
    }
  }
  return out;
}

void give_up(Translation& t, const Rule& rule, const Path& leaf) {
  if (rule.tell && t.changed(leaf) && holds(t, rule.when)) {
    const Path at = leaf.first(std::min(leaf.size(), Path(rule.match).size()));
    t.tell(rule.id, {{leaf.text()}, fill_in(rule.message, at), at, {}});
  }
  t.drop(leaf, rule.id);
}

void take(const Catalogue& catalogue, Translation& t, const Path& leaf) {
  const Rule* rule = t.rule_for(leaf);
  if (rule == nullptr || (!rule->open && !catalogue.old_knows(leaf) && !catalogue.new_knows(leaf) &&
                          rule->verb == Verb::keep)) {
    t.tell("unknown-key", {{leaf.text()}, {}, leaf, {}});
    t.move(leaf, leaf, "unknown-key");
    return;
  }
  switch (rule->verb) {
    case Verb::keep:
      if (rule->tell && t.changed(leaf) && holds(t, rule->when)) {
        t.tell(rule->id, {{leaf.text()}, fill_in(rule->message, leaf), leaf, {}});
      }
      t.move(leaf, leaf, rule->id);
      break;
    case Verb::move: {
      if (rule->tell && t.changed(leaf) && holds(t, rule->when)) {
        t.tell(rule->id, {{leaf.text()}, fill_in(rule->message, leaf), leaf, {}});
      }
      t.move(leaf, Path(rule->target).join(leaf.after(Path(rule->match).size())), rule->id);
      break;
    }
    case Verb::drop:
      give_up(t, *rule, leaf);
      break;
    case Verb::through:
      // The decision saw it and left it: a gap in the decision, never a guess here.
      t.tell("no-rule", {{leaf.text()}, {}, leaf, {}});
      t.claim(leaf, FateKind::asked, {}, rule->id);
      break;
    default:
      throw base::InternalError(fmt::format("rule '{}' cannot take '{}'", rule->id, leaf.text()));
  }
}

// Templates of 8.7 wrote such a text without quotes, so that "0754" was an octal number.
bool to_number(const std::string& text, Value& out) {
  const yaml::Resolved read = yaml::resolve(text, true);
  if (read.type == yaml::Resolved::Type::integer) {
    out = Value::integer(read.integer);
    return true;
  }
  if (read.type == yaml::Resolved::Type::number) {
    out = Value::number(read.number);
    return true;
  }
  return false;
}

// A scalar of the type the target's schema wants; false when there is none with the same meaning.
bool retyped(const Value& value, std::string_view type, Value& out) {
  if (type == "string" && (value.is_number() || value.kind() == Kind::boolean)) {
    out = Value::text(value.plain());
    return true;
  }
  if ((type == "number" || type == "integer") && value.is_text()) {
    return to_number(value.as_text(), out);
  }
  // The text "false" counted as true in templates: what was meant only its author knows.
  if (type == "boolean" && value.is_text() && value.as_text() == "true") {
    out = Value::boolean(true);
    return true;
  }
  return false;
}

bool fits(const Value& value, std::string_view type) {
  switch (value.kind()) {
    case Kind::null:
      return true;
    case Kind::boolean:
      return type == "boolean";
    case Kind::integer:
    case Kind::number:
      return type == "number" || type == "integer";
    case Kind::text:
      return type == "string";
    default:
      return false;
  }
}

// Chart 13.x has a schema and 12.x had none: numbers, strings and booleans are written as it wants.
// A null removes a default of the chart; where there is none Helm hands it to the schema, which
// refuses it.
void fit_types(const Catalogue& catalogue, Translation& t) {
  std::map<Path, std::size_t> by_target;
  for (std::size_t i = 0; i < t.plan().fates.size(); ++i) {
    for (const auto& to : t.plan().fates[i].to) {
      by_target.emplace(to, i);
    }
  }
  std::vector<std::pair<Path, Value>> changes;
  std::vector<Path> nulls;
  values::for_each_leaf(t.plan().result, [&](const Path& path, const Value& value) {
    if (value.is_null() && catalogue.new_typed_by_map(path)) {
      nulls.push_back(path);
      return;
    }
    const std::string_view type = catalogue.new_type(path);
    if (type.empty() || fits(value, type)) {
      return;
    }
    Value out;
    const auto fate = by_target.find(path);
    if (retyped(value, type, out)) {
      out.origin = value.origin;
      changes.emplace_back(path, std::move(out));
      if (fate != by_target.end()) {
        auto& kind = t.plan().fates[fate->second].kind;
        if (kind == FateKind::kept || kind == FateKind::moved) {
          kind = FateKind::converted;
        }
      }
      return;
    }
    const Path written = fate == by_target.end() ? path : t.plan().fates[fate->second].path;
    t.tell("wrong-type", {{written.text()},
                          fmt::format("{} must be a {} in the new chart", written.text(), type),
                          written,
                          {}});
  });
  for (auto& [path, value] : changes) {
    values::reach(t.plan().result, path) = std::move(value);
  }
  for (const Path& path : nulls) {
    t.remove(path);
    if (const auto fate = by_target.find(path); fate != by_target.end()) {
      t.plan().fates[fate->second].kind = FateKind::dropped;
      t.plan().fates[fate->second].to.clear();
    }
  }
}

void write_pins(const Catalogue& catalogue, Translation& t) {
  for (const Rule& rule : catalogue.rules) {
    if (rule.verb == Verb::pin && applies(rule, t.request().to) && holds(t, rule.when)) {
      t.pin(Path(rule.target), catalogue.pin_value(rule), rule.id);
    }
  }
}

// The paths that a condition is about, as they stand in the new values.
std::vector<Path> paths_of(std::string_view when) {
  std::vector<Path> out;
  for (const std::string_view word : base::split(when, ' ')) {
    if (const std::size_t at = word.find("new:"); at != std::string_view::npos) {
      out.emplace_back(word.substr(at + 4));
    }
  }
  return out;
}

// The key under which the user wrote what is at `path` now; empty when they did not.
Path written_as(const Translation& t, const Path& path) {
  if (t.user(path) != nullptr) {
    return path;
  }
  const auto& fates = t.plan().fates;
  const auto fate = std::find_if(fates.begin(), fates.end(), [&](const Fate& one) {
    return std::find(one.to.begin(), one.to.end(), path) != one.to.end();
  });
  return fate == fates.end() ? Path() : fate->path;
}

// What the new chart refuses or silently does otherwise is told where the user wrote it, if they
// did.
void make_checks(const Catalogue& catalogue, Translation& t) {
  for (const Rule& rule : catalogue.rules) {
    if (rule.verb != Verb::check || !applies(rule, t.request().to) || !holds(t, rule.when)) {
      continue;
    }
    const Path target(rule.target);
    const Path own = written_as(t, target);
    Path place = own;
    for (const Path& other : paths_of(rule.when)) {
      place = place.empty() ? written_as(t, other) : place;
    }
    const Path& subject = own.empty() ? target : own;
    t.tell(rule.id, {{subject.text()}, fill_in(rule.message, subject), place, {}});
  }
}

void run(std::span<const Decision> decisions, bool last, Translation& t) {
  for (const Decision& decision : decisions) {
    if (decision.last == last) {
      decision.run(t);
    }
  }
}

}  // namespace

Plan translate(const Catalogue& catalogue, std::span<const Decision> decisions,
               const Request& request, Value user) {
  Translation t(catalogue, request, std::move(user));
  if (in_new_structure(catalogue, t)) {
    keep_everything(t);
    make_checks(catalogue, t);
    run(decisions, true, t);
    return t.finish();
  }
  keep_new_keys(catalogue, t);
  run(decisions, false, t);
  for (const Path& leaf : t.unclaimed()) {
    if (!t.claimed(leaf)) {
      take(catalogue, t, leaf);
    }
  }
  write_pins(catalogue, t);
  fit_types(catalogue, t);
  make_checks(catalogue, t);
  run(decisions, true, t);
  return t.finish();
}

}  // namespace rules
