#include "base/strings.hpp"
#include "decisions/environment_parts.hpp"
#include "rules/translation.hpp"

#include <cstdlib>
#include <fmt/format.h>
#include <optional>
#include <set>

namespace decisions {
namespace {

using rules::Translation;
using values::Path;
using values::Value;

constexpr std::string_view k_prefix = "ZEEBE_BROKER_EXPORTERS_";

bool several_regions(const Translation& t) {
  return std::atoi(t.text("global.multiregion.regions").c_str()) > 1;
}

// Operate, Tasklist and Optimize read records; in 8.8 the importer (while the migration is on) and
// Optimize do.
bool records_are_read(const Translation& t) {
  return t.plan().data_migration || t.on("optimize.enabled");
}

bool chart_has_exporter(const Translation& t) {
  const Value* forced = t.result("orchestration.exporters.zeebe.enabled");
  if (forced != nullptr) {
    return forced->truthy();
  }
  return records_are_read(t) && !several_regions(t);
}

// "ELASTICSEARCHREGION0_ARGS_URL" -> id ELASTICSEARCHREGION0, setting ARGS_URL.
struct ExporterName {
  std::string id;
  std::string setting;
};

std::optional<ExporterName> exporter_name(const std::string& name) {
  if (!name.starts_with(k_prefix)) {
    return std::nullopt;
  }
  const std::string rest = name.substr(k_prefix.size());
  const std::size_t end = rest.find('_');
  if (end == std::string::npos) {
    return std::nullopt;
  }
  return ExporterName{rest.substr(0, end), rest.substr(end + 1)};
}

// The chart's own exporters are called so; a further one has more behind the name.
std::optional<std::string> region_of(const std::string& id) {
  for (const std::string_view kind : {"ELASTICSEARCH", "OPENSEARCH"}) {
    if (id.starts_with(kind) && id.size() > kind.size()) {
      return id.substr(kind.size());
    }
  }
  return std::nullopt;
}

std::string camunda_setting(const std::string& record_setting) {
  if (record_setting == "ARGS_URL") {
    return "ARGS_CONNECT_URL";
  }
  if (record_setting == "ARGS_AUTHENTICATION_USERNAME") {
    return "ARGS_CONNECT_USERNAME";
  }
  return record_setting == "ARGS_AUTHENTICATION_PASSWORD" ? "ARGS_CONNECT_PASSWORD" : "";
}

void add_text(Environment& environment, const Variable& reason, const std::string& name,
              const std::string& text) {
  Value item = Value::map();
  item["value"] = Value::text(text);
  item.origin = reason.item.origin;
  environment.add(name, item, reason);
}

void add_camunda_exporter(Environment& environment, const Variable& variable,
                          const ExporterName& exporter, const std::string& region) {
  const std::string own = fmt::format("{}CAMUNDA{}_", k_prefix, region);
  if (exporter.setting == "CLASSNAME") {
    add_text(environment, variable, own + "CLASSNAME", "io.camunda.exporter.CamundaExporter");
    if (exporter.id.starts_with("OPENSEARCH")) {
      add_text(environment, variable, own + "ARGS_CONNECT_TYPE", "opensearch");
    }
    const Value* prefix = environment.translation().result("orchestration.index.prefix");
    if (prefix != nullptr && prefix->truthy()) {
      add_text(environment, variable, own + "ARGS_CONNECT_INDEXPREFIX", prefix->plain());
    }
  } else if (const std::string setting = camunda_setting(exporter.setting); !setting.empty()) {
    environment.add(own + setting, variable.item, variable);
  }
}

// Where each region has a storage of its own, each migrates its own data. Regions that share one
// must not migrate it twice at once.
void tell_regions(Translation& t, const std::vector<Variable>& brokers) {
  if (!t.plan().data_migration) {
    return;
  }
  std::set<std::string> addresses;
  int exporters = 0;
  for (const Variable& variable : brokers) {
    const auto exporter = exporter_name(variable.name);
    if (exporter && region_of(exporter->id) && exporter->setting == "ARGS_URL" &&
        variable.plain()) {
      ++exporters;
      addresses.insert(variable.text());
    }
  }
  const int regions = std::atoi(t.text("global.multiregion.regions").c_str());
  if (exporters < regions || static_cast<int>(addresses.size()) < exporters) {
    t.tell("regions-migration",
           {{"orchestration.migration.data.enabled"}, {}, "global.multiregion.regions", {}});
  }
}

bool replaces_the_charts(const Translation& t) {
  return several_regions(t) || t.on("global.elasticsearch.disableExporter");
}

}  // namespace

bool decide_exporter_variable(Environment& environment, const Variable& variable) {
  const Translation& t = environment.translation();
  const std::string_view name = variable.rule->target;
  if (name == "region-exporter") {
    if (records_are_read(t) || !replaces_the_charts(t)) {
      environment.keep(variable, variable.name, "env-kept");
    } else {
      environment.drop_and_tell(variable, "env-region-exporters-dropped");
    }
    return true;
  }
  if (name != "record-exporter") {
    return false;
  }
  // An exporter that the user made whole needs nothing of the chart.
  const auto exporter = exporter_name(variable.name);
  const bool whole =
      exporter && (exporter->setting == "CLASSNAME" ||
                   environment.has(fmt::format("{}{}_CLASSNAME", k_prefix, exporter->id)));
  if (chart_has_exporter(t) || whole) {
    environment.keep(variable, variable.name, "env-kept");
  } else {
    environment.drop_and_tell(variable, "env-half-exporter");
  }
  return true;
}

void decide_region_exporters(Environment& environment, const std::vector<Variable>& brokers) {
  Translation& t = environment.translation();
  if (!replaces_the_charts(t)) {
    return;
  }
  bool any = false;
  for (const Variable& variable : brokers) {
    const auto exporter = exporter_name(variable.name);
    const auto region = exporter ? region_of(exporter->id) : std::nullopt;
    if (!region) {
      continue;
    }
    any = true;
    add_camunda_exporter(environment, variable, *exporter, *region);
    if (exporter->setting == "CLASSNAME" && records_are_read(t)) {
      environment.collect(variable, "env-region-exporters-after");
    }
  }
  if (several_regions(t)) {
    tell_regions(t, brokers);
  }
  if (any && several_regions(t)) {
    for (const char* exporter : {"camunda", "zeebe"}) {
      const Path at = Path("orchestration.exporters").key(exporter).key("enabled");
      if (t.result(at) == nullptr) {
        t.pin(at, Value::boolean(false), "env-region-exporters");
      }
    }
  }
}

}  // namespace decisions
