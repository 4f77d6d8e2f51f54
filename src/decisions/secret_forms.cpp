#include "decisions/secret_forms.hpp"

#include "base/strings.hpp"
#include "decisions/secret_forms_parts.hpp"
#include "decisions/secret_names.hpp"
#include "rules/translation.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace decisions {

using rules::FateKind;
using rules::Translation;
using values::Origin;
using values::Path;
using values::Value;

Value written(std::string text, const Origin& origin) {
  Value out = Value::text(std::move(text));
  out.origin = origin;
  return out;
}

Secret given_secret(const Translation& t, const Path& field, std::string_view key,
                    std::string_view default_key) {
  Secret out;
  out.key = t.text(field.parent().key(key));
  if (out.key.empty()) {
    out.key = default_key;
  }
  const Value given = t.effective(field);
  out.origin = given.origin;
  if (given.is_map()) {
    const Value* name = given.find("name");
    if (name != nullptr && !name->plain().empty()) {
      out.form = SecretForm::name;
      out.text = evaluated(t, name->plain());
      out.origin = name->origin;
    }
  } else if (!given.plain().empty()) {
    out.form = SecretForm::plain;
    out.text = given.plain();
  }
  return out;
}

bool answered(const Translation& t, const Path& to, const Origin& origin) {
  for (const Path& field :
       {to.key("existingSecret"), to.key("inlineSecret"), to.parent().key("existingSecret")}) {
    const Value* there = t.result(field);
    if (there != nullptr && there->truthy() && there->origin.source >= origin.source) {
      return true;
    }
  }
  return false;
}

void refer(Translation& t, const Path& to, const Secret& secret) {
  t.put(to.key("existingSecret"), written(secret.text, secret.origin));
  t.put(to.key("existingSecretKey"), written(secret.key, secret.origin));
}

void keep_generated(Translation& t, const Path& to, std::string name, std::string key,
                    std::string component) {
  t.pin(to.key("existingSecret"), Value::text(name), "generated-secret");
  t.pin(to.key("existingSecretKey"), Value::text(key), "generated-secret");
  t.plan().secrets_to_keep.push_back({std::move(name), std::move(key), std::move(component)});
}

void tell_plain(Translation& t, const Path& at, std::string lost_secret) {
  t.tell("plain-text-in-pods", {{at.text(), std::move(lost_secret)}, {}, at, {}});
}

namespace {

// Helm deletes what 8.8 no longer renders. The main job keeps it; offline the command is told.
void tell_generated(Translation& t) {
  if (t.request().live || t.plan().secrets_to_keep.empty()) {
    return;
  }
  std::vector<std::string> names;
  std::string command = "kubectl annotate secret";
  for (const auto& need : t.plan().secrets_to_keep) {
    if (std::find(names.begin(), names.end(), need.name) == names.end()) {
      names.push_back(need.name);
      command += " " + need.name;
    }
  }
  command += " helm.sh/resource-policy=keep";
  if (t.request().release_assumed) {
    command += fmt::format("  # of release {}; --release names another", t.request().release);
  }
  t.tell("generated-secret", {names, {}, {}, std::move(command)});
}

// 8.8 takes no templates here, so that names were worked out.
void tell_assumed(Translation& t) {
  if (!t.request().release_assumed) {
    return;
  }
  for (const rules::Fate& fate : t.plan().fates) {
    const Value* mine = t.user(fate.path);
    if (mine == nullptr || !base::contains(mine->plain(), ".Release.Name")) {
      continue;
    }
    for (const Path& to : fate.to) {
      const Value* result = t.result(to);
      if (result != nullptr && result->is_text() &&
          !base::contains(result->as_text(), ".Release.Name") &&
          base::contains(result->as_text(), t.request().release)) {
        t.tell("release-assumed", {{fate.path.text()}, {}, fate.path, {}});
      }
    }
  }
}

}  // namespace

void decide_secret_forms(Translation& t) {
  decide_client_secrets(t);
  decide_license(t);
  decide_storage_passwords(t);
  decide_databases(t);
  decide_mail(t);
  decide_document_store(t);
  tell_generated(t);
  tell_assumed(t);
}

}  // namespace decisions
