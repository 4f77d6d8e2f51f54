// Which names promise a secret value, and how text is shown without it. Used wherever something of
// the user's is shown; errs on the side of hiding.
#pragma once

#include <string>
#include <string_view>

namespace base {

inline constexpr std::string_view k_hidden = "(hidden)";

// A key, flag or environment variable such as "password", "clientSecret", "inlineSecret",
// "apiToken", "tls.key", "AWS_SECRET_ACCESS_KEY". A name that refers to a Secret object
// (existingSecret, existingSecretKey, secretName, passwordSecretKey, secretKeyRef) or talks about
// one (tokenUrl, automountServiceAccountToken) is no secret.
bool names_secret(std::string_view name);

// The text with passwords in URLs hidden: scheme://user:password@host, and "password=…" or
// "token=…" in the query of a connection string.
std::string hide_url_passwords(std::string_view text);

// The text with everything hidden that looks like a secret: passwords in URLs, what follows
// "password:" or "password=" (any name that names_secret() knows) up to the end of a quoted value
// or of the line, private keys, and manifests of kind Secret.
std::string hide_secrets(std::string_view text);

}  // namespace base
