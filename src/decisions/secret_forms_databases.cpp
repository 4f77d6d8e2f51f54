// The databases of Management Identity and Web Modeler, and Web Modeler's mail server.
#include "decisions/secret_forms_parts.hpp"
#include "decisions/secret_names.hpp"
#include "rules/translation.hpp"

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

// Management Identity took the Secret's name as a string. With a text, both charts make the same
// Secret of it; 13.x only has to be told to read it from there and not to copy it into the pod.
void decide_identity_database(Translation& t) {
  const Path at("identity.externalDatabase");
  const Path field = at.key("existingSecret");
  const Path key = at.key("existingSecretPasswordKey");
  const Value given = t.effective(field);
  const Value* inner = given.is_map() ? given.find("name") : &given;
  const std::string name = inner == nullptr ? std::string() : evaluated(t, inner->plain());
  const Path to = at.key("secret");
  if (!name.empty()) {
    t.put(field, written(name, given.origin));
    t.claim(field, given.is_map() ? FateKind::converted : FateKind::kept, {field},
            "identity-database");
    if (t.text(key).empty()) {
      t.set(key, Value::text("password"));
      t.claim(key, FateKind::converted, {key}, "identity-database");
    }
  } else if (t.on("identity.enabled") && t.on(at.key("enabled")) &&
             !t.text(at.key("password")).empty() && !answered(t, to, {})) {
    t.set(to.key("existingSecret"), Value::text(identity_database_name(t)));
    t.set(to.key("existingSecretKey"), Value::text("password"));
  }
  t.move(at, at, "identity-database");
}

// 8.7 made a Secret of a text, and 8.8 does too, from the older of its two keys.
void use_rendered_secret(Translation& t, const Path& at, const std::string& key) {
  const Path to = at.key("secret");
  if (!answered(t, to, {})) {
    t.set(to.key("existingSecret"), Value::text(web_modeler_secret_name(t)));
    t.set(to.key("existingSecretKey"), Value::text(key));
  }
}

// `existingSecret` of Web Modeler: a text is the password, a map names a Secret. 13.x takes a
// string for the name, so the text goes to `plain_key`; the map keeps its form: with the new
// one, 13.x thinks that the mail server wants no login.
void decide_web_modeler_secret(Translation& t, const Path& at, std::string_view plain_key,
                               std::string_view default_key, bool used) {
  const Path field = at.key("existingSecret");
  const Path key = at.key("existingSecretPasswordKey");
  const Secret secret = given_secret(t, field, "existingSecretPasswordKey", default_key);
  const Path plain = at.key(plain_key);
  if (secret.form == SecretForm::plain) {
    const Value* there = t.user(plain);
    if (there != nullptr) {
      t.claim(plain, FateKind::dropped, {}, "web-modeler-secret");  // the text won over it
    }
    t.put(plain, written(secret.text, secret.origin));
    t.claim(field, FateKind::converted, {plain}, "web-modeler-secret");
  } else if (secret.form == SecretForm::name) {
    t.put(field.key("name"), written(secret.text, secret.origin));
    t.claim(field.key("name"), FateKind::kept, {field.key("name")}, "web-modeler-secret");
  }
  const bool plain_text = secret.form == SecretForm::plain ||
                          (secret.form == SecretForm::none && !t.text(plain).empty());
  if (t.text(key).empty() && (plain_text || secret.form == SecretForm::name)) {
    t.set(key, Value::text(std::string(default_key)));
    t.claim(key, FateKind::converted, {key}, "web-modeler-secret");
  }
  if (plain_text && used) {
    use_rendered_secret(t, at, secret.key);
  }
  t.move(at, at, "web-modeler-secret");
}

// 13.x has Web Modeler read the password from the Secret that is named here, and from none else.
void decide_web_modeler_database(Translation& t) {
  const Path at("postgresql.auth");
  const Path to("webModelerPostgresql.auth");
  const bool named = !t.text(at.key("existingSecret")).empty();
  if (t.on("postgresql.enabled") && t.on("webModeler.enabled") && !named &&
      t.result(to.key("existingSecret")) == nullptr) {
    const std::string name = web_modeler_database_name(t);
    t.drop(at.key("existingSecret"), "web-modeler-database-secret");
    // The generated Secret has these keys whatever `secretKeys` says.
    t.drop(at.key("secretKeys"), "web-modeler-database-secret");
    t.pin(to.key("existingSecret"), Value::text(name), "generated-secret");
    t.plan().secrets_to_keep.push_back({name, "password", "webModeler"});
    t.plan().secrets_to_keep.push_back({name, "postgres-password", "webModelerPostgresql"});
  }
  t.move(at, to, "web-modeler-database-secret");
  if (t.on("postgresql.enabled")) {
    const Path keys = to.key("secretKeys");
    t.pin(keys.key("adminPasswordKey"), Value::text("postgres-password"), "database-keys");
    t.pin(keys.key("userPasswordKey"), Value::text("password"), "database-keys");
  }
}

}  // namespace

void decide_databases(Translation& t) {
  decide_identity_database(t);
  decide_web_modeler_secret(t, "webModeler.restapi.externalDatabase", "password",
                            "database-password",
                            t.on("webModeler.enabled") && !t.on("postgresql.enabled"));
  decide_web_modeler_database(t);
}

void decide_mail(Translation& t) {
  decide_web_modeler_secret(t, "webModeler.restapi.mail", "smtpPassword", "smtp-password",
                            t.on("webModeler.enabled"));
}

}  // namespace decisions
