#include "report/redact.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace report {
namespace {

// Letters and digits only, in lower case: "SPRING_DATASOURCE_PASSWORD" and "api-key" read the same
// as "springDatasourcePassword" and "apiKey".
std::string plain_letters(std::string_view key) {
  std::string result;
  for (const char letter : key) {
    if (std::isalnum(static_cast<unsigned char>(letter)) != 0) {
      result += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    }
  }
  return result;
}

// "secretKey" alone is none of these: AWS calls a secret so.
bool is_reference(std::string_view letters) {
  constexpr std::array<std::string_view, 9> k_endings = {
      "secretname", "secretref", "secretkeyref", "pullsecrets", "passwordkey",
      "tokenname",  "tokenurl",  "tokenscope",   "tokenclaim"};
  return letters.starts_with("existingsecret") ||
         std::any_of(k_endings.begin(), k_endings.end(),
                     [&](std::string_view ending) { return letters.ends_with(ending); });
}

// "https://user:password@host/…" without the password; nothing when there is none.
std::string without_url_password(const std::string& text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string::npos) {
    return text;
  }
  const std::size_t authority = scheme + 3;
  const std::size_t end = std::min(text.find_first_of("/?#", authority), text.size());
  const std::size_t at = text.rfind('@', end);
  if (at == std::string::npos || at < authority) {
    return text;
  }
  const std::size_t colon = text.find(':', authority);
  if (colon == std::string::npos || colon > at) {
    return text;
  }
  return text.substr(0, colon + 1) + std::string(k_hidden) + text.substr(at);
}

bool below_secret(bool secret, std::string_view key) {
  return names_secret(key) || (secret && !is_reference(plain_letters(key)));
}

void hide(values::Value& value, bool secret) {
  switch (value.kind()) {
    case values::Kind::text:
      if (secret && !value.as_text().empty()) {
        value = values::Value::text(std::string(k_hidden));
      } else {
        value = values::Value::text(without_url_password(value.as_text()));
      }
      break;
    case values::Kind::list:
      for (values::Value& item : value.items()) {
        hide(item, secret);
      }
      break;
    case values::Kind::map: {
      const values::Value* name = value.find("name");
      const bool variable = name != nullptr && name->is_text() && names_secret(name->as_text());
      for (auto& [key, inner] : value.entries()) {
        hide(inner, (variable && key == "value") || below_secret(secret, key));
      }
      break;
    }
    default:
      break;
  }
}

}  // namespace

bool names_secret(std::string_view key) {
  constexpr std::array<std::string_view, 9> k_words = {"password", "passwd",     "passphrase",
                                                       "secret",   "token",      "credential",
                                                       "apikey",   "privatekey", "accesskey"};
  const std::string letters = plain_letters(key);
  return !is_reference(letters) &&
         std::any_of(k_words.begin(), k_words.end(), [&](std::string_view word) {
           return letters.find(word) != std::string::npos;
         });
}

values::Value redacted(const values::Path& at, values::Value value) {
  bool secret = false;
  for (const values::Step& step : at.steps()) {
    if (!step.is_index()) {
      secret = below_secret(secret, step.key);
    }
  }
  hide(value, secret);
  return value;
}

}  // namespace report
