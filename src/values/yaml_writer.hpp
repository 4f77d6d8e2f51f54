// Values as YAML that people like to read and that both Helms read back as exactly these values:
// strings are plain where YAML 1.1 leaves them strings, quoted otherwise, and literal blocks when
// they have several lines.
#pragma once

#include "values/value.hpp"

#include <cstddef>
#include <string>

namespace values {

// How a file is indented.
struct YamlStyle {
  std::size_t step = 2;           // columns that a map is deeper than its key
  std::size_t sequence_step = 2;  // columns that a list's dash is deeper than its key
};

// A block mapping (or sequence) in the order of the entries, by default two spaces a level, final
// newline. An empty map at the top is "{}". Kind::integer is written as its digits, but Helm reads
// every number of a file as float64: see helm::hand_values for those that must stay integers.
std::string to_yaml(const Value& value, YamlStyle style = {});

// One scalar or key as it stands in a line: plain or quoted.
std::string yaml_scalar(const Value& value);
std::string yaml_key(const std::string& key);

}  // namespace values
