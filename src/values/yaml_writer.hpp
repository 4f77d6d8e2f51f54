// Values as YAML that people like to read and that both Helms read back as exactly these values:
// strings are plain where YAML 1.1 leaves them strings, quoted otherwise, and literal blocks when
// they have several lines.
#pragma once

#include "values/value.hpp"

#include <string>

namespace values {

// A block mapping (or sequence) in the order of the entries, two spaces a level, final newline.
// An empty map at the top is "{}". Kind::integer is written as its digits, but Helm reads every
// number of a file as float64: see helm::hand_values for those that must stay integers.
std::string to_yaml(const Value& value);

// One scalar or key as it stands in a line: plain or quoted.
std::string yaml_scalar(const Value& value);
std::string yaml_key(const std::string& key);

}  // namespace values
