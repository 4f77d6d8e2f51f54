#include "values/json.hpp"

#include "base/failure.hpp"
#include "values/map_builder.hpp"
#include "values/number.hpp"
#include "yaml/quote.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace values {
namespace {

using Json = nlohmann::ordered_json;

// Builds the tree from the parser's events: nlohmann's own tree would be a second copy of it.
class Reader : public nlohmann::json_sax<Json> {
 public:
  Reader(std::string_view text, Numbers numbers) : m_text(text), m_numbers(numbers) {}

  bool null() override { return add(Value()); }
  bool boolean(bool value) override { return add(Value::boolean(value)); }
  bool number_integer(number_integer_t value) override { return add_integer(value); }
  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<number_unsigned_t>(INT64_MAX)) {
      return add(Value::number(static_cast<double>(value)));
    }
    return add_integer(static_cast<std::int64_t>(value));
  }
  bool number_float(number_float_t value, const string_t&) override {
    return add(Value::number(value));
  }
  bool string(string_t& value) override { return add(Value::text(std::move(value))); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(true); }
  bool start_array(std::size_t) override { return open(false); }
  bool key(string_t& value) override {
    m_open.back().key = std::move(value);
    return true;
  }
  bool end_array() override {
    Value list = Value::list(std::move(m_open.back().items));
    m_open.pop_back();
    return add(std::move(list));
  }
  bool end_object() override {
    Value map = m_open.back().entries.take();
    m_open.pop_back();
    if (m_numbers == Numbers::marked && map.entries().size() == 1 &&
        map.entries()[0].first == "$i" && map.entries()[0].second.is_number()) {
      const Value& marked = map.entries()[0].second;
      map = Value::integer(marked.kind() == Kind::integer
                               ? marked.as_integer()
                               : static_cast<std::int64_t>(marked.as_number()));
    }
    return add(std::move(map));
  }
  // The library's own words quote what it read last, which may be a secret.
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    const auto before = m_text.substr(0, position == 0 ? 0 : position - 1);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const auto line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    throw base::Failure(
        fmt::format("not valid JSON at line {}, column {}", line, before.size() - line_start + 1));
  }

  Value take() { return std::move(m_root); }

 private:
  struct Open {
    bool is_map;
    std::string key;
    MapBuilder entries;
    std::vector<Value> items;
  };

  bool add_integer(std::int64_t value) {
    // Within a mark the integer must stay exact; end_object() makes the mark's value of it.
    const bool in_mark = m_numbers == Numbers::marked && !m_open.empty() && m_open.back().is_map &&
                         m_open.back().key == "$i";
    return add(in_mark ? Value::integer(value) : Value::number(static_cast<double>(value)));
  }

  bool add(Value value) {
    if (m_open.empty()) {
      m_root = std::move(value);
    } else if (m_open.back().is_map) {
      m_open.back().entries.set(m_open.back().key, std::move(value));
    } else {
      m_open.back().items.push_back(std::move(value));
    }
    return true;
  }

  bool open(bool is_map) {
    if (m_open.size() >= static_cast<std::size_t>(k_max_depth)) {
      throw base::Failure(fmt::format("JSON is nested more than {} levels deep", k_max_depth));
    }
    m_open.push_back({is_map, {}, {}, {}});
    return true;
  }

  std::string_view m_text;
  Numbers m_numbers;
  Value m_root;
  std::vector<Open> m_open;
};

class Writer {
 public:
  Writer(std::string& out, int indent) : m_out(out), m_indent(static_cast<std::size_t>(indent)) {}

  void write(const Value& value, std::size_t level) {
    switch (value.kind()) {
      case Kind::null:
        m_out += "null";
        return;
      case Kind::number:
        m_out += json_number(value.as_number());
        return;
      case Kind::boolean:
      case Kind::integer:
        m_out += value.plain();
        return;
      case Kind::text:
        m_out += yaml::double_quoted(value.as_text());
        return;
      case Kind::list:
        write_list(value, level);
        return;
      case Kind::map:
        write_map(value, level);
        return;
    }
  }

 private:
  void write_list(const Value& list, std::size_t level) {
    m_out += '[';
    for (const Value& item : list.items()) {
      separate(&item == list.items().data(), level + 1);
      write(item, level + 1);
    }
    finish(list.items().empty(), level, ']');
  }

  void write_map(const Value& map, std::size_t level) {
    m_out += '{';
    for (const Value::Entry& entry : map.entries()) {
      separate(&entry == map.entries().data(), level + 1);
      m_out += yaml::double_quoted(entry.first);
      m_out += m_indent == 0 ? ":" : ": ";
      write(entry.second, level + 1);
    }
    finish(map.entries().empty(), level, '}');
  }

  void separate(bool first, std::size_t level) {
    if (!first) {
      m_out += ',';
    }
    line(level);
  }

  void finish(bool empty, std::size_t level, char bracket) {
    if (!empty) {
      line(level);
    }
    m_out += bracket;
  }

  void line(std::size_t level) {
    if (m_indent != 0) {
      m_out += '\n';
      m_out.append(level * m_indent, ' ');
    }
  }

  std::string& m_out;
  std::size_t m_indent;
};

}  // namespace

Value from_json(std::string_view text, Numbers numbers) {
  Reader reader(text, numbers);
  Json::sax_parse(text.begin(), text.end(), &reader);
  return reader.take();
}

std::string to_json(const Value& value, int indent) {
  std::string out;
  Writer(out, indent).write(value, 0);
  return out;
}

}  // namespace values
