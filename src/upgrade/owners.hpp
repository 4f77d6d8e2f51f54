// Whether somebody else keeps the release's objects in step: Flux or Argo CD.
#pragma once

#include "text/diagnostic.hpp"
#include "upgrade/objects.hpp"

#include <string>

namespace upgrade {

// One finding per owner, from labels and annotations of live objects and of the release's manifest.
text::Sink check_owners(const Objects& before, const Objects& live, const std::string& release);

}  // namespace upgrade
