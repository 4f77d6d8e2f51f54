#include "base/secrets.hpp"

#include "base/strings.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace base {
namespace {

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// "clientSecret" and "CLIENT_SECRET" are client, secret; "AWSSecretKey" is aws, secret, key.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!is_upper(c) && !is_lower(c) && !is_digit(c)) {
      words.emplace_back();
      continue;
    }
    const bool after_lower = i > 0 && (is_lower(name[i - 1]) || is_digit(name[i - 1]));
    const bool before_lower = i + 1 < name.size() && is_lower(name[i + 1]);
    if (is_upper(c) && i > 0 && (after_lower || (is_upper(name[i - 1]) && before_lower))) {
      words.emplace_back();
    }
    words.back() += c;
  }
  std::erase(words, std::string());
  for (std::string& word : words) {
    word = lower(word);
  }
  return words;
}

template <std::size_t Count>
bool one_of(std::string_view word, const std::array<std::string_view, Count>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// These words end names of secret values, alone or behind other words.
constexpr std::array<std::string_view, 12> k_secret_ends = {
    "password", "passwd", "passphrase", "passcode",  "pwd", "pass",
    "secret",   "token",  "apikey",     "secretkey", "dsn", "credentials"};
// "key" is secret only behind one of these.
constexpr std::array<std::string_view, 9> k_secret_keys = {
    "api", "access", "secret", "private", "license", "encryption", "signing", "account", "tls"};
// A name that starts so refers to an object or is a switch, whatever it ends with.
constexpr std::array<std::string_view, 3> k_other_starts = {"existing", "use", "automount"};
// What may follow a secret's word in a name that still holds the value.
constexpr std::array<std::string_view, 4> k_value_ends = {"value", "base64", "b64", "plain"};

bool is_secret_key(const std::vector<std::string>& words) {
  const std::size_t count = words.size();
  if (count < 2 || !one_of(words[count - 2], k_secret_keys)) {
    return false;
  }
  // "passwordSecretKey" is the key within a Secret that holds the password.
  return words[count - 2] != "secret" || count == 2 || !one_of(words[count - 3], k_secret_ends);
}

bool ends_secret(const std::vector<std::string>& words) {
  const std::string& last = words.back();
  if (last == "key") {
    return is_secret_key(words);
  }
  const bool aws_id = last == "id" && words.size() > 2 && words[words.size() - 2] == "key" &&
                      words[words.size() - 3] == "access";
  return aws_id || one_of(last, k_secret_ends);
}

std::string hide_user_info(std::string_view text) {
  std::string out;
  for (;;) {
    const auto scheme = text.find("://");
    if (scheme == std::string_view::npos) {
      return out.append(text);
    }
    const auto begin = scheme + 3;
    const auto end = std::min(text.find_first_of("/?# \t\"'\n,", begin), text.size());
    // The last '@' ends the user's part: people write '@' into passwords.
    const auto at = text.substr(begin, end - begin).rfind('@');
    const auto colon = text.substr(begin, end - begin).find(':');
    if (at == std::string_view::npos || colon == std::string_view::npos || colon > at) {
      out.append(text.substr(0, end));
    } else {
      out.append(text.substr(0, begin + colon + 1)).append(k_hidden);
      out.append(text.substr(begin + at, end - begin - at));
    }
    text.remove_prefix(end);
  }
}

std::string hide_query(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto separator = text.find_first_of("?&;");
    if (separator == std::string_view::npos) {
      break;
    }
    out.append(text.substr(0, separator + 1));
    text.remove_prefix(separator + 1);
    const auto end = std::min(text.find_first_of("&; \t\"'\n#"), text.size());
    const auto equals = text.substr(0, end).find('=');
    if (equals != std::string_view::npos && equals + 1 < end &&
        names_secret(text.substr(0, equals))) {
      out.append(text.substr(0, equals + 1)).append(k_hidden);
      text.remove_prefix(end);
    }
  }
  return out.append(text);
}

bool is_name_character(char c) {
  return is_upper(c) || is_lower(c) || is_digit(c) || c == '_' || c == '-' || c == '.';
}

// The end of the value that starts at `at`: of the quoted text, or of the line. After '=' a value
// ends at a blank or '&' or ';' too.
std::size_t end_of_value(std::string_view text, std::size_t at, char separator) {
  if (at < text.size() && (text[at] == '"' || text[at] == '\'')) {
    const char quote = text[at];
    for (std::size_t i = at + 1; i < text.size(); ++i) {
      const bool escape = quote == '"' && text[i] == '\\';
      const bool doubled = quote == '\'' && text.substr(i).starts_with("''");
      if (escape || doubled) {
        ++i;
      } else if (text[i] == quote) {
        return i + 1;
      }
    }
    return text.size();
  }
  return std::min(text.find_first_of(separator == '=' ? " \t\r\n&;" : "\r\n", at), text.size());
}

// Hides what follows the names of secrets: `password: x`, `"password": "x"`, `DB_PASSWORD=x`.
std::string hide_named(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    if (!is_name_character(text[at])) {
      out += text[at++];
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && is_name_character(text[at])) {
      ++at;
    }
    const std::string_view name = text.substr(begin, at - begin);
    out += name;
    std::size_t next = at;
    if (next < text.size() && (text[next] == '"' || text[next] == '\'')) {
      ++next;
    }
    next = std::min(text.find_first_not_of(" \t", next), text.size());
    if (next == text.size() || (text[next] != ':' && text[next] != '=') || !names_secret(name)) {
      continue;
    }
    const std::size_t value = std::min(text.find_first_not_of(" \t", next + 1), text.size());
    const std::size_t end = end_of_value(text, value, text[next]);
    out += text.substr(at, value - at);
    at = value;
    if (end > value) {
      out += k_hidden;
      at = end;
    }
  }
  return out;
}

}  // namespace

bool names_secret(std::string_view name) {
  std::vector<std::string> words = words_of(name);
  if (words.size() > 1 && one_of(words.back(), k_value_ends)) {
    words.pop_back();
  }
  return !words.empty() && !one_of(words.front(), k_other_starts) && ends_secret(words);
}

std::string hide_url_passwords(std::string_view text) {
  return hide_query(hide_user_info(text));
}

std::string hide_secrets(std::string_view text) {
  if (contains(text, "PRIVATE KEY-----") || contains(text, "kind: Secret")) {
    return std::string(k_hidden);
  }
  return hide_named(hide_url_passwords(text));
}

}  // namespace base
