// References to values inside templates: {{ .Values.zeebe.clusterSize }}.
#pragma once

#include "values/path.hpp"

#include <optional>
#include <string>

namespace rules {
class Translation;
}

namespace decisions {

// The text with every reference to a key that 8.8 does not have put right: it names the key's new
// place where the same value stands there, else the value itself. What can be done neither way is
// told. Nothing when the text stays as it is.
std::optional<std::string> with_new_references(rules::Translation&, const values::Path& at,
                                               const std::string& text);

}  // namespace decisions
