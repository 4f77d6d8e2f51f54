#include "base/strings.hpp"
#include "decisions/environment_parts.hpp"
#include "decisions/lists_parts.hpp"
#include "rules/translation.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

const Path k_volumes("orchestration.extraVolumes");
const Path k_mounts("orchestration.extraVolumeMounts");
constexpr std::array<std::string_view, 6> k_chart_volumes = {
    "config", "data", "exporters", "tmp", "keystore", "gcp-credentials-volume"};

bool chart_has(std::string_view name) {
  return std::find(k_chart_volumes.begin(), k_chart_volumes.end(), name) != k_chart_volumes.end();
}

std::string mount_path(const Value& mount) {
  const Value* path = mount.find("mountPath");
  std::string text = path == nullptr ? "" : path->plain();
  while (text.size() > 1 && text.ends_with('/')) {
    text.pop_back();
  }
  return text;
}

Renamed merge_component_volumes(Translation& t, std::string_view component, Value& volumes) {
  Renamed renamed;
  const Value* list = read_list(t, component, "extraVolumes", "volumes");
  if (list == nullptr) {
    return renamed;
  }
  for (Value item : list->items()) {
    const std::string name = name_of(item);
    const Value* there = item_named(volumes, name);
    if (there != nullptr && *there == item) {
      continue;
    }
    // The brokers' pod had the chart's volumes in 8.7 already; another pod's volume may be called
    // like one of them.
    if (there != nullptr || (component != "zeebe" && chart_has(name))) {
      const std::string own = name_with_component(component, name);
      renamed[name] = own;
      Value text = Value::text(own);
      text.origin = item.origin;
      item["name"] = std::move(text);
      t.tell("volume-renamed", {{name}, {}, Path(component).key("extraVolumes"), {}});
      if (item_named(volumes, own) != nullptr) {
        continue;
      }
    }
    volumes.items().push_back(std::move(item));
  }
  t.claim(Path(component).key("extraVolumes"), FateKind::merged, {k_volumes}, "volumes");
  return renamed;
}

// Where chart 13.x mounts its own files.
std::set<std::string> chart_paths(const Translation& t) {
  std::set<std::string> out = {"/usr/local/bin/startup.sh", "/exporters", "/tmp",
                               "/usr/local/camunda/config/application.yaml"};
  if (t.text("zeebe.persistenceType") != "local") {
    out.insert("/usr/local/camunda/data");
  }
  if (t.on("zeebe.log4j2")) {
    out.insert("/usr/local/camunda/config/log4j2.xml");
  }
  for (const std::string_view component : k_former) {
    const Value files = t.effective(Path(component).key("extraConfiguration"));
    for (const auto& [file, content] : files.entries()) {
      out.insert("/usr/local/camunda/config/" + file);
    }
  }
  return out;
}

// What a mount shows of a Secret or ConfigMap, or "" when its volume is something else or its keys
// have other names in it.
std::string shown(const Value& mount, const Value& volumes) {
  const Value* volume = item_named(volumes, name_of(mount));
  for (const auto& [kind, name] : {std::pair{"secret", "secretName"}, {"configMap", "name"}}) {
    const Value* source = volume == nullptr ? nullptr : volume->find(kind);
    const Value* of = source == nullptr ? nullptr : source->find(name);
    if (of == nullptr) {
      continue;
    }
    if (const Value* items = source->find("items")) {
      for (const Value& item : items->items()) {
        const Value* key = item.find("key");
        const Value* path = item.find("path");
        if (key == nullptr || path == nullptr || !(*key == *path)) {
          return {};
        }
      }
    }
    const Value* part = mount.find("subPath");
    const bool whole = part == nullptr && source->find("items") == nullptr;
    return whole || part != nullptr
               ? fmt::format("{} {} {}", kind, of->plain(), whole ? "" : part->plain())
               : std::string();
  }
  return {};
}

struct Mounts {
  Value all;
  std::set<std::string> taken;
  std::vector<std::string> conflicts;
  Path first;

  void conflict(const std::string& path, const Path& at) {
    if (std::find(conflicts.begin(), conflicts.end(), path) == conflicts.end()) {
      conflicts.push_back(path);
    }
    first = first.empty() ? at : first;
  }
};

// True when the mount that has this one's path already shows the same.
bool shows_the_same(const Mounts& mounts, const Value& mount, const Value& volumes) {
  const std::string mine = shown(mount, volumes);
  return !mine.empty() &&
         std::any_of(mounts.all.items().begin(), mounts.all.items().end(), [&](const Value& other) {
           return mount_path(other) == mount_path(mount) && shown(other, volumes) == mine;
         });
}

Value moved_mount(Value mount, const Renamed& renamed) {
  if (const auto it = renamed.find(name_of(mount)); it != renamed.end()) {
    mount["name"] = Value::text(it->second);
  }
  if (Value* path = mount.find("mountPath")) {
    Value text = Value::text(camunda_paths(path->plain()));
    text.origin = path->origin;
    *path = std::move(text);
  }
  return mount;
}

void merge_component_mounts(Translation& t, std::string_view component, const Renamed& renamed,
                            Value& volumes, Mounts& mounts) {
  const Path at = Path(component).key("extraVolumeMounts");
  const Value* list = read_list(t, component, "extraVolumeMounts", "volumes");
  if (list == nullptr) {
    return;
  }
  for (const Value& item : list->items()) {
    const Value mount = moved_mount(item, renamed);
    const std::string path = mount_path(mount);
    if (std::find(mounts.all.items().begin(), mounts.all.items().end(), mount) !=
        mounts.all.items().end()) {
      continue;
    }
    if (!mounts.taken.insert(path).second) {
      if (!shows_the_same(mounts, mount, volumes)) {
        mounts.conflict(path, at);
      }
      continue;
    }
    // An empty volume that the pods of Operate and Tasklist had of the chart.
    if (component != "zeebe" && name_of(mount) == "camunda" &&
        item_named(volumes, "camunda") == nullptr) {
      Value empty = Value::map();
      empty["name"] = Value::text("camunda");
      empty["emptyDir"] = Value::map();
      volumes.items().push_back(std::move(empty));
    }
    mounts.all.items().push_back(mount);
  }
  t.claim(at, FateKind::merged, {k_mounts}, "volumes");
}

}  // namespace

std::map<std::string, Renamed, std::less<>> merge_volumes(Translation& t) {
  std::map<std::string, Renamed, std::less<>> renamed;
  Value volumes = list_now(t, k_volumes);
  Mounts mounts{list_now(t, k_mounts), chart_paths(t), {}, {}};
  for (const Value& mount : mounts.all.items()) {
    mounts.taken.insert(mount_path(mount));
  }
  for (const std::string_view component : k_former) {
    Renamed& own = renamed[std::string(component)];
    own = merge_component_volumes(t, component, volumes);
    merge_component_mounts(t, component, own, volumes, mounts);
  }
  if (!mounts.conflicts.empty()) {
    const rules::Rule* rule = t.catalogue().find("mount-conflict");
    t.tell("mount-conflict",
           {mounts.conflicts,
            fmt::format("{}: {}", rule->message, base::enumerate(mounts.conflicts)),
            mounts.first,
            {}});
  }
  write_list(t, k_volumes, std::move(volumes));
  write_list(t, k_mounts, std::move(mounts.all));
  return renamed;
}

}  // namespace decisions
