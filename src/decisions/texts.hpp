// Changes to texts wherever they stand: in the new values, and in what the plain rules of the
// catalogue have yet to take.
#pragma once

#include "values/path.hpp"

#include <functional>
#include <optional>
#include <string>

namespace rules {
class Translation;
}

namespace decisions {

// Gets the place in the new values and the text; returns the new text, or nothing to leave it.
using Rewrite =
    std::function<std::optional<std::string>(const values::Path& at, const std::string& text)>;

void rewrite_texts(rules::Translation&, const Rewrite&);

// The name of the environment variable whose value stands at `at`, or "".
std::string variable_at(const rules::Translation&, const values::Path& at);

}  // namespace decisions
