// Licence, document store and the storage of the orchestration cluster.
#include "decisions/secret_forms_parts.hpp"
#include "decisions/secret_names.hpp"
#include "rules/translation.hpp"

#include <fmt/format.h>

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

// The name of a Secret where 8.7 only knew names: a map could not be meant otherwise.
std::string name_of(const Translation& t, const Path& field) {
  const Value given = t.effective(field);
  const Value* name = given.is_map() ? given.find("name") : &given;
  return name == nullptr ? std::string() : evaluated(t, name->plain());
}

values::Origin origin_of(const Translation& t, const Path& at) {
  const Value* mine = t.user(at);
  return mine == nullptr ? values::Origin{} : mine->origin;
}

void decide_storage_password(Translation& t, const Path& at, bool used,
                             const std::string& generated) {
  const Path field = at.key("existingSecret");
  const std::string name = name_of(t, field);
  if (!name.empty()) {
    t.put(field, written(name, origin_of(t, field)));
    t.claim(field, FateKind::kept, {field}, "storage-password");
    const Path key = at.key("existingSecretKey");
    if (t.text(key).empty()) {
      // Without a key 13.x takes the Secret's name for the password.
      t.set(key, Value::text("password"));
      t.claim(key, FateKind::converted, {key}, "storage-password");
    }
  } else if (used && !t.text(at.key("password")).empty()) {
    tell_plain(t, at.key("password"), generated);
  }
  t.move(at, at, "storage-password");
}

void default_when_empty(Translation& t, const Path& at, std::string_view value) {
  if (t.text(at).empty()) {
    t.set(at, Value::text(std::string(value)));
    t.claim(at, FateKind::converted, {at}, "document-store");
  }
}

// The importer mounts the Secret that the older key names, and that only.
void give_importer_the_documents(Translation& t, const Path& gcp) {
  const Value* secret = t.result(gcp.key("secret").key("existingSecret"));
  if (secret == nullptr || !secret->truthy() || !t.plan().data_migration ||
      t.result(gcp.key("existingSecret")) != nullptr) {
    return;
  }
  const Value name = *secret;
  t.pin(gcp.key("existingSecret"), name, "importer-documents");
  if (const Value* key = t.result(gcp.key("secret").key("existingSecretKey")); key != nullptr) {
    const Value copy = *key;
    t.set(gcp.key("credentialsKey"), copy);
  }
}

}  // namespace

void decide_license(Translation& t) {
  const Path at("global.license");
  const Path field = at.key("existingSecret");
  const Path to = at.key("secret");
  const std::string name = name_of(t, field);
  if (name.empty()) {
    if (!t.text(at.key("key")).empty() && !answered(t, to, origin_of(t, at.key("key")))) {
      tell_plain(t, at.key("key"), platform_name(t) + "-license");
    }
    t.move(at, at, "license");
    return;
  }
  if (answered(t, to, origin_of(t, field))) {
    t.tell("overruled", {{field.text()}, {}, field, {}});
    t.drop(at, "overruled");
    return;
  }
  std::string key = t.text(at.key("existingSecretKey"));
  refer(t, to,
        {SecretForm::name, name, key.empty() ? "CAMUNDA_LICENSE_KEY" : key, origin_of(t, field)});
  t.claim(field, FateKind::converted, {to.key("existingSecret"), to.key("existingSecretKey")},
          "license");
  t.claim(at.key("existingSecretKey"), FateKind::converted, {to.key("existingSecretKey")},
          "license");
  t.drop(at, "license");  // the text beside a Secret was never read
}

void decide_storage_passwords(Translation& t) {
  decide_storage_password(t, "global.elasticsearch.auth", t.on("global.elasticsearch.external"),
                          platform_name(t) + "-elasticsearch");
  decide_storage_password(t, "global.opensearch.auth", t.on("global.opensearch.enabled"),
                          platform_name(t) + "-opensearch");
}

void decide_document_store(Translation& t) {
  const Path aws("global.documentStore.type.aws");
  if (t.on(aws.key("enabled")) && !t.on(aws.key("irsa").key("enabled")) &&
      t.text(aws.key("existingSecret")).empty()) {
    // 13.x would write two variables without a value, which hide the pod's own identity.
    t.set(aws.key("irsa").key("enabled"), Value::boolean(true));
    t.claim(aws.key("existingSecret"), FateKind::converted, {aws.key("irsa").key("enabled")},
            "document-store");
    t.claim(aws.key("irsa"), FateKind::converted, {aws.key("irsa").key("enabled")},
            "document-store");
  }
  const Path gcp("global.documentStore.type.gcp");
  if (t.on(gcp.key("enabled")) || t.text("global.documentStore.activeStoreId") == "gcp") {
    default_when_empty(t, gcp.key("credentialsKey"), "service-account.json");
    default_when_empty(t, gcp.key("fileName"), "service-account.json");
    default_when_empty(t, gcp.key("mountPath"), "/var/secrets/gcp");
  }
  t.move("global.documentStore", "global.documentStore", "document-store");
  give_importer_the_documents(t, gcp);
}

}  // namespace decisions
