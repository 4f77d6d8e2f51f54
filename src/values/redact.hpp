// Hides secrets in values that are shown: reports, messages, diffs.
#pragma once

#include "base/secrets.hpp"
#include "values/path.hpp"
#include "values/value.hpp"

namespace values {

// True when the path or a part above it names a secret: everything at and below it is hidden.
bool names_secret(const Path& path);

// The value that stands at `at` with every text hidden that is a secret: below a key that names
// one, the `value` of an environment variable whose `name` names one, the password in a URL. Empty
// texts, booleans and null stay: they say that there is none.
Value redacted(const Path& at, Value value);

}  // namespace values
