#include "decisions/migration.hpp"

#include "rules/translation.hpp"

namespace decisions {
namespace {

using rules::Translation;
using values::Path;
using values::Value;

// The importer takes the brokers' startup probe, but has no health group named "startup".
void fit_startup_probe(Translation& t) {
  const Path enabled = "orchestration.startupProbe.enabled";
  const Path probe = "orchestration.startupProbe.probePath";
  const bool on = t.result(enabled) != nullptr ? t.result(enabled)->truthy()
                                               : t.on("zeebe.startupProbe.enabled");
  const std::string path = t.text("zeebe.startupProbe.probePath");
  if (on && t.result(probe) == nullptr && path.ends_with("/startup")) {
    if (t.user("zeebe.startupProbe.probePath") != nullptr) {
      t.claim("zeebe.startupProbe.probePath", rules::FateKind::converted, {probe},
              "importer-startup-probe");
    }
    t.pin(probe, Value::text("/actuator/health/readiness"), "importer-startup-probe");
  }
}

// With the brokers' DNS settings set, the importer renders keys of its own, empty by default.
void copy_dns(Translation& t) {
  for (const char* key : {"dnsPolicy", "dnsConfig"}) {
    const Value value = t.effective(Path("zeebe").key(key));
    if (value.truthy()) {
      t.pin(Path("orchestration.importer").key(key), value, "importer-dns");
    }
  }
}

}  // namespace

void decide_migration(rules::Translation& t) {
  const bool storage = t.on("global.elasticsearch.enabled") || t.on("global.opensearch.enabled");
  const Value* mine = t.result("orchestration.migration.data.enabled");
  if (mine != nullptr) {
    t.plan().data_migration = mine->truthy();
  } else if (!t.request().data_migration || !t.on("zeebe.enabled") || !storage) {
    t.plan().data_migration = false;
  } else {
    t.plan().data_migration = true;
    t.pin("orchestration.migration.data.enabled", Value::boolean(true), "data-migration");
  }
  if (t.plan().data_migration) {
    fit_startup_probe(t);
    copy_dns(t);
  }
}

}  // namespace decisions
