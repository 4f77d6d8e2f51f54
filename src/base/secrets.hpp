// Which names promise a secret value. Used wherever something of the user's is shown.
#pragma once

#include <string>
#include <string_view>

namespace base {

inline constexpr std::string_view k_hidden = "(hidden)";

// A key or environment variable such as "password", "clientSecret", "inlineSecret", "apiToken",
// "tls.key", "AWS_SECRET_ACCESS_KEY". A name that refers to a Secret object (existingSecret,
// existingSecretKey, secretName, passwordSecretKeyRef) or talks about one (tokenExpiration,
// passwordPolicy) is no secret.
bool names_secret(std::string_view key);

// The text with passwords in URLs hidden: scheme://user:password@host, and "password=…" or
// "token=…" in the query of a connection string.
std::string hide_url_passwords(std::string_view text);

}  // namespace base
