// Settings that are fine one by one and do not go together. Judged on the finished translation, of
// values in the new structure as well; changes nothing.
#pragma once

namespace rules {
class Translation;
}

namespace decisions {

void check_agreement(rules::Translation&);

}  // namespace decisions
