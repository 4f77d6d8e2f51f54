// --accept RULE: overrides one finding by its id; nothing overrides all.
#pragma once

#include "text/diagnostic.hpp"

#include <string>
#include <vector>

namespace upgrade {

// Throws base::Failure for an id that the catalogue does not have, with the nearest one.
void require_known_rules(const std::vector<std::string>& accepted);

// Errors of these rules become warnings that say so.
void accept(text::Sink&, const std::vector<std::string>& accepted);

// Throws base::Failure (exit 3) when errors are left. Nothing has been changed then.
void stop_at_errors(const text::Sink&);

}  // namespace upgrade
