// Each form in which 8.7 took a secret ends as what it was.
#pragma once

namespace rules {
class Translation;
}

namespace decisions {

void decide_secret_forms(rules::Translation&);

}  // namespace decisions
