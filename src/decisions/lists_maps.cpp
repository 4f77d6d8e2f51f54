#include "base/strings.hpp"
#include "decisions/environment_parts.hpp"
#include "decisions/lists_parts.hpp"
#include "rules/translation.hpp"
#include "values/yaml_writer.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace decisions {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

std::string escaped_template(const std::string& text) {
  if (!base::contains(text, "{{")) {
    return text;
  }
  // One raw string reads best; of several lines it would change how YAML ends the last one.
  if (!base::contains(text, "`") && !base::contains(text, "\n")) {
    return "{{`" + text + "`}}";
  }
  return base::replace_all(text, "{{", "{{`{{`}}");
}

namespace {

const base::Version k_evaluated_since{13, 5, 0, {}};
constexpr std::array k_metadata = {"podAnnotations", "podLabels"};

// Annotations and labels by which something outside the chart gives a pod a proxy, secrets or
// rights.
constexpr std::array k_injectors = {"sidecar.istio.io/",     "istio.io/",
                                    "linkerd.io/",           "kuma.io/",
                                    "consul.hashicorp.com/", "vault.hashicorp.com/",
                                    "iam.amazonaws.com/",    "azure.workload.identity/"};

Value metadata_value(const Translation& t, const Value& value) {
  const std::string text = value.plain();
  Value out = Value::text(t.request().to >= k_evaluated_since ? escaped_template(text) : text);
  out.origin = value.origin;
  return out;
}

bool is_plain_map(const Value& value) {
  return value.is_map() &&
         std::none_of(value.entries().begin(), value.entries().end(), [](const auto& entry) {
           return entry.second.is_map() || entry.second.is_list();
         });
}

// False when there is nothing to take, or nothing that could be taken: then it is claimed.
bool readable(Translation& t, const Path& at, std::string_view component, std::string_view rule) {
  const Value* map = t.user(at);
  if (map == nullptr) {
    return false;
  }
  if (!map->truthy() || !was_on(t, component)) {
    t.drop(at, map->truthy() ? "env-not-deployed" : "env-empty");
    return false;
  }
  if (!is_plain_map(*map)) {
    t.tell("list-shape", {{at.text()}, {}, at, {}});
    t.claim(at, FateKind::asked, {}, rule);
    return false;
  }
  return true;
}

struct Conflicts {
  std::vector<std::string> names;
  Path first;

  void add(const std::string& name, const Path& at) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(name);
    }
    first = first.empty() ? at : first;
  }
  void tell(Translation& t, const char* rule) const {
    if (!names.empty()) {
      t.tell(rule,
             {names,
              fmt::format("{}: {}", t.catalogue().find(rule)->message, base::enumerate(names)),
              first,
              {}});
    }
  }
};

// What is there first stays.
bool put_entry(Translation& t, const Path& to, const Value& value) {
  const Value* above = t.result(to.parent());
  if (above != nullptr && !above->is_map() && !above->is_null()) {
    return false;
  }
  const Value* there = t.result(to);
  if (there != nullptr) {
    return *there == value;
  }
  t.set(to, value);
  return true;
}

void merge_metadata_of(Translation& t, std::string_view component, const char* key,
                       Conflicts& conflicts) {
  const Path at = Path(component).key(key);
  if (!readable(t, at, component, "pod-metadata")) {
    return;
  }
  const Path to = Path("orchestration").key(key);
  for (const auto& [name, value] : t.user(at)->entries()) {
    if (value.is_null()) {
      t.drop(at.key(name), "env-empty");
    } else if (put_entry(t, to.key(name), metadata_value(t, value))) {
      t.claim(at.key(name), FateKind::merged, {to.key(name)}, "pod-metadata");
    } else {
      conflicts.add(name, at.key(name));
      t.drop(at.key(name), "metadata-conflict");
    }
  }
  t.drop(at, "pod-metadata");
}

void keep_metadata_of(Translation& t, std::string_view component, const char* key,
                      std::string_view rule) {
  const Path at = Path(component).key(key);
  const Value* map = t.user(at);
  if (map == nullptr || !map->is_map()) {
    t.move(at, at, rule);
    return;
  }
  for (const auto& [name, value] : map->entries()) {
    const Value wanted = metadata_value(t, value);
    if (value.is_null() || value.is_map() || value.is_list() || wanted == value) {
      t.move(at.key(name), at.key(name), rule);
    } else if (t.put(at.key(name), wanted)) {
      t.claim(at.key(name), FateKind::converted, {at.key(name)}, rule);
    } else {
      t.move(at.key(name), at.key(name), rule);
    }
  }
  t.move(at, at, rule);
}

// Importer and Jobs have no annotations and labels of the user's. Those of one injector are named
// once.
void tell_injectors(Translation& t) {
  Conflicts missing;
  for (const char* key : k_metadata) {
    const Path at = Path("zeebe").key(key);
    const Value all = t.effective(at);
    for (const auto& [name, value] : all.entries()) {
      const bool injects =
          std::any_of(k_injectors.begin(), k_injectors.end(),
                      [&key = name](const char* injector) { return key.starts_with(injector); });
      if (injects && !value.is_null()) {
        missing.add(name, at.key(name));
      }
    }
  }
  if (t.plan().data_migration && was_on(t, "zeebe")) {
    missing.tell(t, "jobs-not-injected");
  }
}

// By name what 8.8 takes otherwise, so that nobody has to compare whole files.
void tell_changed_properties(Translation& t, std::string_view component, const Path& at,
                             const std::string& file, const std::string& content) {
  std::vector<std::string> names;
  std::vector<std::string> shown;
  for (ChangedProperty& property : changed_properties(t, component, file, content)) {
    names.push_back(std::move(property.name));
    shown.push_back(std::move(property.shown));
  }
  if (!names.empty()) {
    t.tell("extra-files-changed",
           {std::move(names),
            fmt::format("8.8 does not take these settings in {} as 8.7 did: {}", file,
                        base::enumerate(shown)),
            at,
            {}});
  }
}

}  // namespace

void merge_metadata(Translation& t) {
  Conflicts conflicts;
  for (const char* key : k_metadata) {
    for (const std::string_view component : k_former) {
      merge_metadata_of(t, component, key, conflicts);
    }
    for (const char* component : {"connectors", "identity", "optimize", "console"}) {
      keep_metadata_of(t, component, key, "own-metadata");
    }
    for (const char* part : {"webModeler.restapi", "webModeler.webapp", "webModeler.websockets"}) {
      keep_metadata_of(t, part, key, "web-modeler-metadata");
    }
  }
  conflicts.tell(t, "metadata-conflict");
  tell_injectors(t);
}

void merge_files(Translation& t) {
  Conflicts conflicts;
  Conflicts settings;
  const Path to("orchestration.extraConfiguration");
  for (const std::string_view component : k_former) {
    const Path at = Path(component).key("extraConfiguration");
    if (!readable(t, at, component, "extra-files")) {
      continue;
    }
    for (const auto& [file, value] : t.user(at)->entries()) {
      Value content = Value::text(camunda_paths(value.plain()));
      content.origin = value.origin;
      if (!put_entry(t, to.key(file), content)) {
        conflicts.add(file, at.key(file));
        t.drop(at.key(file), "extra-files-conflict");
        continue;
      }
      if (holds_settings(file, content.plain())) {
        settings.add(file, at.key(file));
        tell_changed_properties(t, component, at.key(file), file, content.plain());
      }
      t.claim(at.key(file), FateKind::merged, {to.key(file)}, "extra-files");
    }
    t.drop(at, "extra-files");
  }
  conflicts.tell(t, "extra-files-conflict");
  settings.tell(t, "extra-files-properties");
}

void write_console_override(Translation& t) {
  const Path at("console.overrideConfiguration");
  const Value* mine = t.user(at);
  if (mine == nullptr || !mine->is_map()) {
    t.move(at, at, "console-override");
    return;
  }
  if (mine->entries().empty()) {
    t.drop(at, "console-override");
    return;
  }
  Value text = Value::text(values::to_yaml(*mine));
  text.origin = mine->origin;
  t.put(at, std::move(text));
  t.claim(at, FateKind::converted, {at}, "console-override");
}

// A component without secrets of its own pulled with the global ones.
void merge_pull_secrets(Translation& t) {
  const Path to("orchestration.image.pullSecrets");
  Value all = list_now(t, to);
  const Value global = t.effective("global.image.pullSecrets");
  bool own = false;
  for (const std::string_view component : k_former) {
    const Path at = Path(component).join("image.pullSecrets");
    const Value mine = t.effective(at);
    const bool given = mine.is_list() && mine.truthy();
    for (const Value& secret : (given ? mine : global).items()) {
      if (was_on(t, component) &&
          std::find(all.items().begin(), all.items().end(), secret) == all.items().end()) {
        all.items().push_back(secret);
      }
    }
    own = own || (given && was_on(t, component));
    t.claim(at, given ? FateKind::merged : FateKind::dropped,
            given ? std::vector<Path>{to} : std::vector<Path>{}, "pull-secrets");
  }
  if (own) {
    write_list(t, to, std::move(all));
  }
}

}  // namespace decisions
