#include "decisions/lists.hpp"

#include "decisions/environment_parts.hpp"
#include "decisions/lists_parts.hpp"
#include "rules/translation.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace decisions {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

const Value* read_list(Translation& t, std::string_view component, std::string_view key,
                       std::string_view rule) {
  const Path at = Path(component).key(key);
  const Value* list = t.user(at);
  if (list == nullptr) {
    return nullptr;
  }
  if (!list->truthy() || !was_on(t, component)) {
    t.drop(at, list->truthy() ? "env-not-deployed" : "env-empty");
    return nullptr;
  }
  const bool good = list->is_list() && std::all_of(list->items().begin(), list->items().end(),
                                                   [](const Value& item) { return item.is_map(); });
  if (!good) {
    t.tell("list-shape", {{at.text()}, {}, at, {}});
    t.claim(at, FateKind::asked, {}, rule);
    return nullptr;
  }
  return list;
}

Value list_now(const Translation& t, const Path& at) {
  const Value* there = t.result(at);
  return there != nullptr && there->is_list() ? *there : Value::list();
}

void write_list(Translation& t, const Path& at, Value list) {
  if (list.items().empty()) {
    return;
  }
  if (list.origin.source < 0) {
    list.origin = list.items().front().origin;
  }
  t.set(at, std::move(list));
}

std::string name_of(const Value& item) {
  const Value* name = item.find("name");
  return name == nullptr ? "" : name->plain();
}

const Value* item_named(const Value& list, std::string_view name) {
  const auto it = std::find_if(list.items().begin(), list.items().end(),
                               [name](const Value& item) { return name_of(item) == name; });
  return it == list.items().end() ? nullptr : &*it;
}

std::string name_with_component(std::string_view component, const std::string& name) {
  std::string out = fmt::format("{}-{}", component == "zeebeGateway" ? "gateway" : component, name);
  if (out.size() > 63) {
    out.resize(63);
  }
  return out;
}

namespace {

void decide_configuration(Translation& t) {
  std::vector<std::string> whole;
  Path first;
  for (const std::string_view component : k_former) {
    const Path at = Path(component).key("configuration");
    if (t.user(at) == nullptr) {
      continue;
    }
    if (!t.on(at) || !was_on(t, component)) {
      t.drop(at, "full-configuration");
      continue;
    }
    whole.push_back(at.text());
    first = first.empty() ? at : first;
    t.claim(at, FateKind::asked, {}, "full-configuration");
  }
  if (!whole.empty()) {
    t.tell("full-configuration-stop", {std::move(whole), {}, first, {}});
  }
}

void decide_command(Translation& t) {
  std::vector<std::string> given_up;
  Path first;
  for (const std::string_view component : k_former) {
    const Path at = Path(component).key("command");
    if (t.user(at) == nullptr) {
      continue;
    }
    if (!t.on(at) || !was_on(t, component)) {
      t.drop(at, "start-command");
    } else if (component == "zeebe") {
      t.tell("start-command-stop", {{at.text()}, {}, at, {}});
      t.claim(at, FateKind::asked, {}, "start-command");
    } else {
      given_up.push_back(at.text());
      first = first.empty() ? at : first;
      t.drop(at, "start-command");
    }
  }
  if (!given_up.empty()) {
    t.tell("start-command-given-up", {std::move(given_up), {}, first, {}});
  }
}

// What stays where it is but meets another container.
void tell_neighbours(Translation& t) {
  const Path mounts("connectors.extraVolumeMounts");
  const Value list = t.effective(mounts);
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    const Value* path = list.items()[i].find("mountPath");
    if (path != nullptr && path->plain() == "/config/application.yml" &&
        t.on("connectors.enabled")) {
      t.tell("connectors-file", {{mounts.at(i).text(), path->plain()}, {}, mounts.at(i), {}});
    }
  }
  if (t.on("identity.enabled") && t.on("identity.sidecars")) {
    t.tell("identity-port", {{"identity.sidecars"}, {}, "identity.sidecars", {}});
  }
}

}  // namespace

void decide_lists(Translation& t) {
  merge_containers(t, merge_volumes(t));
  merge_metadata(t);
  merge_files(t);
  write_console_override(t);
  merge_pull_secrets(t);
  decide_configuration(t);
  decide_command(t);
  copy_to_jobs(t);
  tell_neighbours(t);
}

}  // namespace decisions
