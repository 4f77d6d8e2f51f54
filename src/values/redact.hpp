// Hides secrets in values that are shown: reports, messages, diffs.
#pragma once

#include "base/secrets.hpp"
#include "values/path.hpp"
#include "values/value.hpp"

namespace values {

// True when what stands at the path is a secret: its key names one ("a.password", "license.key"),
// or a key above it does ("password.value", "tokens.token[0]") and its own key names no reference
// ("secret.existingSecret", "token.secretKeyRef.name").
bool names_secret(const Path& path);

// The value that stands at `at` with every text hidden that is a secret: at or below a key that
// names one, the `value` of an environment variable whose `name` names one, what follows a flag
// such as "--password" in a list, the data of a Secret's manifest, passwords in URLs and in text
// of several lines. Empty texts, numbers, booleans and null stay: they say that there is none.
Value redacted(const Path& at, Value value);

}  // namespace values
