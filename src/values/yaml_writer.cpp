#include "values/yaml_writer.hpp"

#include "base/failure.hpp"
#include "values/number.hpp"
#include "yaml/quote.hpp"

#include <cmath>
namespace values {
namespace {

// YAML readers look at most 1024 characters ahead for the colon of a key.
constexpr std::size_t k_longest_simple_key = 1000;

// A literal block shows the text as it is. Text that starts with white space would need an
// indentation indicator, which readers disagree about; it is quoted.
bool fits_literal_block(std::string_view text) {
  return text.find('\n') != std::string_view::npos && text.front() != ' ' && text.front() != '\t' &&
         text.front() != '\n' && yaml::is_printable(text, "\n\t");
}

std::string number_text(double number) {
  if (!std::isfinite(number)) {
    throw base::InternalError("an infinite number in the values");
  }
  // Helm reads -0 as the integer 0.
  return number == 0 && std::signbit(number) ? "-0.0" : json_number(number);
}

class Writer {
 public:
  explicit Writer(YamlStyle style) : m_style(style) {}

  std::string take() { return std::move(m_out); }

  void write_map(const Value& map, std::size_t column) {
    bool first = true;
    for (const auto& [key, value] : map.entries()) {
      // The first entry of a map in a list stands behind the list's dash.
      if (!first || m_at_line_start) {
        indent(column);
      }
      first = false;
      const std::string written = yaml_key(key);
      if (written.size() > k_longest_simple_key) {
        m_out += "? " + written + "\n";
        indent(column);
        m_out += ':';
      } else {
        m_out += written + ":";
      }
      m_at_line_start = false;
      write_below(value, column);
    }
  }

  void write_list(const Value& list, std::size_t column) {
    bool first = true;
    for (const Value& item : list.items()) {
      if (!first || m_at_line_start) {
        indent(column);
      }
      first = false;
      m_out += '-';
      m_at_line_start = false;
      if (item.is_map() && !item.is_leaf()) {
        m_out += ' ';
        write_map(item, column + k_behind_dash);
      } else if (item.is_list() && !item.is_leaf()) {
        m_out += ' ';
        write_list(item, column + k_behind_dash);
      } else {
        write_scalar(item, column);
      }
    }
  }

  void write_scalar(const Value& value, std::size_t column) {
    if (value.is_text() && fits_literal_block(value.as_text())) {
      write_block(value.as_text(), column + m_style.step);
    } else {
      m_out += ' ' + yaml_scalar(value);
    }
    end_line();
  }

 private:
  // What follows the colon of a key at `column`.
  void write_below(const Value& value, std::size_t column) {
    if (value.is_leaf()) {
      write_scalar(value, column);
      return;
    }
    end_line();
    if (value.is_map()) {
      write_map(value, column + m_style.step);
    } else {
      write_list(value, column + m_style.sequence_step);
    }
  }

  void write_block(std::string_view text, std::size_t column) {
    const bool ends_line = text.ends_with('\n');
    const bool ends_blank = text.ends_with("\n\n");
    m_out += ends_blank ? " |+" : ends_line ? " |" : " |-";
    if (ends_line) {
      text.remove_suffix(1);
    }
    for (;;) {
      const auto end = text.find('\n');
      const std::string_view line = text.substr(0, end);
      m_out += '\n';
      if (!line.empty()) {
        m_out.append(column, ' ').append(line);
      }
      if (end == std::string_view::npos) {
        return;
      }
      text.remove_prefix(end + 1);
    }
  }

  void indent(std::size_t column) { m_out.append(column, ' '); }
  void end_line() {
    m_out += '\n';
    m_at_line_start = true;
  }

  static constexpr std::size_t k_behind_dash = 2;

  YamlStyle m_style;
  std::string m_out;
  bool m_at_line_start = true;
};

}  // namespace

std::string to_yaml(const Value& value, YamlStyle style) {
  if (value.is_leaf()) {
    return yaml_scalar(value) + "\n";
  }
  Writer writer(style);
  if (value.is_map()) {
    writer.write_map(value, 0);
  } else {
    writer.write_list(value, 0);
  }
  return writer.take();
}

std::string yaml_scalar(const Value& value) {
  switch (value.kind()) {
    case Kind::null:
      return "null";
    case Kind::number:
      return number_text(value.as_number());
    case Kind::text:
      return yaml::inline_text(value.as_text());
    case Kind::list:
      return "[]";
    case Kind::map:
      return "{}";
    default:
      return value.plain();
  }
}

std::string yaml_key(const std::string& key) {
  return yaml::inline_text(key);
}

}  // namespace values
