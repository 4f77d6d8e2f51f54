// A values file with new values in it, proven by reading it again.
#pragma once

#include "convert/weave.hpp"
#include "rules/plan.hpp"
#include "text/source.hpp"
#include "values/path.hpp"
#include "values/value.hpp"
#include "yaml/spans.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convert {

struct Rewriting {
  std::string text;
  // Settings that are gone and whose comments stay beside the place.
  std::vector<values::Path> orphans;
};

// The file with `after` instead of `before`, which is what values::read_yaml reads from it. Bytes
// that nobody had to touch stay: comments, order, quoting, line ends, a byte order mark, a missing
// final line break. `fates` say what went where, `layer` which of their sources the file is.
// `parsed` is what values::parse_yaml gives for the file, where somebody has it. Annotations are
// added where something changes at all. Throws base::InternalError when what was written does not
// read as `after`.
Rewriting rewrite(const text::Source& file, const values::Value& before, const values::Value& after,
                  const std::vector<rules::Fate>& fates, int layer = 0,
                  const Annotations& annotations = {},
                  std::optional<yaml::Tree> parsed = std::nullopt);

}  // namespace convert
