// One tree of Helm values. A number from a file is a float64 and one from --set an int64 in Helm
// (a template prints 1e+06 for the first and 1000000 for the second), so both kinds are kept apart.
// Maps keep the order of insertion; keys are unique.
#pragma once

#include "values/path.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace values {

enum class Kind { null, boolean, integer, number, text, list, map };

// Which source a value came from (index into the run's list of sources, in Helm's order of merging:
// a higher one wins) and where in it. -1: no source of the user's, c8upgrade wrote it.
struct Origin {
  int source = -1;
  int line = 0;
  int column = 0;

  friend bool operator==(const Origin&, const Origin&) = default;
};

class Value {
 public:
  using Entry = std::pair<std::string, Value>;

  Value() = default;  // null
  static Value boolean(bool);
  static Value integer(std::int64_t);
  static Value number(double);
  static Value text(std::string);
  static Value list(std::vector<Value> = {});
  static Value map(std::vector<Entry> = {});

  Kind kind() const { return m_kind; }
  bool is_null() const { return m_kind == Kind::null; }
  bool is_map() const { return m_kind == Kind::map; }
  bool is_list() const { return m_kind == Kind::list; }
  bool is_text() const { return m_kind == Kind::text; }
  bool is_number() const { return m_kind == Kind::integer || m_kind == Kind::number; }
  bool is_leaf() const;  // a scalar, or an empty map or list

  bool as_boolean() const { return m_boolean; }
  std::int64_t as_integer() const { return m_integer; }
  double as_number() const;
  const std::string& as_text() const { return m_text; }

  // What a template calls true: not null, false, 0, "" or empty (Go text/template).
  bool truthy() const;
  // A scalar as a template prints it with `toString`, except that large floats are written out
  // (1000000, not 1e+06): 3 -> "3", true -> "true", null -> "". Lists and maps give "".
  std::string plain() const;

  std::vector<Value>& items() { return m_items; }
  const std::vector<Value>& items() const { return m_items; }
  std::vector<Entry>& entries() { return m_entries; }
  const std::vector<Entry>& entries() const { return m_entries; }

  const Value* find(std::string_view key) const;  // in a map; nullptr when absent or no map
  Value* find(std::string_view key);
  Value& operator[](std::string_view key);  // makes this a map and the entry when missing
  bool erase(std::string_view key);

  // Equality ignores origins, the order of map entries, and int64 against float64 of one number.
  friend bool operator==(const Value&, const Value&);

  Origin origin;

 private:
  Kind m_kind = Kind::null;
  bool m_boolean = false;
  std::int64_t m_integer = 0;
  double m_number = 0;
  std::string m_text;
  std::vector<Value> m_items;
  std::vector<Entry> m_entries;
};

const Value* find(const Value& root, const Path&);
Value* find(Value& root, const Path&);
// Makes what is missing on the way: maps for keys, lists padded with null for indexes. A scalar in
// the way is replaced.
Value& reach(Value& root, const Path&);
// Removes the value and every map that becomes empty by it (never a map that was empty before).
bool erase(Value& root, const Path&);

// Visits scalars and empty maps and lists, depth first, in order.
void for_each_leaf(const Value& root, const std::function<void(const Path&, const Value&)>&);
// Gives every node of a tree without an origin this one.
void set_origin(Value& root, Origin);

}  // namespace values
