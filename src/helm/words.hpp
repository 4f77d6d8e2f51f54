// The grammar of pflag, the library that reads both Helms' command lines: words become occurrences
// of flags and positionals. What a flag means is not known here.
#pragma once

#include "helm/flags.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace helm {

struct Occurrence {
  const Flag* flag = nullptr;
  bool has_value = false;  // a switch or an optional flag may have none
  std::string value;
  // The flag alone in its own words, as written unless it stood in a cluster.
  std::vector<std::string> words;
};

// One word and what it took with it: a positional (then no flags), or one flag or several (a
// cluster).
struct Group {
  std::vector<std::string> words;  // exactly as written
  std::vector<Occurrence> flags;
};

// Both return nullptr for an unknown one.
struct Lookup {
  std::function<const Flag*(std::string_view name)> by_name;
  std::function<const Flag*(char shorthand)> by_shorthand;
};

// "--" itself belongs to no group; every word after it is a positional. Throws base::Failure for
// bad syntax and a missing value; an unknown flag is given to `unknown` as it was written (without
// its value), which must throw.
std::vector<Group> read_words(const std::vector<std::string>& words, const Lookup& lookup,
                              const std::function<void(const std::string& flag)>& unknown);

}  // namespace helm
