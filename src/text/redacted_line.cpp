#include "base/secrets.hpp"
#include "base/strings.hpp"
#include "text/render.hpp"

#include <algorithm>
#include <optional>

namespace text {
namespace {

// How far a manifest's `kind` may stand above a line of it.
constexpr int k_manifest_lines = 60;
// How far the name of an environment variable may stand from its value.
constexpr int k_item_lines = 3;

struct Line {
  std::size_t column = 0;  // of the first thing that is neither blank nor a dash of a list
  std::string_view key;    // empty when the line has none
  std::string_view rest;   // what follows the key's colon, or the whole line's content
  bool blank = true;
};

std::string_view unquoted(std::string_view text) {
  text = base::trim(text);
  if (text.size() > 1 && (text.front() == '"' || text.front() == '\'') &&
      text.back() == text.front()) {
    return text.substr(1, text.size() - 2);
  }
  return text;
}

// Good enough to find keys in block style, also in a file that is no valid YAML.
Line read_line(std::string_view text) {
  Line line;
  std::size_t at = std::min(text.find_first_not_of(" \t"), text.size());
  while (at + 1 < text.size() && text[at] == '-' && text[at + 1] == ' ') {
    at = std::min(text.find_first_not_of(' ', at + 1), text.size());
  }
  line.column = at;
  line.rest = text.substr(at);
  line.blank = line.rest.empty() || line.rest.front() == '#';
  for (std::size_t colon = line.rest.find(':'); colon != std::string_view::npos;
       colon = line.rest.find(':', colon + 1)) {
    if (colon + 1 == line.rest.size() || line.rest[colon + 1] == ' ') {
      line.key = unquoted(line.rest.substr(0, colon));
      line.rest = base::trim(line.rest.substr(colon + 1));
      break;
    }
  }
  return line;
}

// True for a line that continues the value of a secret's key: in a block scalar or a text of
// several lines, or in the data of a Secret's manifest.
bool below_secret(const Source& source, int number, const Line& line) {
  std::size_t column = line.column;
  for (int above = number - 1; above >= 1 && column > 0; --above) {
    const Line parent = read_line(source.line(above));
    if (parent.blank || parent.column >= column) {
      continue;
    }
    column = parent.column;
    const bool continues = !parent.rest.empty() || line.key.empty();
    if (parent.key == "stringData" || (continues && base::names_secret(parent.key))) {
      return true;
    }
  }
  return false;
}

bool in_secret_manifest(const Source& source, int number) {
  for (int above = number - 1; above >= std::max(1, number - k_manifest_lines); --above) {
    const std::string_view text = base::trim(source.line(above));
    if (text == "---") {
      return false;
    }
    if (text == "kind: Secret" || text == "- kind: Secret") {
      return true;
    }
  }
  return false;
}

// The value of an environment variable whose name stands in a line of the same item.
bool is_secret_variable(const Source& source, int number, const Line& line) {
  if (line.key != "value") {
    return false;
  }
  for (const int step : {-1, 1}) {
    for (int i = 1; i <= k_item_lines; ++i) {
      const Line other = read_line(source.line(number + i * step));
      if (other.key == "name" && other.column == line.column) {
        if (base::names_secret(unquoted(other.rest))) {
          return true;
        }
        break;
      }
    }
  }
  return false;
}

// `{name: DB_PASSWORD, value: x}` in one line.
bool has_secret_variable(std::string_view text) {
  const auto name = text.find("name:");
  if (name == std::string_view::npos || !base::contains(text, "value")) {
    return false;
  }
  const std::string_view word = base::trim(text.substr(name + 5));
  return base::names_secret(unquoted(word.substr(0, word.find_first_of(",} "))));
}

// What follows `existingSecret:`, also inside {…}, when it is no map: charts before 13 take the
// text itself for the secret. Empty when there is none.
std::string_view maybe_plain_secret(std::string_view text) {
  constexpr std::string_view k_key = "existingSecret";
  for (std::size_t at = text.find(k_key); at != std::string_view::npos;
       at = text.find(k_key, at + 1)) {
    std::string_view rest = text.substr(at + k_key.size());
    if (rest.starts_with('"') || rest.starts_with('\'')) {
      rest.remove_prefix(1);
    }
    if (!rest.starts_with(':')) {
      continue;  // existingSecretKey
    }
    rest = base::trim(rest.substr(1));
    if (!rest.empty() && !rest.starts_with('{')) {
      return rest;
    }
  }
  return {};
}

// `- --password` above `- x`.
bool follows_secret_flag(const Source& source, int number) {
  const std::string_view text = base::trim(source.line(number));
  const std::string_view above = base::trim(source.line(number - 1));
  return text.starts_with("- ") && above.starts_with("- ") &&
         unquoted(above.substr(2)).starts_with('-') &&
         base::names_secret(unquoted(above.substr(2)));
}

}  // namespace

std::string redacted_line(const Source& source, int number) {
  const std::string_view text = source.line(number);
  const Line line = read_line(text);
  const auto hidden_from = [&](std::string_view part) {
    const auto kept = static_cast<std::size_t>(part.data() - text.data());
    return std::string(text.substr(0, kept)) + std::string(base::k_hidden);
  };
  if (line.blank && line.rest.empty()) {
    return std::string(text);
  }
  if (below_secret(source, number, line) || in_secret_manifest(source, number) ||
      follows_secret_flag(source, number)) {
    return std::string(line.column, ' ') + std::string(base::k_hidden);
  }
  if (const std::string_view plain = maybe_plain_secret(text); !plain.empty()) {
    return hidden_from(plain);
  }
  if (!line.rest.empty() && is_secret_variable(source, number, line)) {
    return hidden_from(line.rest);
  }
  if (has_secret_variable(text)) {
    return hidden_from(text.substr(text.find("name:")));
  }
  return base::hide_secrets(text);
}

}  // namespace text
