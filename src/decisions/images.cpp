#include "decisions/images.hpp"

#include "rules/translation.hpp"

namespace decisions {

void decide_images(rules::Translation&) {}

}  // namespace decisions
