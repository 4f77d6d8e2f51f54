#include "yaml/scalar.hpp"

#include "base/base64.hpp"
#include "base/strings.hpp"
#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>

namespace yaml {
namespace {

using Type = Resolved::Type;

constexpr std::string_view k_long_prefix = "tag:yaml.org,2002:";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

template <std::size_t Count>
bool one_of(std::string_view text, const std::array<std::string_view, Count>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

Resolved make_text(std::string_view text) {
  Resolved result;
  result.type = Type::text;
  result.text = text;
  return result;
}

Resolved make_rejected(std::string reason) {
  Resolved result;
  result.type = Type::rejected;
  result.text = std::move(reason);
  return result;
}

Resolved make_boolean(bool boolean) {
  Resolved result;
  result.type = Type::boolean;
  result.boolean = boolean;
  return result;
}

Resolved make_integer(std::int64_t integer) {
  Resolved result;
  result.type = Type::integer;
  result.integer = integer;
  result.number = static_cast<double>(integer);
  return result;
}

Resolved make_number(double number) {
  Resolved result;
  result.type = Type::number;
  result.number = number;
  return result;
}

std::optional<Resolved> lookup(std::string_view text) {
  constexpr std::array<std::string_view, 11> k_true = {"y",    "Y",    "yes", "Yes", "YES", "true",
                                                       "True", "TRUE", "on",  "On",  "ON"};
  constexpr std::array<std::string_view, 11> k_false = {
      "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"};
  constexpr std::array<std::string_view, 5> k_null = {"", "~", "null", "Null", "NULL"};
  constexpr std::array<std::string_view, 12> k_unsupported = {".nan",  ".NaN",  ".NAN",  ".inf",
                                                              ".Inf",  ".INF",  "+.inf", "+.Inf",
                                                              "+.INF", "-.inf", "-.Inf", "-.INF"};
  if (one_of(text, k_true)) {
    return make_boolean(true);
  }
  if (one_of(text, k_false)) {
    return make_boolean(false);
  }
  if (one_of(text, k_null)) {
    return Resolved();
  }
  if (one_of(text, k_unsupported)) {
    return make_rejected(fmt::format("Helm cannot read the number {}", text));
  }
  return std::nullopt;
}

// Go's strconv.ParseInt and ParseUint with base 0, for text without underscores.
std::optional<Resolved> parse_integer(std::string_view text) {
  const bool sign = text.starts_with('-') || text.starts_with('+');
  const bool negative = text.starts_with('-');
  std::string_view digits = text.substr(sign ? 1 : 0);
  int base = 10;
  if (digits.size() > 1 && digits[0] == '0') {
    const char marker = digits[1];
    base = marker == 'x' || marker == 'X' ? 16 : marker == 'b' || marker == 'B' ? 2 : 8;
    const bool has_marker = base != 8 || marker == 'o' || marker == 'O';
    digits.remove_prefix(has_marker ? 2 : 1);
  }
  std::uint64_t size = 0;
  const char* end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, size, base);
  if (digits.empty() || parsed.ec != std::errc() || parsed.ptr != end) {
    return std::nullopt;
  }
  constexpr auto k_most = static_cast<std::uint64_t>(INT64_MAX);
  if (size <= k_most) {
    const auto value = static_cast<std::int64_t>(size);
    return make_integer(negative ? -value : value);
  }
  if (negative) {
    return size == k_most + 1 ? std::optional(make_integer(INT64_MIN)) : std::nullopt;
  }
  return sign ? std::nullopt : std::optional(make_number(static_cast<double>(size)));
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) {
    ++at;
  }
  return at;
}

// [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
bool is_yaml_float(std::string_view text) {
  std::size_t at = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
  const std::size_t whole = skip_digits(text, at);
  std::size_t digits = whole - at;
  at = whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t fraction = skip_digits(text, at + 1);
    digits += fraction - at - 1;
    at = fraction;
  }
  if (digits == 0) {
    return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) {
      ++at;
    }
    const std::size_t exponent = skip_digits(text, at);
    if (exponent == at) {
      return false;
    }
    at = exponent;
  }
  return at == text.size();
}

std::optional<Resolved> parse_float(const std::string& text) {
  if (!is_yaml_float(text)) {
    return std::nullopt;
  }
  const double number = std::strtod(text.c_str(), nullptr);
  if (std::isinf(number)) {
    return std::nullopt;  // out of range: Go leaves it a string
  }
  return make_number(number);
}

Resolved resolve_untagged(std::string_view text) {
  constexpr std::string_view k_words = "yYnNtTfFoO~";
  const char first = text.empty() ? '~' : text.front();
  const bool numeric = is_digit(first) || first == '+' || first == '-' || first == '.';
  if (!numeric && k_words.find(first) == std::string_view::npos) {
    return make_text(text);
  }
  if (const auto found = lookup(text)) {
    return *found;
  }
  if (first == '.') {
    return parse_float(std::string(text)).value_or(make_text(text));
  }
  if (numeric) {
    const std::string bare = base::replace_all(text, "_", "");
    if (const auto integer = parse_integer(bare)) {
      return *integer;
    }
    if (const auto number = parse_float(bare)) {
      return *number;
    }
  }
  return make_text(text);
}

std::string short_tag(std::string_view tag) {
  if (tag.starts_with("!<") && tag.ends_with('>')) {
    tag = tag.substr(2, tag.size() - 3);
    if (tag.starts_with(k_long_prefix)) {
      return "!!" + std::string(tag.substr(k_long_prefix.size()));
    }
  }
  return std::string(tag);
}

// Helm turns values into JSON, in which a byte that is no UTF-8 becomes U+FFFD.
std::string as_helm_shows(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size();) {
    const base::Character character = base::character_at(bytes, at);
    base::append_utf8(text, character.code);
    at += character.length;
  }
  return text;
}

Resolved resolve_tagged(std::string_view text, const std::string& tag) {
  if (tag == "!!binary") {
    const auto bytes = base::decode_base64(text);
    return bytes ? make_text(as_helm_shows(*bytes))
                 : make_rejected("!!binary value contains invalid base64 data");
  }
  const bool number = tag == "!!int" || tag == "!!float";
  if (!number && tag != "!!bool" && tag != "!!null") {
    return make_text(text);  // !!str, !!timestamp, and every tag that go-yaml does not know
  }
  Resolved resolved = resolve_untagged(text);
  const bool fits =
      (tag == "!!int" && resolved.type == Type::integer) ||
      (tag == "!!float" && (resolved.type == Type::integer || resolved.type == Type::number)) ||
      (tag == "!!bool" && resolved.type == Type::boolean) ||
      (tag == "!!null" && resolved.type == Type::null);
  if (fits || resolved.type == Type::rejected) {
    return resolved;
  }
  return make_rejected(fmt::format("the value does not fit its tag {}", tag));
}

// As strconv.FormatFloat(number, 'g', -1, 32), which sigs.k8s.io/yaml uses for keys.
std::string float_key(double number) {
  std::array<char, 64> buffer{};
  const auto small = static_cast<float>(number);
  if (std::isinf(small)) {
    return small > 0 ? ".inf" : "-.inf";
  }
  const auto scientific = std::to_chars(buffer.data(), buffer.data() + buffer.size(), small,
                                        std::chars_format::scientific);
  std::string text(buffer.data(), scientific.ptr);
  const int exponent = std::atoi(text.c_str() + text.find('e') + 1);
  if (exponent < -4 || exponent >= 6) {
    return text;
  }
  const auto fixed =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), small, std::chars_format::fixed);
  return std::string(buffer.data(), fixed.ptr);
}

bool looks_like_version(std::string_view text) {
  const auto parts = base::split(text, '.');
  return parts.size() > 2 && std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
           return !part.empty() && std::all_of(part.begin(), part.end(), is_digit);
         });
}

// Numbers, times and dates of any YAML version, and what comes close to them.
bool looks_like_number(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) {
    text.remove_prefix(1);
  }
  if (text.empty() || !(is_digit(text[0]) || text[0] == '.')) {
    return text.empty();
  }
  const std::string start = base::lower(text.substr(0, 2));
  const bool marked = start == "0x" || start == "0o" || start == "0b";
  const bool date = skip_digits(text, 0) == 4 && text.size() > 4 && text[4] == '-';
  const bool only_digits = text.find_first_not_of("0123456789_.,+-eE:") == std::string_view::npos;
  return marked || date || base::contains(text, ":") || (only_digits && !looks_like_version(text));
}

bool looks_like_word_of_yaml(std::string_view text) {
  constexpr std::array<std::string_view, 16> k_words = {
      "y", "n",    "yes",  "no",   "on",    "off",   "true", "false",
      "~", "null", ".nan", ".inf", "+.inf", "-.inf", "=",    "<<"};
  return one_of(base::lower(text), k_words);
}

bool has_plain_syntax(std::string_view text) {
  constexpr std::string_view k_indicators = "?:,[]{}#&*!|>'\"%@`~";
  if (text.empty() || k_indicators.find(text.front()) != std::string_view::npos ||
      text.front() == ' ' || text.back() == ' ' || text.back() == ':') {
    return false;
  }
  if (text == "-" || text.starts_with("- ") || text.starts_with("---") || text.starts_with("...") ||
      base::contains(text, ": ") || base::contains(text, " #")) {
    return false;
  }
  for (std::size_t at = 0; at < text.size();) {
    const base::Character character = base::character_at(text, at);
    const std::uint32_t code = character.code;
    const bool control = code < 0x20 || (code >= 0x7F && code <= 0xA0);
    const bool line_break = code == 0x2028 || code == 0x2029;
    if (!character.valid || control || line_break || code == 0xFEFF || code == 0xFFFE ||
        code == 0xFFFF) {
      return false;
    }
    at += character.length;
  }
  return true;
}

}  // namespace

Resolved resolve(std::string_view text, bool plain, std::string_view tag) {
  if (tag == "!") {
    return resolve_untagged(text);  // libyaml: "resolve me", even when quoted
  }
  if (!tag.empty()) {
    return resolve_tagged(text, short_tag(tag));
  }
  return plain ? resolve_untagged(text) : make_text(text);
}

std::optional<std::string> resolve_key(std::string_view text, bool plain, std::string_view tag) {
  const Resolved resolved = resolve(text, plain, tag);
  switch (resolved.type) {
    case Type::boolean:
      return resolved.boolean ? "true" : "false";
    case Type::integer:
      return std::to_string(resolved.integer);
    case Type::number:
      // sigs.k8s.io/yaml knows no uint64 among keys.
      if (parse_integer(base::replace_all(text, "_", ""))) {
        return std::nullopt;
      }
      return float_key(resolved.number);
    case Type::text:
      return resolved.text;
    case Type::null:
    case Type::rejected:
      break;
  }
  return std::nullopt;
}

bool is_safe_plain(std::string_view text) {
  return has_plain_syntax(text) && !looks_like_word_of_yaml(text) && !looks_like_number(text) &&
         resolve_untagged(text).type == Type::text;
}

}  // namespace yaml
