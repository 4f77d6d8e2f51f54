// Passwords that stand in values as text: taken out for a Secret that the values name instead.
#pragma once

#include "rules/plan.hpp"
#include "values/path.hpp"
#include "values/value.hpp"

#include <map>
#include <string>
#include <vector>

namespace decisions {

struct Extraction {
  values::Value values;                     // with the Secret's name in place of texts
  std::vector<rules::Fate> fates;           // of every leaf
  std::map<std::string, std::string> data;  // of the Secret: by key, in plain text
  struct Taken {
    values::Path path;
    std::string key;
  };
  std::vector<Taken> taken;
  struct Left {
    values::Path path;
    std::string reason;
  };
  std::vector<Left> left;  // texts that stay
};

// `under` is the path of Camunda's block in the values, empty for all; `old_structure` says that
// they are 8.7's.
Extraction extract_secrets(const values::Value& values, const values::Path& under,
                           bool old_structure, const std::string& secret);

}  // namespace decisions
