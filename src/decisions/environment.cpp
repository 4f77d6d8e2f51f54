#include "decisions/environment.hpp"

#include "base/strings.hpp"
#include "decisions/environment_parts.hpp"
#include "rules/translation.hpp"

#include <array>

namespace decisions {
namespace {

using rules::EnvAction;
using rules::Translation;
using values::Path;
using values::Value;

std::string new_name(const Variable& variable) {
  std::string matched;
  rules::same_variable(variable.rule->name, variable.name, &matched);
  return base::replace_all(variable.rule->target, "*", matched);
}

void take(Environment& environment, const Variable& variable) {
  const std::string rule(variable.rule->rule);
  switch (variable.rule->action) {
    case EnvAction::keep:
      environment.keep(variable, variable.name, rule);
      break;
    case EnvAction::share:
      environment.collect(variable, rule);
      environment.keep(variable, variable.name, rule);
      break;
    case EnvAction::rename:
      if (rule == "env-modeler-clusters") {
        environment.collect(variable, rule);
      }
      environment.keep(variable, new_name(variable), rule);
      break;
    case EnvAction::copy:
      environment.keep(variable, new_name(variable), rule);
      if (environment.translation().plan().data_migration) {
        environment.add(variable.name, variable.item, variable);
      }
      break;
    case EnvAction::both:
      environment.keep(variable, variable.name, rule);
      environment.add(new_name(variable), variable.item, variable);
      break;
    case EnvAction::move:
      decide_move(environment, variable, Path(variable.rule->target), rule);
      break;
    case EnvAction::tell:
      environment.drop_and_tell(variable, rule);
      break;
    case EnvAction::decide:
      decide_variable(environment, variable);
      break;
  }
}

// What an application read that was not deployed changes nothing as long as only it knows the name.
void take_undeployed(Environment& environment, const Variable& variable) {
  const bool own = variable.name.starts_with("CAMUNDA_") || variable.name.starts_with("ZEEBE_");
  const bool stays = variable.rule->action == EnvAction::keep ||
                     variable.rule->action == EnvAction::rename ||
                     variable.rule->action == EnvAction::copy;
  if (own && stays) {
    take(environment, variable);
  } else {
    environment.drop(variable, "env-not-deployed");
  }
}

void decide_cluster(Translation& t) {
  Environment environment(t, "orchestration.env");
  for (const std::string_view component : k_former) {
    const bool on = was_on(t, component);
    const std::vector<Variable> variables = read_variables(t, component);
    for (const Variable& variable : variables) {
      if (on) {
        take(environment, variable);
      } else {
        take_undeployed(environment, variable);
      }
    }
    if (component == "zeebe" && on) {
      decide_region_exporters(environment, variables);
    }
  }
  decide_java_and_logging(t, environment);
  environment.finish();
}

void switch_inbound_off(Translation& t, Environment& environment) {
  if (t.text("connectors.inbound.mode") != "disabled" ||
      t.user("connectors.inbound.mode") == nullptr) {
    return;
  }
  for (const char* name :
       {"CAMUNDA_CONNECTOR_POLLING_ENABLED", "CAMUNDA_CONNECTOR_WEBHOOK_ENABLED"}) {
    Value item = Value::map();
    item["value"] = Value::text("false");
    item.origin = t.user("connectors.inbound.mode")->origin;
    environment.add(name, item, {"connectors", {}, name, {}, nullptr});
  }
}

// The components that keep their container keep their list.
void decide_own_lists(Translation& t) {
  static constexpr std::array k_own = {"connectors",
                                       "optimize",
                                       "identity",
                                       "console",
                                       "webModeler.restapi",
                                       "webModeler.webapp",
                                       "webModeler.websockets"};
  for (const char* component : k_own) {
    Environment environment(t, Path(component).key("env"));
    const std::vector<Variable> variables = read_variables(t, component);
    for (const Variable& variable : variables) {
      take(environment, variable);
    }
    if (std::string_view(component) == "connectors") {
      complete_connectors_login(t, variables);
      switch_inbound_off(t, environment);
    }
    environment.finish();
  }
}

// The init container that migrated Operate's schema is gone, and what it was given.
void tell_operate_migration(Translation& t) {
  const Path at("operate.migration.env");
  const Value list = t.effective(at);
  std::vector<std::string> names;
  for (const Value& item : list.items()) {
    const Value* name = item.find("name");
    names.push_back(name == nullptr ? at.text() : name->plain());
  }
  if (!names.empty() && t.on("operate.enabled") && t.on("operate.migration.enabled")) {
    t.tell("operate-migration-settings",
           {names,
            "Operate's own schema migration is gone, and its variables: " + base::enumerate(names),
            at,
            {}});
  }
  t.drop(at, "operate-migration-env");
}

}  // namespace

void decide_environment(Translation& t) {
  decide_cluster(t);
  tell_operate_migration(t);
  decide_own_lists(t);
  decide_env_from(t);
  Environment migration(t, "optimize.migration.env");
  decide_optimize_java(t, migration);
  migration.finish();
  decide_play(t);
}

}  // namespace decisions
