// What stands after --set and its like, as Helm's strvals reads it: where it writes, and which
// piece of the text is the value. What the value becomes is Helm's business.
#pragma once

#include "helm/command_line.hpp"
#include "values/path.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helm {

// A value within the text. `decoded` is without the backslashes that escape.
struct SetPiece {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string decoded;
};

struct SetPart {
  values::Path path;
  std::vector<SetPiece> pieces;  // several for "{a,b}"
};

// "a.b=1,c[0]={x,y}" has two parts. Text that Helm refuses gives the parts before the mistake. The
// object form of --set-json ({"a": 1}) has one part with an empty path.
std::vector<SetPart> read_set(ValueKind kind, std::string_view text);

// "--set zeebe.clusterSize": the flag and the keys it sets, never a value.
std::string set_name(ValueKind kind, std::string_view text);
// "--set", "-f", …
std::string_view flag_of(ValueKind kind);

// A path as --set must spell it. Nothing for one that strvals cannot write: an empty key, an index
// first, more than 30 levels, an index above 65536.
std::optional<std::string> set_path(const values::Path& path);

}  // namespace helm
