#include "decisions/environment_parts.hpp"

#include "base/strings.hpp"
#include "rules/translation.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace decisions {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

namespace {

// What the item says apart from its name.
Value content(Value item) {
  item.erase("name");
  return item;
}

Value named(Value item, const std::string& name) {
  Value out = Value::map();
  out.origin = item.origin;
  out["name"] = Value::text(name);
  for (auto& [key, value] : item.entries()) {
    if (key != "name") {
      out[key] = std::move(value);
    }
  }
  return out;
}

// A number or boolean becomes the text that 8.7 meant; a field that Kubernetes does not know was
// ignored, and the schema of 13.x refuses it.
Value shaped(Value item) {
  auto& fields = item.entries();
  std::erase_if(fields, [](const auto& field) {
    return field.first != "name" && field.first != "value" && field.first != "valueFrom";
  });
  if (Value* value = item.find("value"); value != nullptr && !value->is_null()) {
    Value text = Value::text(camunda_paths(value->plain()));
    text.origin = value->origin;
    *value = std::move(text);
  }
  return item;
}

// The API server refuses a reference to no key.
bool names_its_source(const Value& item) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> k_needed = {
      {{"secretKeyRef", "key"},
       {"configMapKeyRef", "key"},
       {"fieldRef", "fieldPath"},
       {"resourceFieldRef", "resource"}}};
  const Value* from = item.find("valueFrom");
  return from == nullptr ||
         std::all_of(k_needed.begin(), k_needed.end(), [from](const auto& needed) {
           const Value* source = from->find(needed.first);
           const Value* field = source == nullptr ? nullptr : source->find(needed.second);
           return source == nullptr || (field != nullptr && !field->plain().empty());
         });
}

bool well_formed(const Value& item) {
  const Value* name = item.find("name");
  const Value* value = item.find("value");
  return name != nullptr && !name->plain().empty() &&
         (value == nullptr || (!value->is_map() && !value->is_list())) && names_its_source(item);
}

}  // namespace

bool Variable::plain() const {
  const Value* value = item.find("value");
  return value != nullptr && !value->is_null() && !base::contains(value->plain(), "{{");
}

std::string Variable::text() const {
  const Value* value = item.find("value");
  return value == nullptr ? "" : value->plain();
}

bool was_on(const Translation& t, std::string_view component) {
  const Path top(component.substr(0, component.find('.')));
  return t.on(top == Path("zeebeGateway") ? Path("zeebe.enabled") : top.key("enabled"));
}

std::string camunda_paths(std::string text) {
  for (const std::string_view name : {"zeebe", "operate", "tasklist"}) {
    const std::string old = fmt::format("/usr/local/{}", name);
    std::size_t at = 0;
    while ((at = text.find(old, at)) != std::string::npos) {
      const std::size_t end = at + old.size();
      const char next = end < text.size() ? text[end] : ' ';
      if (std::isalnum(static_cast<unsigned char>(next)) != 0 || next == '-' || next == '_') {
        at = end;
      } else {
        text.replace(at, old.size(), "/usr/local/camunda");
      }
    }
  }
  return text;
}

std::vector<Variable> read_variables(Translation& t, std::string_view component) {
  const Path at = Path(component).key("env");
  const Value* list = t.user(at);
  std::vector<Variable> out;
  if (list == nullptr) {
    return out;
  }
  if (!list->truthy()) {
    t.drop(at, "env-empty");
    return out;
  }
  if (!list->is_list()) {
    t.tell("env-shape", {{at.text()}, {}, at, {}});
    t.claim(at, FateKind::asked, {}, "env-shape");
    return out;
  }
  for (std::size_t i = 0; i < list->items().size(); ++i) {
    const Value& item = list->items()[i];
    if (!well_formed(item)) {
      t.tell("env-shape", {{at.at(i).text()}, {}, at.at(i), {}});
      t.claim(at.at(i), FateKind::asked, {}, "env-shape");
      continue;
    }
    Variable variable{std::string(component), at.at(i), item.find("name")->plain(), shaped(item),
                      nullptr};
    variable.rule = t.catalogue().env_rule(component, variable.name);
    out.push_back(std::move(variable));
  }
  return out;
}

Environment::Environment(Translation& t, Path list) : m_t(t), m_list(std::move(list)) {
  if (const Value* there = t.result(m_list); there != nullptr) {
    for (const Value& item : there->items()) {
      const Value* name = item.find("name");
      const std::string text = name == nullptr ? "" : name->plain();
      m_entries.push_back({text, item, "", text});
    }
  }
  m_first = m_entries.size();
}

bool Environment::has(std::string_view name) const {
  return std::any_of(m_entries.begin(), m_entries.end(),
                     [name](const Entry& entry) { return entry.name == name; });
}

bool Environment::place(const std::string& name, const Value& item, const Variable& from) {
  const auto it = std::find_if(m_entries.begin(), m_entries.end(),
                               [&](const Entry& entry) { return entry.name == name; });
  Value made = named(item, name);
  if (it == m_entries.end()) {
    m_entries.push_back({name, std::move(made), from.component, from.name});
    return true;
  }
  if (content(it->item) == content(made)) {
    return true;
  }
  // Kubernetes takes the last of one list. The brokers' own gateway was off in 8.7, so what was
  // meant for it had no effect.
  const bool dead = it->component == "zeebe" && from.component != "zeebe" &&
                    base::contains(it->written, "ZEEBE_BROKER_GATEWAY_");
  if (it->component == from.component || dead) {
    if (!dead && it->written == from.name) {
      collect(from, "env-twice");
    }
    it->item = std::move(made);
    it->written = from.name;
    return true;
  }
  return false;
}

void Environment::keep(const Variable& variable, const std::string& name, std::string_view rule) {
  if (place(name, variable.item, variable)) {
    const bool stays = m_list == variable.at.parent() && name == variable.name;
    m_t.claim(variable.at, stays ? FateKind::kept : FateKind::merged, {m_list}, rule);
    return;
  }
  const auto it = std::find_if(m_entries.begin(), m_entries.end(),
                               [&](const Entry& entry) { return entry.name == name; });
  if (it->component.empty()) {
    m_t.tell("overruled", {{variable.name}, {}, variable.at, {}});
    drop(variable, "overruled");
  } else {
    drop_and_tell(variable, "env-conflict");
  }
}

void Environment::add(const std::string& name, const Value& item, const Variable& reason) {
  place(name, item, reason);
}

bool Environment::offer(const std::string& name, const Variable& variable) {
  return place(name, variable.item, variable);
}

void Environment::moved(const Variable& variable, const std::vector<Path>& to,
                        std::string_view rule) {
  m_t.claim(variable.at, FateKind::converted, to, rule);
}

void Environment::drop(const Variable& variable, std::string_view rule) {
  m_t.claim(variable.at, FateKind::dropped, {}, rule);
}

void Environment::drop_and_tell(const Variable& variable, std::string_view rule) {
  collect(variable, rule);
  drop(variable, rule);
}

void Environment::collect(const Variable& variable, std::string_view rule) {
  Collected& all = m_collected[std::string(rule)];
  if (all.names.empty()) {
    all.at = variable.at;
  }
  if (std::find(all.names.begin(), all.names.end(), variable.name) == all.names.end()) {
    all.names.push_back(variable.name);
  }
  const std::string shown = fmt::format("{} ({})", variable.name, variable.component);
  if (std::find(all.shown.begin(), all.shown.end(), shown) == all.shown.end()) {
    all.shown.push_back(shown);
  }
}

void Environment::finish() {
  for (auto& [rule, all] : m_collected) {
    const rules::Rule* found = m_t.catalogue().find(rule);
    m_t.tell(rule, {std::move(all.names),
                    fmt::format("{}: {}", found == nullptr ? rule : found->message,
                                base::enumerate(all.shown)),
                    all.at,
                    {}});
  }
  m_collected.clear();
  if (m_entries.empty()) {
    return;
  }
  Value list = Value::list();
  for (const Entry& entry : m_entries) {
    list.items().push_back(entry.item);
    list.origin = list.origin.source < 0 ? entry.item.origin : list.origin;
  }
  m_t.set(m_list, std::move(list));
}

}  // namespace decisions
