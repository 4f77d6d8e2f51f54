// Random values of 8.7, and random ways to write values as a file.
#pragma once

#include "rules/catalogue.hpp"
#include "values/value.hpp"
#include "values/yaml_writer.hpp"
#include "yaml/quote.hpp"

#include <cstddef>
#include <random>
#include <string>

namespace property {

class Random {
 public:
  explicit Random(unsigned seed) : m_random(seed) {}
  std::size_t pick(std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(m_random);
  }
  bool one_in(std::size_t n) { return pick(n) == 0; }

 private:
  std::mt19937 m_random;
};

class RandomValues {
 public:
  explicit RandomValues(unsigned seed) : m_random(seed) {}

  values::Value file() {
    using values::Value;
    const auto keys = rules::catalogue_8_7_to_8_8().old_keys;
    Value out = Value::map();
    const std::size_t count = 1 + m_random.pick(60);
    for (std::size_t i = 0; i < count; ++i) {
      const values::Path path(keys[m_random.pick(keys.size())].path);
      if (free_at(out, path)) {
        values::reach(out, path) = value(path);
      }
    }
    values::set_origin(out, {0, 1, 1});
    return out;
  }

 private:
  // Nothing scalar on the way: a map there is what a person would have written.
  static bool free_at(const values::Value& root, const values::Path& path) {
    for (std::size_t n = 1; n < path.size(); ++n) {
      const values::Value* above = values::find(root, path.first(n));
      if (above != nullptr && !above->is_map()) {
        return false;
      }
    }
    return true;
  }

  // Mostly what the chart has there, else anything at all.
  values::Value value(const values::Path& path) {
    using values::Value;
    const Value there = rules::catalogue_8_7_to_8_8().old_default(path);
    switch (m_random.pick(8)) {
      case 0:
        return {};
      case 1:
        return Value::text("text-" + std::to_string(m_random.pick(10)));
      case 2:
        return Value::number(static_cast<double>(m_random.pick(5000)));
      case 3:
        return Value::boolean(m_random.pick(2) == 0);
      case 4:
        return Value::map({{"name", Value::text("n")}, {"key", Value::text("k")}});
      case 5:
        return Value::list(
            {Value::map({{"name", Value::text("NAME_" + std::to_string(m_random.pick(5)))},
                         {"value", Value::text("v")}})});
      default:
        return there;
    }
  }

  Random m_random;
};

// Writes values with comments, blank lines, quotes, flow collections and indentation as they come.
class RandomFile {
 public:
  explicit RandomFile(unsigned seed) : m_random(seed) {
    m_step = 2 + m_random.pick(3);
    m_sequence_step = m_random.one_in(2) ? 0 : m_step;
    m_talkative = m_random.pick(4);
  }

  std::string write(const values::Value& values) {
    m_out.clear();
    if (m_random.one_in(4)) {
      m_out += "---\n";
    }
    talk(0);
    if (values.is_leaf()) {
      m_out += "{}\n";
    } else {
      write_map(values, 0, false);
    }
    if (m_random.one_in(4)) {
      m_out += "\n";
      talk(0);
    }
    finish();
    return m_out;
  }

  // Every comment that was written has a number of its own: "# 17 …".
  std::size_t comments() const { return m_comments; }

 private:
  void finish() {
    if (m_random.one_in(4)) {
      std::string crlf;
      for (const char c : m_out) {
        crlf += c == '\n' ? "\r\n" : std::string(1, c);
      }
      m_out = crlf;
    }
    if (m_random.one_in(8) && !m_out.ends_with("\n\n") && !m_out.ends_with("\r\n\r\n")) {
      m_out.erase(m_out.find_last_not_of("\r\n") + 1);
    }
    if (m_random.one_in(8)) {
      m_out = "\xEF\xBB\xBF" + m_out;
    }
  }

  std::string comment() { return "# " + std::to_string(++m_comments) + " words: [of, nobody"; }

  void talk(std::size_t column) {
    while (m_talkative > 0 && m_random.one_in(6)) {
      m_out += m_random.one_in(4) ? "\n" : std::string(column, ' ') + comment() + "\n";
    }
  }

  void end_line() {
    if (m_talkative > 1 && m_random.one_in(6)) {
      m_out += (m_random.one_in(2) ? " " : "   ") + comment();
    }
    m_out += "\n";
  }

  std::string key(const std::string& text) {
    return m_random.one_in(12) ? "\"" + text + "\"" : values::yaml_key(text);
  }

  std::string scalar(const values::Value& value) {
    if (value.is_text() && yaml::is_printable(value.as_text(), "") &&
        value.as_text().find_first_of("'\"\\") == std::string::npos) {
      switch (m_random.pick(4)) {
        case 0:
          return "'" + value.as_text() + "'";
        case 1:
          return "\"" + value.as_text() + "\"";
        default:
          break;
      }
    }
    if (value.is_null() && m_random.one_in(2)) {
      return "~";
    }
    return values::yaml_scalar(value);
  }

  std::string flow(const values::Value& value) {
    std::string out;
    if (value.is_map()) {
      for (const auto& [name, child] : value.entries()) {
        out += (out.empty() ? "" : ", ") + std::string("\"") + name + "\": " + flow(child);
      }
      return "{" + out + "}";
    }
    if (value.is_list()) {
      for (const values::Value& item : value.items()) {
        out += (out.empty() ? "" : ", ") + flow(item);
      }
      return "[" + out + "]";
    }
    return value.is_text() ? "\"" + value.as_text() + "\"" : values::yaml_scalar(value);
  }

  static bool fits_flow(const values::Value& value) {
    bool fits = true;
    values::for_each_leaf(value, [&](const values::Path& path, const values::Value& leaf) {
      for (const values::Step& step : path.steps()) {
        fits = fits && step.key.find_first_of("\"\\") == std::string::npos;
      }
      fits =
          fits && (!leaf.is_text() || (yaml::is_printable(leaf.as_text(), "") &&
                                       leaf.as_text().find_first_of("\"\\") == std::string::npos));
    });
    return fits;
  }

  void write_map(const values::Value& map, std::size_t column, bool in_line) {
    for (const auto& [name, value] : map.entries()) {
      if (!in_line) {
        talk(column);
        m_out.append(column, ' ');
      }
      in_line = false;
      m_out += key(name) + ":";
      write_value(value, column);
    }
    if (m_talkative > 2 && m_random.one_in(6)) {
      m_out += std::string(column, ' ') + comment() + "\n";
    }
  }

  void write_value(const values::Value& value, std::size_t column) {
    if (!value.is_leaf() && m_random.one_in(8) && fits_flow(value)) {
      m_out += " " + flow(value);
      end_line();
    } else if (value.is_map() && !value.is_leaf()) {
      end_line();
      write_map(value, column + m_step, false);
    } else if (value.is_list() && !value.is_leaf()) {
      end_line();
      write_list(value, column + m_sequence_step);
    } else if (value.is_text() && value.as_text().find('\n') != std::string::npos) {
      write_text(value, column);
    } else {
      m_out += " " + scalar(value);
      end_line();
    }
  }

  void write_text(const values::Value& value, std::size_t column) {
    const std::string block = values::to_yaml(values::Value::map({{"k", value}}), {m_step, 2});
    const std::string lines = block.substr(2);
    for (std::size_t at = 0; at < lines.size();) {
      const std::size_t end = lines.find('\n', at) + 1;
      if (at > 0 && end > at + 1) {
        m_out.append(column, ' ');
      }
      m_out.append(lines, at, end - at);
      at = end;
    }
  }

  void write_list(const values::Value& list, std::size_t column) {
    for (const values::Value& item : list.items()) {
      talk(column);
      m_out += std::string(column, ' ') + "-";
      if (item.is_map() && !item.is_leaf() && m_random.one_in(8)) {
        end_line();
        write_map(item, column + 2, false);
      } else if (item.is_map() && !item.is_leaf() && !m_random.one_in(6)) {
        m_out += " ";
        write_map(item, column + 2, true);
      } else {
        write_value(item, column);
      }
    }
  }

  Random m_random;
  std::size_t m_step = 2;
  std::size_t m_sequence_step = 2;
  std::size_t m_talkative = 0;
  std::size_t m_comments = 0;
  std::string m_out;
};

}  // namespace property
