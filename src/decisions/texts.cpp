#include "decisions/texts.hpp"

#include "rules/translation.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

void mark_converted(Translation& t, const Path& at) {
  for (auto& fate : t.plan().fates) {
    const bool here = std::find(fate.to.begin(), fate.to.end(), at) != fate.to.end();
    if (here && (fate.kind == FateKind::kept || fate.kind == FateKind::moved)) {
      fate.kind = FateKind::converted;
    }
  }
}

void rewrite_result(Translation& t, const Rewrite& rewrite) {
  std::vector<std::pair<Path, std::string>> texts;
  values::for_each_leaf(t.plan().result, [&](const Path& at, const Value& value) {
    if (value.is_text()) {
      texts.emplace_back(at, value.as_text());
    }
  });
  for (const auto& [at, text] : texts) {
    if (const auto changed = rewrite(at, text); changed && *changed != text) {
      Value value = Value::text(*changed);
      value.origin = t.result(at)->origin;
      t.set(at, std::move(value));
      mark_converted(t, at);
    }
  }
}

// The plain rules run after the decisions; a leaf that has to change is taken in their stead.
void rewrite_unclaimed(Translation& t, const Rewrite& rewrite) {
  for (const Path& leaf : t.unclaimed()) {
    const Value* value = t.user(leaf);
    const rules::Rule* rule = t.catalogue().rule_for(leaf);
    if (value == nullptr || !value->is_text() || rule == nullptr) {
      continue;
    }
    if (rule->verb != rules::Verb::keep && rule->verb != rules::Verb::move) {
      continue;
    }
    const Path to = rule->verb == rules::Verb::keep
                        ? leaf
                        : Path(rule->target).join(leaf.after(Path(rule->match).size()));
    if (const auto changed = rewrite(to, value->as_text());
        changed && *changed != value->as_text()) {
      Value text = Value::text(*changed);
      text.origin = value->origin;
      if (t.put(to, std::move(text))) {
        t.claim(leaf, FateKind::converted, {to}, rule->id);
      }
    }
  }
}

}  // namespace

void rewrite_texts(Translation& t, const Rewrite& rewrite) {
  rewrite_result(t, rewrite);
  rewrite_unclaimed(t, rewrite);
}

std::string variable_at(const Translation& t, const Path& at) {
  if (at.empty() || at.back().key != "value") {
    return {};
  }
  const Path name = at.parent().key("name");
  const Value* found = t.result(name);
  found = found != nullptr ? found : t.user(name);
  return found != nullptr ? found->plain() : std::string();
}

}  // namespace decisions
