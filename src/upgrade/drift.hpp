// Whether what Helm is about to write differs from what stands in the cluster, as the API server
// would see it: it fills in defaults, spells quantities its own way and forgets empty fields.
#pragma once

#include "values/value.hpp"

#include <optional>
#include <string_view>

namespace upgrade {

// Everything that `wanted` says is in `live`; what the server added to `live` does not count.
bool covers(const values::Value& live, const values::Value& wanted);

// Something of `before` that `after` no longer says is still in `live`: Helm would remove it.
bool takes_away(const values::Value& live, const values::Value& before, const values::Value& after);

// Helm's patch of this field would not be empty. `before` is what the last manifest said, or null
// when that is not known.
bool would_change(const values::Value& live, const values::Value* before,
                  const values::Value& after);

// "500m" is 0.5, "1Gi" 1073741824; nothing when it is no quantity.
std::optional<double> quantity(std::string_view text);
// "1000m" and "1", "1Gi" and "1024Mi"
bool same_quantity(std::string_view a, std::string_view b);

}  // namespace upgrade
