#include "base/strings.hpp"
#include "decisions/environment_parts.hpp"
#include "decisions/lists_parts.hpp"
#include "rules/translation.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

struct Containers {
  Value init;
  Value beside;
  std::vector<std::string> foreign;  // those that ran in another pod in 8.7
  Path first;
};

Value with_renamed_volumes(Value container, const Renamed& renamed) {
  Value* mounts = container.find("volumeMounts");
  if (mounts == nullptr || !mounts->is_list()) {
    return container;
  }
  for (Value& mount : mounts->items()) {
    if (const auto it = renamed.find(name_of(mount)); mount.is_map() && it != renamed.end()) {
      mount["name"] = Value::text(it->second);
    }
  }
  return container;
}

void append(Containers& all, Value& list, std::string_view component, Value container,
            const Path& at) {
  auto& items = list.items();
  if (std::find(items.begin(), items.end(), container) != items.end()) {
    return;
  }
  const std::string name = name_of(container);
  if (name == "orchestration" || item_named(all.init, name) != nullptr ||
      item_named(all.beside, name) != nullptr) {
    container["name"] = Value::text(name_with_component(component, name));
  }
  if (component != "zeebe") {
    all.foreign.push_back(name_of(container));
    all.first = all.first.empty() ? at : all.first;
  }
  items.push_back(std::move(container));
}

void merge_list(Translation& t, std::string_view component, std::string_view key,
                const Renamed& renamed, Containers& all) {
  const Value* list = read_list(t, component, key, "containers");
  if (list == nullptr) {
    return;
  }
  const Path at = Path(component).key(key);
  const bool beside = key == "sidecars";
  for (const Value& container : list->items()) {
    append(all, beside ? all.beside : all.init, component, with_renamed_volumes(container, renamed),
           at);
  }
  t.claim(at, FateKind::merged,
          {beside ? Path("orchestration.sidecars") : Path("orchestration.initContainers")},
          "containers");
}

// Both charts take the second list only when the first is empty; Operate and Tasklist have none.
void merge_init(Translation& t, std::string_view component, const Renamed& renamed,
                Containers& all) {
  const bool second = (component == "zeebe" || component == "zeebeGateway") &&
                      !t.on(Path(component).key("initContainers"));
  if (second) {
    merge_list(t, component, "extraInitContainers", renamed, all);
  } else {
    t.drop(Path(component).key("extraInitContainers"), "containers-unread");
  }
  merge_list(t, component, "initContainers", renamed, all);
}

}  // namespace

void merge_containers(Translation& t, const std::map<std::string, Renamed, std::less<>>& renamed) {
  Containers all{
      list_now(t, "orchestration.initContainers"), list_now(t, "orchestration.sidecars"), {}, {}};
  for (const std::string_view component : k_former) {
    const Renamed& own = renamed.find(component)->second;
    merge_init(t, component, own, all);
    merge_list(t, component, "sidecars", own, all);
  }
  if (!all.foreign.empty()) {
    const rules::Rule* rule = t.catalogue().find("containers-merged");
    t.tell("containers-merged", {all.foreign,
                                 fmt::format("{}: {}", rule->message, base::enumerate(all.foreign)),
                                 all.first,
                                 {}});
  }
  write_list(t, "orchestration.initContainers", std::move(all.init));
  write_list(t, "orchestration.sidecars", std::move(all.beside));
}

}  // namespace decisions
