// The flags that a command line may have: those of both Helms and c8upgrade's own. The table is
// catalogue/helm-flags.tsv, checked and compiled by the build.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace helm {

// How a flag takes a value, as pflag does.
enum class Takes {
  nothing,   // a switch: "--flag", or "--flag=false"
  value,     // "--flag VALUE" or "--flag=VALUE"
  optional,  // "--flag" or "--flag=VALUE"; a following word is no value
};

enum class FlagGroup {
  other,
  values,    // -f and the --set family
  reuse,     // --reuse-values and its like
  chart,     // says where the chart comes from
  stripped,  // Helm's dispatcher takes it from a plugin's words and sets an environment variable
  global,    // of every Helm command as well, but left in a plugin's words
  klog,      // hidden flags of Helm's logging library
  own,       // c8upgrade's
};

// The commands that know a flag, as bits of Flag::known.
inline constexpr std::uint8_t k_upgrade3 = 1;
inline constexpr std::uint8_t k_template3 = 2;
inline constexpr std::uint8_t k_upgrade4 = 4;
inline constexpr std::uint8_t k_template4 = 8;

struct Flag {
  std::string_view name;  // without dashes
  char shorthand;         // 0: none
  Takes takes;
  std::string_view type;  // of pflag's types, or the words it may be: "on|off|auto"
  std::uint8_t known;     // 0 for our own
  bool hidden;            // listed by no Helm that knows it
  FlagGroup group;
  std::string_view environment;  // the variable that means the same to a Helm call, or ""
};

// Sorted by name. A name stands there twice only when two commands give it another meaning.
std::span<const Flag> flag_table();

}  // namespace helm
