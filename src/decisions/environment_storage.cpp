#include "base/strings.hpp"
#include "decisions/environment_parts.hpp"
#include "decisions/templates_simple.hpp"
#include "rules/translation.hpp"

#include <fmt/format.h>

namespace decisions {
namespace {

using rules::Translation;
using values::Path;
using values::Value;

std::string backend(const Translation& t) {
  return t.on("global.opensearch.enabled") ? "opensearch" : "elasticsearch";
}

Path storage(const Translation& t) {
  return Path("global").key(backend(t));
}

std::string capitals(const std::string& backend) {
  return backend == "opensearch" ? "OPENSEARCH" : "ELASTICSEARCH";
}

// What the new values will say, with the chart's default where they are silent.
Value now(const Translation& t, const Path& path) {
  const Value* there = t.result(path);
  if (there != nullptr) {
    return *there;
  }
  const Value old = t.effective(path);
  return old.is_null() ? t.catalogue().new_default(path) : old;
}

std::string rendered(const Translation& t, const std::string& text) {
  return render_simple(t, text).value_or(text);
}

std::string said(const Translation& t, const Path& path) {
  return rendered(t, now(t, path).plain());
}

std::string without_slash(std::string text) {
  while (text.ends_with('/')) {
    text.pop_back();
  }
  return base::lower(text);
}

bool names_other_backend(const Translation& t, const Variable& variable) {
  const std::string other = backend(t) == "opensearch" ? "ELASTICSEARCH" : "OPENSEARCH";
  return base::contains(variable.name, "_" + other);
}

void decide_address(Environment& environment, const Variable& variable) {
  const Translation& t = environment.translation();
  const Path url = storage(t).key("url");
  const std::string host = said(t, url.key("host"));
  const std::string port = said(t, url.key("port"));
  const std::string whole = fmt::format("{}://{}:{}", said(t, url.key("protocol")), host, port);
  const std::string value = without_slash(rendered(t, variable.text()));
  const bool same = value == base::lower(whole) || value == base::lower(host) || value == port;
  environment.drop_and_tell(variable, same ? "env-superseded" : "env-storage-elsewhere");
}

void decide_type(Environment& environment, const Variable& variable) {
  const bool same = base::lower(variable.text()) == backend(environment.translation());
  environment.drop_and_tell(variable, same ? "env-superseded" : "env-storage-elsewhere");
}

void decide_name(Environment& environment, const Variable& variable) {
  Translation& t = environment.translation();
  const Path to = storage(t).key("clusterName");
  if (variable.text() == said(t, to)) {
    environment.drop_and_tell(variable, "env-superseded");
    return;
  }
  if (t.user(to) != nullptr || !variable.plain()) {
    environment.drop_and_tell(variable, "env-storage-elsewhere");
    return;
  }
  Value value = Value::text(variable.text());
  value.origin = variable.item.origin;
  t.set(to, value);
  environment.collect(variable, "env-moved");
  environment.moved(variable, {to}, "env-moved");
}

void decide_user(Environment& environment, const Variable& variable) {
  Translation& t = environment.translation();
  const Path to = storage(t).join("auth.username");
  const std::string there = said(t, to);
  if (!variable.plain()) {
    // The property's own variable wins over what the chart writes.
    environment.collect(variable, "env-storage-login");
    environment.keep(variable,
                     fmt::format("CAMUNDA_DATA_SECONDARYSTORAGE_{}_USERNAME", capitals(backend(t))),
                     "env-storage-login");
    return;
  }
  if (!there.empty() && there != rendered(t, variable.text())) {
    environment.drop_and_tell(variable, "env-storage-elsewhere");
    return;
  }
  Value value = Value::text(variable.text());
  value.origin = variable.item.origin;
  t.put(to, value);
  environment.collect(variable, "env-storage-login");
  environment.moved(variable, {to}, "env-storage-login");
}

bool chart_gives_password(const Translation& t) {
  const Path auth = storage(t).key("auth");
  if (backend(t) == "elasticsearch" && !now(t, "global.elasticsearch.external").truthy()) {
    return false;
  }
  for (const char* key :
       {"secret.existingSecret", "secret.inlineSecret", "existingSecret", "password"}) {
    if (now(t, auth.join(key)).truthy()) {
      return true;
    }
  }
  return false;
}

// The chart's application.yaml takes the password from a variable that it sets only for a storage
// outside the release: where it does not, the variable is ours to set.
void decide_password(Environment& environment, const Variable& variable) {
  Translation& t = environment.translation();
  environment.collect(variable, "env-storage-login");
  if (chart_gives_password(t)) {
    environment.moved(variable, {storage(t).key("auth")}, "env-storage-login");
  } else {
    environment.keep(variable, fmt::format("VALUES_{}_PASSWORD", capitals(backend(t))),
                     "env-storage-login");
  }
}

// 8.7's own names of the indices are those that 8.8 has without a prefix.
void decide_prefix(Environment& environment, const Variable& variable) {
  const Translation& t = environment.translation();
  const std::string value = variable.text();
  const bool usual =
      value == variable.component || (value.empty() && variable.item.find("valueFrom") == nullptr);
  const bool settled = t.user("orchestration.index.prefix") != nullptr;
  environment.drop_and_tell(variable, usual || settled ? "env-superseded" : "env-index-prefix");
}

void decide_security(Environment& environment, const Variable& variable) {
  std::string matched;
  rules::same_variable(variable.rule->name, variable.name, &matched);
  environment.keep(variable, variable.name, "env-storage-security");
  environment.add(fmt::format("CAMUNDA_DATA_SECONDARYSTORAGE_{}_SECURITY_{}",
                              capitals(backend(environment.translation())), matched),
                  variable.item, variable);
}

// The old names may stay as long as all say the same.
void decide_repository(Environment& environment, const Variable& variable) {
  static constexpr const char* k_new = "CAMUNDA_DATA_BACKUP_REPOSITORYNAME";
  if (!environment.offer(k_new, variable)) {
    environment.drop_and_tell(variable, "env-backup-repository");
    return;
  }
  environment.keep(variable, variable.name, "env-storage-security");
}

}  // namespace

bool decide_storage_variable(Environment& environment, const Variable& variable) {
  const std::string_view name = variable.rule->target;
  if (name == "backup-repository") {
    decide_repository(environment, variable);
    return true;
  }
  if (!name.starts_with("storage-") && name != "index-prefix") {
    return false;
  }
  if (names_other_backend(environment.translation(), variable)) {
    environment.drop_and_tell(variable, "env-superseded");
  } else if (name == "storage-url") {
    decide_address(environment, variable);
  } else if (name == "storage-type") {
    decide_type(environment, variable);
  } else if (name == "storage-name") {
    decide_name(environment, variable);
  } else if (name == "storage-user") {
    decide_user(environment, variable);
  } else if (name == "storage-password") {
    decide_password(environment, variable);
  } else if (name == "storage-security") {
    decide_security(environment, variable);
  } else {
    decide_prefix(environment, variable);
  }
  return true;
}

}  // namespace decisions
