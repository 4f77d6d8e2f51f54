// The new values written with the old file's lines: what nobody had to touch stays byte for byte,
// what moved takes its comments and its own formatting along, what is new is written in the file's
// style.
#pragma once

#include "convert/outline.hpp"
#include "convert/pairing.hpp"
#include "values/path.hpp"
#include "yaml/layout.hpp"

#include <map>
#include <string>
#include <vector>

namespace convert {

// How much of the file's own text may be used. The coarser ones are for files in which text means
// something else at another place (anchors and aliases).
enum class Grain {
  fine,      // every line that fits
  no_alias,  // nothing that holds an alias or a merge key
};

// Comment lines by the line of `before` (as its origins count) that they are about.
using Annotations = std::multimap<int, std::string>;

struct Weaving {
  std::string text;  // the whole file
  // Comments about settings that are gone; they stay beside the place.
  std::vector<values::Path> orphans;
};

// `root` is the mapping in `file` that holds the values, `before` what it holds. Throws
// yaml::EditError when that is no block mapping that can be edited. Edits of `file` are made.
Weaving weave(yaml::Fragment& file, yaml::NodeId root, const Outline& before, const Outline& after,
              const Pairing& pairing, const Annotations& annotations = {},
              Grain grain = Grain::fine);

}  // namespace convert
