#include "decisions/templates_reference.hpp"

#include "base/strings.hpp"
#include "decisions/addresses_parts.hpp"
#include "decisions/templates_scan.hpp"
#include "rules/translation.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

struct Answer {
  enum class Kind { stays, moved, text, dangling } kind = Kind::stays;
  Path to;      // moved
  Value value;  // text: what the reference stood for
};

Path respelled(const Translation& t, const Path& path) {
  const rules::Rule* rule = t.catalogue().rule_for(path);
  return rule != nullptr && rule->verb == rules::Verb::respell
             ? Path(rule->target).join(path.after(Path(rule->match).size()))
             : path;
}

// Where the value of an 8.7 key stands in 8.8: by its fate, or by the rule that will take it.
std::optional<Path> target_of(const Translation& t, const Path& path) {
  for (const auto& fate : t.plan().fates) {
    if (respelled(t, fate.path) == path) {
      const bool gone = fate.kind == FateKind::dropped || fate.kind == FateKind::asked;
      return !gone && fate.to.size() == 1 ? std::optional(fate.to.front()) : std::nullopt;
    }
  }
  const rules::Rule* rule = t.catalogue().rule_for(path);
  if (rule != nullptr && rule->verb == rules::Verb::keep) {
    return path;
  }
  if (rule != nullptr && rule->verb == rules::Verb::move) {
    return Path(rule->target).join(path.after(Path(rule->match).size()));
  }
  return {};
}

void merge_over(Value& base, const Value& over) {
  if (!base.is_map() || !over.is_map()) {
    base = over;
    return;
  }
  for (const auto& [key, value] : over.entries()) {
    merge_over(base[key], value);
  }
}

// What 8.8 will work with at `to`, where the value of the old key `from` goes.
Value coming(const Translation& t, const Path& from, const Path& to) {
  Value value = t.catalogue().new_default(to);
  if (const Value* there = t.result(to)) {
    merge_over(value, *there);
  }
  if (const Value* mine = t.user(from); mine != nullptr && t.has_unclaimed(from)) {
    merge_over(value, *mine);
  }
  return value;
}

// The context path of one app: its address is the new context path and its own part.
std::optional<Value> own_context(const Translation& t, const Path& path) {
  for (const FormerApp& app : former_apps(t)) {
    if (path == Path(app.key).key("contextPath")) {
      return Value::text(app.path.empty() ? "" : new_context_path(t) + app.suffix);
    }
  }
  return {};
}

bool is_scalar(const Value& value) {
  return !value.is_map() && !value.is_list();
}

Answer answer_for_tree(const Translation& t, const Path& path, const Value& old) {
  std::optional<Path> to = target_of(t, path);
  if (!to && path.size() > 1 && path.steps()[0].key == "zeebe") {
    to = Path("orchestration").join(path.after(1));
  }
  if (to && *to == path) {
    return {};
  }
  if (to && coming(t, path, *to) == old) {
    return {Answer::Kind::moved, *to, {}};
  }
  return t.catalogue().new_knows(path) ? Answer{} : Answer{Answer::Kind::dangling, {}, {}};
}

Answer answer_for(const Translation& t, const Path& written) {
  const Path path = respelled(t, written);
  if (auto context = own_context(t, path)) {
    return {Answer::Kind::text, {}, std::move(*context)};
  }
  const Value old = t.effective(path);
  if (!is_scalar(old)) {
    return answer_for_tree(t, path, old);
  }
  const auto to = target_of(t, path);
  if (to && *to == written) {
    return {};
  }
  if (to && coming(t, path, *to).plain() == old.plain()) {
    return {Answer::Kind::moved, *to, {}};
  }
  const bool same_there =
      t.catalogue().new_knows(written) && !to && new_effective(t, written).plain() == old.plain();
  const bool never_was = old.is_null() && t.catalogue().new_knows(written.first(1));
  return same_there || never_was ? Answer{} : Answer{Answer::Kind::text, {}, old};
}

std::string literal(const Value& value) {
  if (value.is_null()) {
    return "\"\"";
  }
  if (!value.is_text()) {
    return value.plain();
  }
  std::string out = base::replace_all(value.as_text(), "\\", "\\\\");
  out = base::replace_all(out, "\"", "\\\"");
  return "\"" + base::replace_all(out, "\n", "\\n") + "\"";
}

// Steps that are no plain names need `index`.
std::string reference_to(const Path& path) {
  const bool plain = std::all_of(path.steps().begin(), path.steps().end(), [](const auto& step) {
    return !step.is_index() && is_template_name(step.key);
  });
  if (plain) {
    return ".Values." + path.text();
  }
  std::string out = "(index .Values";
  for (const auto& step : path.steps()) {
    out += step.is_index() ? fmt::format(" {}", step.index) : fmt::format(" \"{}\"", step.key);
  }
  return out + ")";
}

// Where the user wrote the text that stands at `at` now.
Path written_at(const Translation& t, const Path& at) {
  for (const auto& fate : t.plan().fates) {
    if (std::find(fate.to.begin(), fate.to.end(), at) != fate.to.end()) {
      return fate.path;
    }
  }
  return at;
}

void tell(Translation& t, const char* rule, const Path& at, const Path& key) {
  const Path place = written_at(t, at);
  t.tell(rule, {{place.text(), key.text()}, {}, place, {}});
}

void tell_dangling(Translation& t, const Path& at, const Path& key) {
  const Path place = written_at(t, at);
  t.tell("template-dangling",
         {{place.text(), key.text()},
          fmt::format("{} names .Values.{} in a template; 8.8 does not have that block",
                      place.text(), key.text()),
          place,
          {}});
}

// One action between braces; `whole` when it is nothing but the reference.
std::optional<std::string> put_right(Translation& t, const Path& at, const TemplateAction& action) {
  std::string inside = action.inside;
  bool changed = false;
  for (auto reference = next_reference(inside, 0); reference;) {
    const Answer answer = answer_for(t, reference->path);
    std::string instead = inside.substr(reference->begin, reference->end - reference->begin);
    switch (answer.kind) {
      case Answer::Kind::stays:
        break;
      case Answer::Kind::moved:
        instead = (reference->from_root ? "$" : "") + reference_to(answer.to);
        tell(t, "template-reference", at, reference->path);
        changed = true;
        break;
      case Answer::Kind::text:
        tell(t, "template-inlined", at, reference->path);
        if (reference->is_all_of(inside)) {
          return without_evaluation(answer.value.plain());
        }
        instead = literal(answer.value);
        changed = true;
        break;
      case Answer::Kind::dangling:
        tell_dangling(t, at, reference->path);
        break;
    }
    inside = inside.substr(0, reference->begin) + instead + inside.substr(reference->end);
    reference = next_reference(inside, reference->begin + instead.size());
  }
  return changed ? std::optional("{{" + inside + "}}") : std::nullopt;
}

}  // namespace

std::optional<std::string> with_new_references(Translation& t, const Path& at,
                                               const std::string& text) {
  if (!base::contains(text, ".Values")) {
    return {};
  }
  std::string out;
  std::size_t done = 0;
  bool changed = false;
  for (auto action = next_action(text, 0); action; action = next_action(text, action->end)) {
    if (const auto instead = put_right(t, at, *action)) {
      out += text.substr(done, action->begin - done) + *instead;
      done = action->end;
      changed = true;
    }
  }
  return changed ? std::optional(out + text.substr(done)) : std::nullopt;
}

}  // namespace decisions
