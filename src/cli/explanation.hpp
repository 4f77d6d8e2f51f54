// What the catalogue says about a rule, a key or an environment variable, as text.
#pragma once

#include "rules/catalogue.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace cli {

// All rules by area, an id and its reason each.
std::string list_rules(const rules::Catalogue& catalogue);

// Where the key or variable goes or what the rule does, why, since when, and the source of the
// fact. Nothing when the catalogue and the charts do not know the word.
std::optional<std::string> explain(const rules::Catalogue& catalogue, const std::string& word);

// The rule's id, variable or key of 8.7 that was most likely meant, or "".
std::string_view nearest(const rules::Catalogue& catalogue, std::string_view word);

}  // namespace cli
