#include "helm/flag_value.hpp"

#include "base/strings.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <fmt/format.h>

namespace helm {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Seconds in one unit of a Go duration; 0 for no unit.
double unit_seconds(std::string_view unit) {
  if (unit == "h") {
    return 3600;
  }
  if (unit == "m") {
    return 60;
  }
  if (unit == "s") {
    return 1;
  }
  if (unit == "ms") {
    return 1e-3;
  }
  if (unit == "us" || unit == "\u00b5s" || unit == "\u03bcs") {
    return 1e-6;
  }
  return unit == "ns" ? 1e-9 : 0;
}

// strconv.ParseInt(text, 0, 64) and ParseUint: a prefix chooses the base, single underscores may
// stand between digits and after the prefix, but then only with a prefix.
bool is_go_integer(std::string_view text, bool may_be_signed) {
  if (may_be_signed && !text.empty() && (text.front() == '-' || text.front() == '+')) {
    text.remove_prefix(1);
  }
  std::string_view digits = "0123456789";
  bool prefixed = false;
  if (text.size() > 1 && text.front() == '0') {
    const std::string second = base::lower(text.substr(1, 1));
    digits = second == "x" ? "0123456789abcdefABCDEF" : second == "b" ? "01" : "01234567";
    const bool letter = second == "x" || second == "b" || second == "o";
    text.remove_prefix(letter ? 2 : 1);
    prefixed = true;
    if (letter && text.empty()) {
      return false;
    }
  }
  std::size_t count = 0;
  bool separated = false;  // whether an underscore stands before the next digit
  for (const char c : text) {
    if (c == '_') {
      if (separated || !prefixed) {
        return false;
      }
      separated = true;
      continue;
    }
    if (digits.find(c) == std::string_view::npos) {
      return false;
    }
    separated = false;
    ++count;
  }
  return count > 0 && !separated && count <= 64;
}

bool is_float(const std::string& text) {
  if (text.empty() || std::isspace(static_cast<unsigned char>(text.front())) != 0) {
    return false;
  }
  char* end = nullptr;
  std::strtod(text.c_str(), &end);
  return end == text.c_str() + text.size();
}

// pflag's stringToString: one pair as it stands, several as a CSV record.
bool is_pair_list(std::string_view text) {
  const auto equals = std::count(text.begin(), text.end(), '=');
  if (equals < 2) {
    return equals == 1;
  }
  const auto record = parse_csv_record(text);
  return record && std::all_of(record->begin(), record->end(), [](const std::string& pair) {
           return pair.find('=') != std::string::npos;
         });
}

}  // namespace

std::optional<bool> parse_go_bool(std::string_view text) {
  for (const std::string_view yes : {"1", "t", "T", "true", "TRUE", "True"}) {
    if (text == yes) {
      return true;
    }
  }
  for (const std::string_view no : {"0", "f", "F", "false", "FALSE", "False"}) {
    if (text == no) {
      return false;
    }
  }
  return std::nullopt;
}

std::optional<std::chrono::seconds> parse_go_duration(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    text.remove_prefix(1);
  }
  if (text == "0") {
    return std::chrono::seconds(0);
  }
  if (text.empty()) {
    return std::nullopt;
  }
  double seconds = 0;
  while (!text.empty()) {
    double number = 0;
    double place = 1;
    std::size_t used = 0;
    std::size_t digits = 0;
    bool fraction = false;
    for (; used < text.size() && (is_digit(text[used]) || (text[used] == '.' && !fraction));
         ++used) {
      if (text[used] == '.') {
        fraction = true;
        continue;
      }
      number = number * 10 + (text[used] - '0');
      place = fraction ? place * 10 : place;
      ++digits;
    }
    std::size_t unit_end = used;
    while (unit_end < text.size() && !is_digit(text[unit_end]) && text[unit_end] != '.') {
      ++unit_end;
    }
    const double unit = unit_seconds(text.substr(used, unit_end - used));
    if (digits == 0 || unit == 0) {
      return std::nullopt;
    }
    seconds += number / place * unit;
    text.remove_prefix(unit_end);
  }
  // Go keeps nanoseconds in 64 bits and refuses more.
  if (seconds > 9.2233720368e9) {
    return std::nullopt;
  }
  const double signed_seconds = negative ? -seconds : seconds;
  return std::chrono::seconds(static_cast<std::int64_t>(std::ceil(signed_seconds - 1e-9)));
}

std::optional<std::vector<std::string>> parse_csv_record(std::string_view text) {
  std::vector<std::string> fields;
  if (text.empty()) {
    return fields;
  }
  // encoding/csv skips empty lines before the record; nothing but empty lines is an error to pflag.
  while (!text.empty() && (text.front() == '\n' || text.starts_with("\r\n"))) {
    text.remove_prefix(text.front() == '\n' ? 1 : 2);
  }
  if (text.empty()) {
    return std::nullopt;
  }
  std::size_t at = 0;
  const auto ends_line = [&](std::size_t i) {
    return i >= text.size() || text[i] == '\n' || text.substr(i, 2) == "\r\n" ||
           (text[i] == '\r' && i + 1 == text.size());
  };
  for (;;) {
    std::string field;
    if (at < text.size() && text[at] == '"') {
      ++at;
      for (;;) {
        const std::size_t quote = text.find('"', at);
        if (quote == std::string_view::npos) {
          return std::nullopt;
        }
        field += base::replace_all(text.substr(at, quote - at), "\r\n", "\n");
        at = quote + 1;
        if (at >= text.size() || text[at] != '"') {
          break;
        }
        field += '"';
        ++at;
      }
      if (!ends_line(at) && text[at] != ',') {
        return std::nullopt;
      }
    } else {
      while (!ends_line(at) && text[at] != ',') {
        if (text[at] == '"') {
          return std::nullopt;
        }
        field += text[at++];
      }
    }
    fields.push_back(std::move(field));
    if (ends_line(at)) {
      return fields;
    }
    ++at;
  }
}

std::string csv_field(std::string_view field) {
  if (!field.empty() && field.find_first_of(",\"\r\n") == std::string_view::npos) {
    return std::string(field);
  }
  return '"' + base::replace_all(field, "\"", "\"\"") + '"';
}

std::string type_complaint(std::string_view type, std::string_view value) {
  if (type == "bool") {
    return parse_go_bool(value) ? "" : "true or false";
  }
  if (type == "int") {
    return is_go_integer(value, true) ? "" : "a whole number";
  }
  if (type == "uint") {
    return is_go_integer(value, false) ? "" : "a whole number";
  }
  if (type == "float32") {
    return is_float(std::string(value)) ? "" : "a number";
  }
  if (type == "duration") {
    return parse_go_duration(value) ? "" : "a duration such as 10m or 1h30m";
  }
  if (type == "strings") {
    return parse_csv_record(value) ? "" : "a list of names separated by commas, quoted as in CSV";
  }
  if (type == "stringToString") {
    return is_pair_list(value) ? "" : "a list of name=value pairs separated by commas";
  }
  if (type.find('|') == std::string_view::npos) {
    return "";
  }
  std::vector<std::string> words;
  for (const std::string_view word : base::split(type, '|')) {
    if (word == value) {
      return "";
    }
    words.emplace_back(word);
  }
  return "one of " + base::enumerate(words);
}

}  // namespace helm
