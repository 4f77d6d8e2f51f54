#include "base/strings.hpp"
#include "decisions/environment_parts.hpp"
#include "rules/translation.hpp"

#include <fmt/format.h>

namespace decisions {
namespace {

using rules::Translation;
using values::Path;
using values::Value;

const Path k_orchestration("orchestration");

Value written(const Variable& variable, Value value) {
  value.origin = variable.item.origin;
  return value;
}

bool says(const Variable& variable, std::string_view word) {
  return base::lower(variable.text()) == word;
}

void decide_cluster_size(Environment& environment, const Variable& variable) {
  const Path size("zeebe.clusterSize");
  Translation& t = environment.translation();
  if (variable.text() == t.text(size)) {
    environment.moved(variable, {"orchestration.clusterSize"}, "env-to-key");
  } else {
    environment.drop_and_tell(variable, "env-cluster-size");
  }
}

void decide_version_check(Environment& environment, const Variable& variable) {
  const Path to("orchestration.upgrade.allowPreReleaseImages");
  if (!says(variable, "false")) {
    environment.drop_and_tell(variable, "env-superseded");
    return;
  }
  environment.translation().put(to, written(variable, Value::boolean(true)));
  environment.collect(variable, "env-moved");
  environment.moved(variable, {to}, "env-moved");
}

void decide_multi_tenancy(Environment& environment, const Variable& variable) {
  const Path to("orchestration.multitenancy.checks.enabled");
  if (!says(variable, "true")) {
    environment.drop_and_tell(variable, "env-superseded");
    return;
  }
  environment.translation().put(to, written(variable, Value::boolean(true)));
  environment.collect(variable, "env-moved");
  environment.moved(variable, {to}, "env-moved");
}

// Archiving was Operate's and Tasklist's, each by itself; it is the Camunda exporter's now.
void decide_history(Environment& environment, const Variable& variable) {
  Translation& t = environment.translation();
  const Path to(variable.rule->target);
  if (!variable.plain()) {
    environment.drop_and_tell(variable, "env-not-plain");
    return;
  }
  const Value* there = t.result(to);
  if (there != nullptr && there->plain() != variable.text()) {
    environment.drop_and_tell(variable, "env-conflict");
    return;
  }
  t.put(to, written(variable, Value::text(variable.text())));
  environment.collect(variable, "env-moved");
  environment.moved(variable, {to}, "env-moved");
}

// Without a provider these were the users who could log in; beside one nobody read them.
void decide_user_store(Environment& environment, const Variable& variable) {
  const bool provider = environment.translation().on("global.identity.auth.enabled");
  environment.drop_and_tell(variable, provider ? "env-superseded" : "env-user-store");
}

void decide_resource_permissions(Environment& environment, const Variable& variable) {
  Translation& t = environment.translation();
  const Path authorizations("orchestration.security.authorizations.enabled");
  if (!says(variable, "true")) {
    environment.drop_and_tell(variable, "env-superseded");
    return;
  }
  std::vector<Path> to = {authorizations};
  t.put(authorizations, written(variable, Value::boolean(true)));
  const Value* migration = t.result("orchestration.migration.identity.enabled");
  if (t.plan().identity_migration || (migration != nullptr && migration->truthy())) {
    to.emplace_back("orchestration.migration.identity.resourceAuthorizationsEnabled");
    t.put(to.back(), written(variable, Value::boolean(true)));
  }
  environment.collect(variable, "env-resource-permissions");
  environment.moved(variable, to, "env-resource-permissions");
}

void decide_profiles(Environment& environment, const Variable& variable) {
  const bool ldap = base::contains(base::lower(variable.text()), "ldap");
  environment.drop_and_tell(variable, ldap ? "env-ldap" : "env-one-app");
}

void decide_server_tls(Environment& environment, const Variable& variable) {
  const bool served = says(variable, "true") && variable.component != "zeebe";
  environment.drop_and_tell(variable, served ? "env-server-tls" : "env-one-app");
}

void decide_log_level(Environment& environment, const Variable& variable) {
  if (variable.text() == environment.translation().text("zeebe.logLevel")) {
    environment.moved(variable, {"orchestration.logLevel"}, "env-to-key");
  } else {
    environment.drop_and_tell(variable, "env-one-app");
  }
}

void decide_java_options(Environment& environment, const Variable& variable) {
  if (variable.component != "zeebe") {
    const bool there =
        variable.plain() && brokers_have_options(environment.translation(), variable.text());
    if (there) {
      environment.moved(variable, {"orchestration.javaOpts"}, "env-to-key");
    } else {
      environment.drop_and_tell(variable, "env-one-app");
    }
  } else if (variable.plain()) {
    decide_move(environment, variable, "orchestration.javaOpts", "env-to-key");
  } else {
    // A second entry beside the chart's: the last one wins, as it did in 8.7.
    environment.collect(variable, "env-shared");
    environment.keep(variable, variable.name, "env-shared");
  }
}

void decide_document_store(Environment& environment, const Variable& variable, bool by_chart) {
  if (by_chart) {
    environment.drop_and_tell(variable, "env-document-store");
  } else {
    environment.keep(variable, variable.name, "env-kept");
  }
}

bool chart_gives_aws(const Translation& t) {
  const Path aws("global.documentStore.type.aws");
  return t.on(aws.key("enabled")) && !t.on(aws.join("irsa.enabled")) &&
         t.on(aws.key("existingSecret"));
}

bool chart_gives_gcp(const Translation& t) {
  return base::lower(t.text("global.documentStore.activeStoreId")) == "gcp";
}

}  // namespace

void decide_move(Environment& environment, const Variable& variable, const Path& to,
                 std::string_view rule) {
  Translation& t = environment.translation();
  const bool cluster = to.starts_with(k_orchestration);
  if (cluster && variable.component != "zeebe") {
    environment.drop_and_tell(variable, "env-superseded");  // only the brokers read it
    return;
  }
  if (!variable.plain()) {
    environment.drop_and_tell(variable, "env-not-plain");
    return;
  }
  const Value* mine = t.user(to);
  if (mine != nullptr && mine->origin.source >= variable.item.origin.source) {
    t.tell("overruled", {{variable.name}, {}, variable.at, {}});
    environment.drop(variable, "overruled");
    return;
  }
  if (cluster) {
    t.drop(Path("zeebe").join(to.after(1)), "overruled");  // the variable won in 8.7
  }
  t.set(to, written(variable, Value::text(variable.text())));
  environment.moved(variable, {to}, rule);
}

void decide_variable(Environment& environment, const Variable& variable) {
  using Decider = void (*)(Environment&, const Variable&);
  static const std::map<std::string_view, Decider> k_deciders = {
      {"cluster-size", decide_cluster_size},
      {"version-check", decide_version_check},
      {"multi-tenancy", decide_multi_tenancy},
      {"user-store", decide_user_store},
      {"resource-permissions", decide_resource_permissions},
      {"profiles", decide_profiles},
      {"server-tls", decide_server_tls},
      {"log-level", decide_log_level},
      {"java-options", decide_java_options}};
  const std::string_view name = variable.rule->target;
  const Translation& t = environment.translation();
  if (const auto it = k_deciders.find(name); it != k_deciders.end()) {
    it->second(environment, variable);
  } else if (name.starts_with("orchestration.history.")) {
    decide_history(environment, variable);
  } else if (name == "grpc-port") {
    environment.drop_and_tell(variable, "env-superseded");
  } else if (name == "aws-document-store") {
    decide_document_store(environment, variable, chart_gives_aws(t));
  } else if (name == "gcp-document-store") {
    decide_document_store(environment, variable, chart_gives_gcp(t));
  } else if (!decide_storage_variable(environment, variable) &&
             !decide_exporter_variable(environment, variable) &&
             !decide_neighbour_variable(environment, variable)) {
    environment.keep(variable, variable.name, variable.rule->rule);
  }
}

}  // namespace decisions
