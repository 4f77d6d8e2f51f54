#include "decisions/lists_parts.hpp"
#include "rules/translation.hpp"

#include <algorithm>
#include <set>

namespace decisions {
namespace {

using rules::Translation;
using values::Path;
using values::Value;

const base::Version k_importer_since{13, 3, 0, {}};
const base::Version k_jobs_since{13, 8, 0, {}};

// What a pod of chart 13.x has of its own.
struct Pod {
  std::set<std::string> volumes;
  std::set<std::string> paths;
};

const Pod& importer() {
  static const Pod k_pod{{"config", "data", "exporters", "tmp"},
                         {"/usr/local/bin/startup.sh", "/usr/local/camunda/data", "/exporters",
                          "/tmp", "/usr/local/camunda/config/application.yaml"}};
  return k_pod;
}

const Pod& job() {
  static const Pod k_pod{
      {"config", "tmp", "logs", "keystore"},
      {"/usr/local/camunda/config/application.yaml", "/tmp", "/usr/local/camunda/logs"}};
  return k_pod;
}

// One pod at a time may use such a volume, and the brokers do: a claim, or where the brokers' data
// lie.
bool belongs_to_brokers(const Value& volume) {
  return volume.find("persistentVolumeClaim") != nullptr || volume.find("ephemeral") != nullptr ||
         name_of(volume) == "data";
}

bool is_empty(const Value& volume) {
  return volume.find("emptyDir") != nullptr;
}

std::set<std::string> used_by_init_containers(const Translation& t) {
  std::set<std::string> names;
  const Value containers = list_now(t, "orchestration.initContainers");
  for (const Value& container : containers.items()) {
    const Value* mounts = container.find("volumeMounts");
    if (mounts != nullptr && mounts->is_list()) {
      for (const Value& mount : mounts->items()) {
        names.insert(name_of(mount));
      }
    }
  }
  return names;
}

// What is there already, of the user's own 8.8 keys, stays and counts.
class Copy {
 public:
  Copy(Translation& t, const Path& at, const Pod& pod)
      : m_t(t),
        m_at(at),
        m_pod(pod),
        m_volumes(list_now(t, at.key("extraVolumes"))),
        m_mounts(list_now(t, at.key("extraVolumeMounts"))) {}

  void add_volume(const Value& volume) {
    const std::string name = name_of(volume);
    if (!m_pod.volumes.contains(name) && item_named(m_volumes, name) == nullptr) {
      m_volumes.items().push_back(volume);
    }
  }

  void add_mounts(const Value& mounts) {
    for (const Value& mount : mounts.items()) {
      const Value* path = mount.find("mountPath");
      const bool known = item_named(m_volumes, name_of(mount)) != nullptr;
      const bool there = std::find(m_mounts.items().begin(), m_mounts.items().end(), mount) !=
                         m_mounts.items().end();
      if (known && !there && path != nullptr && !m_pod.paths.contains(path->plain())) {
        m_mounts.items().push_back(mount);
      }
    }
  }

  void write() {
    write_list(m_t, m_at.key("extraVolumes"), std::move(m_volumes));
    write_list(m_t, m_at.key("extraVolumeMounts"), std::move(m_mounts));
  }

 private:
  Translation& m_t;
  Path m_at;
  const Pod& m_pod;
  Value m_volumes;
  Value m_mounts;
};

void copy_to_importer(Translation& t, const Value& volumes, const Value& mounts) {
  Copy copy(t, "orchestration.importer", importer());
  const std::set<std::string> needed = used_by_init_containers(t);
  for (const Value& volume : volumes.items()) {
    if (!belongs_to_brokers(volume) || needed.contains(name_of(volume))) {
      copy.add_volume(volume);
    }
  }
  // The brokers' init containers run in the importer too: a volume that only the StatefulSet has
  // (a claim template) would make its pod invalid.
  for (const std::string& name : needed) {
    if (!name.empty() && name != "keystore" && name != "gcp-credentials-volume") {
      Value empty = Value::map();
      empty["name"] = Value::text(name);
      empty["emptyDir"] = Value::map();
      copy.add_volume(empty);
    }
  }
  copy.add_mounts(mounts);
  copy.write();
}

// No init container fills an empty volume for a Job.
void copy_to_job(Translation& t, const Path& at, const Value& volumes, const Value& mounts) {
  Copy copy(t, at, job());
  for (const Value& volume : volumes.items()) {
    const std::string name = name_of(volume);
    if (!belongs_to_brokers(volume) && !is_empty(volume) && item_named(mounts, name) != nullptr) {
      copy.add_volume(volume);
    }
  }
  copy.add_mounts(mounts);
  copy.write();
}

bool identity_migration(const Translation& t) {
  const Value* on = t.result("orchestration.migration.identity.enabled");
  return t.plan().identity_migration || (on != nullptr && on->truthy());
}

}  // namespace

void copy_to_jobs(Translation& t) {
  const Value volumes = list_now(t, "orchestration.extraVolumes");
  const Value mounts = list_now(t, "orchestration.extraVolumeMounts");
  const bool init = !list_now(t, "orchestration.initContainers").items().empty();
  const bool data = t.plan().data_migration;
  if (!data && !identity_migration(t)) {
    return;
  }
  const base::Version& to = t.request().to;
  if (!volumes.items().empty() && to < k_jobs_since) {
    std::vector<std::string> names;
    for (const Value& volume : volumes.items()) {
      names.push_back(name_of(volume));
    }
    t.tell("volumes-not-in-jobs", {std::move(names), {}, {}, {}});
  }
  if (data && to >= k_importer_since && (init || !volumes.items().empty())) {
    copy_to_importer(t, volumes, mounts);
  }
  if (to >= k_jobs_since && !volumes.items().empty()) {
    if (data) {
      copy_to_job(t, "orchestration.migration.data", volumes, mounts);
    }
    if (identity_migration(t)) {
      copy_to_job(t, "orchestration.migration.identity", volumes, mounts);
    }
  }
}

}  // namespace decisions
