#include "helm/set_words.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace helm {
namespace {

constexpr std::size_t k_max_index = 65536;
constexpr std::size_t k_max_levels = 30;

class SetReader {
 public:
  SetReader(ValueKind kind, std::string_view text) : m_kind(kind), m_text(text) {}

  std::vector<SetPart> read() {
    while (m_at < m_text.size() && read_part()) {
    }
    return std::move(m_parts);
  }

 private:
  // Up to one of `stops`, which is consumed and returned; 0 at the end of the text.
  char until(std::string_view stops, std::string& out) {
    while (m_at < m_text.size()) {
      const char c = m_text[m_at++];
      if (stops.find(c) != std::string_view::npos) {
        return c;
      }
      if (c == '\\' && m_kind != ValueKind::set_literal) {
        if (m_at < m_text.size()) {
          out += m_text[m_at++];
        }
        continue;
      }
      out += c;
    }
    return 0;
  }

  bool read_part() {
    SetPart part;
    std::string key;
    char stop = until(m_kind == ValueKind::set_literal ? "=[." : "=[,.", key);
    part.path = part.path.key(key);
    for (;;) {
      if (stop == '[') {
        std::string index;
        if (until("]", index) == 0 || !add_index(index, part.path)) {
          return false;
        }
        key.clear();
        stop = until("[.=", key);
        if (!key.empty()) {
          return false;
        }
      } else if (stop == '.') {
        key.clear();
        stop = until(m_kind == ValueKind::set_literal ? "=[." : "=[,.", key);
        part.path = part.path.key(key);
      } else {
        break;
      }
    }
    if (stop != '=') {
      return false;  // a key without a value
    }
    read_value(part);
    m_parts.push_back(std::move(part));
    return true;
  }

  static bool add_index(const std::string& text, values::Path& path) {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
    if (error != std::errc() || end != text.data() + text.size() || index > k_max_index) {
      return false;
    }
    path = path.at(index);
    return true;
  }

  void read_value(SetPart& part) {
    if (m_kind == ValueKind::set_literal) {
      part.pieces.push_back({m_at, m_text.size(), std::string(m_text.substr(m_at))});
      m_at = m_text.size();
    } else if (m_kind == ValueKind::set_json) {
      const std::size_t begin = m_at;
      skip_json();
      part.pieces.push_back({begin, m_at, std::string(m_text.substr(begin, m_at - begin))});
      skip_to_next();
    } else if (m_at < m_text.size() && m_text[m_at] == '{') {
      ++m_at;
      while (read_piece(",}", part) == ',') {
      }
      if (m_at < m_text.size() && m_text[m_at] == ',') {
        ++m_at;
      }
    } else {
      read_piece(",", part);
    }
  }

  char read_piece(std::string_view stops, SetPart& part) {
    SetPiece piece;
    piece.begin = m_at;
    const char stop = until(stops, piece.decoded);
    piece.end = m_at - (stop == 0 ? 0 : 1);
    part.pieces.push_back(std::move(piece));
    return stop;
  }

  // One JSON value; a malformed one ends somewhere, and Helm says what is wrong with it.
  void skip_json() {
    int depth = 0;
    bool quoted = false;
    for (; m_at < m_text.size(); ++m_at) {
      const char c = m_text[m_at];
      if (quoted) {
        m_at += c == '\\' ? 1 : 0;
        quoted = c != '"';
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' || c == '[') {
        ++depth;
      } else if (c == '}' || c == ']') {
        --depth;
      } else if (c == ',' && depth == 0) {
        break;
      }
    }
    m_at = std::min(m_at, m_text.size());
  }

  void skip_to_next() {
    while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == ',')) {
      ++m_at;
    }
  }

  ValueKind m_kind;
  std::string_view m_text;
  std::size_t m_at = 0;
  std::vector<SetPart> m_parts;
};

bool is_json_object(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin != std::string_view::npos && text[begin] == '{';
}

}  // namespace

std::vector<SetPart> read_set(ValueKind kind, std::string_view text) {
  if (kind == ValueKind::set_json && is_json_object(text)) {
    return {SetPart{{}, {{0, text.size(), std::string(text)}}}};
  }
  return SetReader(kind, text).read();
}

std::string_view flag_of(ValueKind kind) {
  switch (kind) {
    case ValueKind::file:
      break;
    case ValueKind::set:
      return "--set";
    case ValueKind::set_string:
      return "--set-string";
    case ValueKind::set_json:
      return "--set-json";
    case ValueKind::set_file:
      return "--set-file";
    case ValueKind::set_literal:
      return "--set-literal";
  }
  return "-f";
}

std::string set_name(ValueKind kind, std::string_view text) {
  std::string name(flag_of(kind));
  char separator = ' ';
  for (const SetPart& part : read_set(kind, text)) {
    if (!part.path.empty()) {
      name += separator + part.path.text();
      separator = ',';
    }
  }
  return name;
}

std::optional<std::string> set_path(const values::Path& path) {
  if (path.empty() || path.steps().front().is_index() || path.size() > k_max_levels) {
    return std::nullopt;
  }
  std::string text;
  for (const values::Step& step : path.steps()) {
    if (step.is_index()) {
      if (step.index > k_max_index) {
        return std::nullopt;
      }
      text += fmt::format("[{}]", step.index);
      continue;
    }
    if (step.key.empty()) {
      return std::nullopt;
    }
    text += text.empty() ? "" : ".";
    for (const char c : step.key) {
      if (c == '\\' || c == '.' || c == '[' || c == ',' || c == '=') {
        text += '\\';
      }
      text += c;
    }
  }
  return text;
}

}  // namespace helm
