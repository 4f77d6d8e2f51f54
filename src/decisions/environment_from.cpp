#include "base/strings.hpp"
#include "decisions/environment_parts.hpp"
#include "rules/translation.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace decisions {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

namespace {

const Path k_sources("orchestration.envFrom");
const Path k_importer("orchestration.importer.envFrom");

void append_once(Value& list, const Value& item) {
  const auto& items = list.items();
  if (std::find(items.begin(), items.end(), item) == items.end()) {
    list.items().push_back(item);
    list.origin = list.origin.source < 0 ? item.origin : list.origin;
  }
}

std::string source_name(const Value& item) {
  for (const char* kind : {"secretRef", "configMapRef"}) {
    const Value* ref = item.find(kind);
    if (ref != nullptr && ref->find("name") != nullptr) {
      return ref->find("name")->plain();
    }
  }
  return "envFrom";
}

Value list_at(const Translation& t, const Path& at) {
  const Value* there = t.result(at);
  return there != nullptr && there->is_list() ? *there : Value::list();
}

struct Sources {
  Value all;
  std::vector<std::string> names;
  Path first;
};

void read_sources(Translation& t, std::string_view component, Sources& sources) {
  const Path at = Path(component).key("envFrom");
  const Value* list = t.user(at);
  if (list == nullptr) {
    return;
  }
  if (!list->truthy() || !was_on(t, component)) {
    t.drop(at, list->truthy() ? "env-not-deployed" : "env-empty");
    return;
  }
  if (!list->is_list()) {
    t.tell("env-shape", {{at.text()}, {}, at, {}});
    t.claim(at, FateKind::asked, {}, "env-shape");
    return;
  }
  for (const Value& item : list->items()) {
    append_once(sources.all, item);
    const std::string name = source_name(item);
    if (std::find(sources.names.begin(), sources.names.end(), name) == sources.names.end()) {
      sources.names.push_back(name);
    }
  }
  sources.first = sources.first.empty() ? at : sources.first;
  t.claim(at, FateKind::merged, {k_sources}, "env-from");
}

}  // namespace

void decide_env_from(Translation& t) {
  Sources sources{list_at(t, k_sources), {}, {}};
  for (const std::string_view component : k_former) {
    read_sources(t, component, sources);
  }
  if (sources.names.empty()) {
    return;
  }
  const rules::Rule* rule = t.catalogue().find("env-from-unseen");
  t.tell("env-from-unseen", {sources.names,
                             fmt::format("{}: {}", rule->message, base::enumerate(sources.names)),
                             sources.first,
                             {}});
  if (t.plan().data_migration) {
    Value importer = list_at(t, k_importer);
    for (const Value& item : sources.all.items()) {
      append_once(importer, item);
    }
    t.set(k_importer, std::move(importer));
  }
  t.set(k_sources, std::move(sources.all));
}

}  // namespace decisions
