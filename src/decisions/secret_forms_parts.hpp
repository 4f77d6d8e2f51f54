// The parts of decide_secret_forms and what they share: reading the forms of 8.7, writing those of
// 8.8.
#pragma once

#include "values/value.hpp"

#include <string>
#include <string_view>

namespace rules {
class Translation;
}

namespace decisions {

// A string in `existingSecret` was the secret itself, a map with `name` the name of a Secret.
enum class SecretForm { none, name, plain };

struct Secret {
  SecretForm form = SecretForm::none;
  std::string text;  // the Secret's name or the secret itself
  std::string key;   // the key in the Secret, 8.7's default when none was written
  values::Origin origin;
};

// What stands in `field` (…existingSecret); `key` is the name of its sibling that holds the key.
Secret given_secret(const rules::Translation&, const values::Path& field, std::string_view key,
                    std::string_view default_key);

// True when the user's 8.8 keys at `to` (…secret) say what the secret is, no earlier than `origin`.
bool answered(const rules::Translation&, const values::Path& to, const values::Origin& origin);

// Writes the reference to a Secret at `to` (…secret).
void refer(rules::Translation&, const values::Path& to, const Secret&);

// The same for a Secret that chart 12.x generated and 13.x does not; it has to outlive the upgrade.
void keep_generated(rules::Translation&, const values::Path& to, std::string name, std::string key,
                    std::string component);

// 8.7 put the text at `at` into a Secret of its own, 8.8 puts it into the pods.
void tell_plain(rules::Translation&, const values::Path& at, std::string lost_secret);

// A text of ours that stands for something the user wrote at `origin`.
values::Value written(std::string text, const values::Origin& origin);

void decide_client_secrets(rules::Translation&);
void decide_license(rules::Translation&);
void decide_storage_passwords(rules::Translation&);
void decide_databases(rules::Translation&);
void decide_mail(rules::Translation&);
void decide_document_store(rules::Translation&);

}  // namespace decisions
