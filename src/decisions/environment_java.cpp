#include "base/strings.hpp"
#include "decisions/environment_parts.hpp"
#include "rules/translation.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

const Path k_options("orchestration.javaOpts");

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> out;
  const std::string line = base::replace_all(text, "\n", " ");
  for (const std::string_view word : base::split(line, ' ')) {
    if (!word.empty()) {
      out.emplace_back(camunda_paths(std::string(word)));
    }
  }
  return out;
}

bool has_all(const std::vector<std::string>& all, const std::vector<std::string>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& word) {
    return std::find(all.begin(), all.end(), word) != all.end();
  });
}

void decide_brokers_options(Translation& t) {
  const Path from("zeebe.javaOpts");
  const Value* mine = t.user(from);
  if (mine == nullptr || !t.has_unclaimed(from)) {
    return;
  }
  if (mine->is_map() || mine->is_list()) {
    t.tell("list-shape", {{from.text()}, {}, from, {}});
    t.claim(from, FateKind::asked, {}, "java-options");
    return;
  }
  if (!t.changed(from)) {
    t.drop(from, "java-options");
    return;
  }
  const std::string text = camunda_paths(mine->plain());
  if (text == mine->plain()) {
    t.move(from, k_options, "java-options");
    return;
  }
  Value value = Value::text(text);
  value.origin = mine->origin;
  if (t.put(k_options, std::move(value))) {
    t.claim(from, FateKind::converted, {k_options}, "java-options");
  } else {
    t.move(from, k_options, "java-options");
  }
}

std::string options_now(const Translation& t) {
  const Value* there = t.result(k_options);
  return there != nullptr ? there->plain() : t.catalogue().new_default(k_options).plain();
}

void give_up_options(Translation& t) {
  const std::vector<std::string> now = words(options_now(t));
  std::vector<std::string> told;
  Path first;
  for (const std::string_view component : k_former) {
    const Path at = Path(component).key("javaOpts");
    if (component == "zeebe" || t.user(at) == nullptr) {
      continue;
    }
    if (was_on(t, component) && t.changed(at) && !has_all(now, words(t.text(at)))) {
      told.push_back(at.text());
      first = first.empty() ? at : first;
    }
    t.drop(at, "java-options-given-up");
  }
  if (!told.empty()) {
    t.tell("java-options-given-up", {std::move(told), {}, first, {}});
  }
}

// The migration Jobs get no Java options but beside the chart's own trust store: one of the user's
// goes to them by the variable that the start scripts read.
void trust_in_jobs(Translation& t, Environment& cluster) {
  if (!t.plan().data_migration || t.on("global.elasticsearch.tls.existingSecret") ||
      t.on("global.opensearch.tls.existingSecret") || cluster.has("JAVA_OPTS")) {
    return;
  }
  std::string trust;
  for (const std::string& word : words(options_now(t))) {
    if (word.starts_with("-Djavax.net.ssl.")) {
      trust += (trust.empty() ? "" : " ") + word;
    }
  }
  if (trust.empty()) {
    return;
  }
  Value item = Value::map();
  item["value"] = Value::text(trust);
  cluster.add("JAVA_OPTS", item, {"zeebe", k_options, "JAVA_OPTS", {}, nullptr});
  t.tell("jobs-trust-store", {{"orchestration.env", "JAVA_OPTS"}, {}, {}, {}});
}

// io.camunda.operate -> LOGGING_LEVEL_IO_CAMUNDA_OPERATE
std::string level_variable(const std::string& logger) {
  std::string out = "LOGGING_LEVEL_";
  for (const char c : logger) {
    if (c == '.') {
      out += '_';
    } else if (c != '-') {
      out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
  }
  return out;
}

void decide_operate_logging(Translation& t, Environment& cluster,
                            std::vector<std::string>& given_up, Path& first) {
  const Path logging("operate.logging");
  for (const Path& leaf : t.unclaimed(logging)) {
    const Value* level = t.user(leaf);
    const bool logger = leaf.size() > 3 && leaf.starts_with("operate.logging.level");
    if (!was_on(t, "operate") || !t.changed(leaf) || level == nullptr || !level->truthy()) {
      t.drop(leaf, "operate-logging");
      continue;
    }
    std::string name;
    const Path rest = leaf.after(3);
    for (const auto& step : rest.steps()) {
      name += (name.empty() ? "" : ".") + step.key;
    }
    if (!logger || base::lower(name) == "root") {
      given_up.push_back(leaf.text());
      first = first.empty() ? leaf : first;
      t.drop(leaf, "operate-logging");
      continue;
    }
    Value item = Value::map();
    item["value"] = Value::text(level->plain());
    item.origin = level->origin;
    cluster.add(level_variable(name), item, {"operate", leaf, level_variable(name), {}, nullptr});
    t.claim(leaf, FateKind::converted, {cluster.list()}, "operate-logging");
  }
}

void decide_gateway_logging(Translation& t, std::vector<std::string>& given_up, Path& first) {
  for (const char* key : {"logLevel", "log4j2"}) {
    const Path at = Path("zeebeGateway").key(key);
    if (t.user(at) == nullptr) {
      continue;
    }
    const bool same = t.text(at) == t.text(Path("zeebe").key(key));
    if (was_on(t, "zeebeGateway") && t.changed(at) && !same) {
      given_up.push_back(at.text());
      first = first.empty() ? at : first;
    }
    t.drop(at, "logging-given-up");
  }
}

}  // namespace

bool brokers_have_options(const Translation& t, const std::string& text) {
  const std::string brokers = options_now(t) + " " + t.text("zeebe.javaOpts");
  return has_all(words(brokers), words(text));
}

void decide_java_and_logging(Translation& t, Environment& cluster) {
  decide_brokers_options(t);
  give_up_options(t);
  trust_in_jobs(t, cluster);
  std::vector<std::string> given_up;
  Path first;
  decide_gateway_logging(t, given_up, first);
  decide_operate_logging(t, cluster, given_up, first);
  if (!given_up.empty()) {
    t.tell("logging-one-app", {std::move(given_up), {}, first, {}});
  }
}

// Chart 12.x gave the migration container its own options, else those of Optimize.
void decide_optimize_java(Translation& t, Environment& migration) {
  for (const Variable& variable : read_variables(t, "optimize.migration")) {
    migration.keep(variable, variable.name, "env-kept");
  }
  const Path own("optimize.migration.javaOpts");
  const bool trust = t.on("global.elasticsearch.tls.existingSecret") ||
                     t.on("global.opensearch.tls.existingSecret");
  const bool runs = t.on("optimize.enabled") && t.on("optimize.migration.enabled");
  const Path from = t.on(own) ? own : Path("optimize.javaOpts");
  const Value* mine = t.user(from);
  if (runs && !trust && mine != nullptr && mine->truthy()) {
    Value item = Value::map();
    item["value"] = Value::text(mine->plain());
    item.origin = mine->origin;
    migration.add("JAVA_TOOL_OPTIONS", item,
                  {"optimize.migration", from, "JAVA_TOOL_OPTIONS", {}, nullptr});
    if (from == own) {
      t.claim(own, FateKind::converted, {migration.list()}, "optimize-migration-java");
    }
  } else if (runs && trust && t.on(own) && t.text(own) != t.text("optimize.javaOpts")) {
    t.tell("optimize-migration-java-lost", {{own.text()}, {}, own, {}});
  }
  t.drop(own, "optimize-migration-java");
}

}  // namespace decisions
