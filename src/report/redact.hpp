// What must not stand in a report: the value at a path that names a secret. A reference to a
// secret (existingSecret, secretName, …) is no secret.
#pragma once

#include "values/path.hpp"
#include "values/value.hpp"

#include <string_view>

namespace report {

inline constexpr std::string_view k_hidden = "(hidden)";

// A key such as "password", "inlineSecret" or "apiToken", or the name of an environment variable
// such as "SPRING_DATASOURCE_PASSWORD".
bool names_secret(std::string_view key);

// The value with every text hidden that stands below a secret's name, in `at` or inside the
// value; in a list of environment variables the variable's own name counts. Numbers
// and booleans stay, and so does an empty text: it says that there is none. A password in a URL
// (scheme://user:password@host) is hidden wherever it stands.
values::Value redacted(const values::Path& at, values::Value value);

}  // namespace report
