// All decisions by name, in the order in which they run. Called from the catalogue (`through:`).
#pragma once

#include "rules/engine.hpp"

#include <span>

namespace decisions {

std::span<const rules::Decision> all();

}  // namespace decisions
