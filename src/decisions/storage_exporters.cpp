#include "base/strings.hpp"
#include "decisions/addresses_parts.hpp"
#include "decisions/storage_parts.hpp"
#include "rules/translation.hpp"

#include <algorithm>
#include <cstdlib>

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

constexpr const char* k_camunda = "orchestration.exporters.camunda.enabled";
constexpr const char* k_zeebe = "orchestration.exporters.zeebe.enabled";

int regions(const Translation& t) {
  return std::atoi(t.text("global.multiregion.regions").c_str());
}

bool uses_elasticsearch(const Translation& t) {
  return t.on("global.elasticsearch.enabled");
}

}  // namespace

// Without the chart's exporter 8.7 either had exporters of its own in the environment (two regions)
// or exported nothing. In one region Operate, Tasklist, Optimize and the migration need one.
void decide_exporters(Translation& t) {
  const Path off = "global.elasticsearch.disableExporter";
  if (t.user(off) == nullptr) {
    return;
  }
  if (!t.on(off) || !uses_elasticsearch(t) || !t.on("zeebe.enabled")) {
    t.drop(off, "disable-exporter");
    return;
  }
  const bool readers = t.on("operate.enabled") || t.on("tasklist.enabled") ||
                       t.on("optimize.enabled") || t.request().data_migration;
  if (regions(t) < 2 && readers) {
    t.tell("exporters-on", {{off.text()}, {}, off, {}});
    t.drop(off, "disable-exporter");
    return;
  }
  for (const char* exporter : {k_camunda, k_zeebe}) {
    Value value = Value::boolean(false);
    value.origin = t.user(off)->origin;
    t.put(exporter, value);
  }
  t.claim(off, FateKind::converted, {k_camunda, k_zeebe}, "exporters-off");
}

namespace {

bool env_names(const Translation& t, std::string_view part) {
  const Value* env = t.result("orchestration.env");
  if (env == nullptr) {
    return false;
  }
  return std::any_of(env->items().begin(), env->items().end(), [&](const Value& variable) {
    const Value* name = variable.find("name");
    return name != nullptr && base::contains(name->plain(), part);
  });
}

}  // namespace

// Both exporters off beside Optimize or the migration: an application.yaml that is no YAML (one
// region), or no legacy exporter at all (several, unless the environment has them).
void check_storage(Translation& t) {
  const bool cluster = new_effective(t, "orchestration.enabled").truthy();
  const bool backend = t.on("global.elasticsearch.enabled") || t.on("global.opensearch.enabled");
  const bool legacy_needed =
      t.on("optimize.enabled") || new_effective(t, "orchestration.migration.data.enabled").truthy();
  if (!cluster || !backend || !legacy_needed || new_effective(t, k_zeebe).truthy()) {
    return;
  }
  const bool camunda = new_effective(t, k_camunda).truthy();
  if (regions(t) < 2) {
    if (!camunda) {
      t.set(k_zeebe, Value::boolean(true));
      t.tell("exporter-kept-valid", {{k_zeebe}, {}, k_camunda, {}});
    }
  } else if (!env_names(t, "ZEEBE_BROKER_EXPORTERS_")) {
    t.set(k_zeebe, Value::boolean(true));
    t.tell("regions-need-exporter", {{k_zeebe}, {}, "global.multiregion.regions", {}});
  }
}

}  // namespace decisions
