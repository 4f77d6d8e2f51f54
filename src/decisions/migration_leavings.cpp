#include "decisions/migration_leavings.hpp"

#include "base/strings.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace decisions {
namespace {

using values::Path;
using values::Value;

constexpr std::string_view k_gateway = "ZEEBE_GATEWAY_";
constexpr std::string_view k_broker_gateway = "ZEEBE_BROKER_GATEWAY_";
constexpr std::string_view k_exporters = "ZEEBE_BROKER_EXPORTERS_";

std::string name_of(const Value& variable) {
  const Value* name = variable.find("name");
  return name == nullptr ? std::string() : name->plain();
}

const Value* variable(const Value& env, const std::string& name) {
  for (const Value& one : env.items()) {
    if (name_of(one) == name) {
      return &one;
    }
  }
  return nullptr;
}

// Two variables say the same under two names.
bool says_the_same(const Value& one, const Value& other) {
  Value renamed = one;
  renamed["name"] = Value::text(name_of(other));
  return renamed == other;
}

// "REGION0" of "ZEEBE_BROKER_EXPORTERS_ELASTICSEARCHREGION0_ARGS_URL".
std::optional<std::string> region_of(std::string_view name) {
  if (!name.starts_with(k_exporters)) {
    return std::nullopt;
  }
  name.remove_prefix(k_exporters.size());
  for (const std::string_view kind : {"ELASTICSEARCH", "OPENSEARCH"}) {
    const std::size_t end = name.find('_');
    if (name.starts_with(kind) && end != std::string_view::npos && end > kind.size()) {
      return std::string(name.substr(kind.size(), end - kind.size()));
    }
  }
  return std::nullopt;
}

bool is_trust_store(const Value& one, const std::string& java_options) {
  const Value* value = one.find("value");
  if (name_of(one) != "JAVA_OPTS" || value == nullptr || value->plain().empty()) {
    return false;
  }
  const std::string text = value->plain();
  for (const std::string_view word : base::split(text, ' ')) {
    if (!word.starts_with("-Djavax.net.ssl.") || java_options.find(word) == std::string::npos) {
      return false;
    }
  }
  return true;
}

class Leavings {
 public:
  Leavings(const Value& env, const Value* java_options, bool optimize)
      : m_env(env), m_optimize(optimize) {
    m_java_options = java_options == nullptr ? std::string() : java_options->plain();
  }

  bool holds(const Value& one) const {
    const std::string name = name_of(one);
    if (name.starts_with(k_gateway)) {
      const std::string own = std::string(k_broker_gateway) + name.substr(k_gateway.size());
      const Value* twin = variable(m_env, own);
      return twin != nullptr && says_the_same(one, *twin);
    }
    if (const auto region = region_of(name)) {
      return !m_optimize &&
             variable(m_env, std::string(k_exporters) + "CAMUNDA" + *region + "_CLASSNAME");
    }
    return is_trust_store(one, m_java_options);
  }

 private:
  const Value& m_env;
  std::string m_java_options;
  bool m_optimize;
};

// Of the items at `list`, those at `gone` are taken out and the others move up.
void follow(rules::Plan& plan, const Path& list, const std::vector<bool>& gone) {
  for (rules::Fate& fate : plan.fates) {
    if (!fate.path.starts_with(list) || fate.path.size() <= list.size()) {
      continue;
    }
    const std::size_t index = fate.path.steps()[list.size()].index;
    if (index >= gone.size()) {
      continue;
    }
    if (gone[index]) {
      fate.kind = rules::FateKind::dropped;
      fate.to.clear();
      fate.rule = "migration-over";
      continue;
    }
    std::size_t now = 0;
    for (std::size_t i = 0; i < index; ++i) {
      now += gone[i] ? 0 : 1;
    }
    fate.to = {list.at(now).join(fate.path.after(list.size() + 1))};
  }
}

}  // namespace

void take_leavings(rules::Plan& plan, const Path& under) {
  const Path list = under.join("orchestration.env");
  Value* env = values::find(plan.result, list);
  if (env == nullptr || !env->is_list()) {
    return;
  }
  const Value* optimize = values::find(plan.result, under.join("optimize.enabled"));
  const Leavings leavings(*env, values::find(plan.result, under.join("orchestration.javaOpts")),
                          optimize != nullptr && optimize->truthy());
  std::vector<bool> gone;
  std::vector<Value> stay;
  for (const Value& one : env->items()) {
    gone.push_back(leavings.holds(one));
    if (!gone.back()) {
      stay.push_back(one);
    }
  }
  if (stay.size() == gone.size()) {
    return;
  }
  follow(plan, list, gone);
  if (stay.empty()) {
    values::erase(plan.result, list);
  } else {
    env->items() = std::move(stay);
  }
}

}  // namespace decisions
