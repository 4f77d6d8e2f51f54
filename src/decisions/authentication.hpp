// Who may log in and call, and how: method, clients, audiences, redirect addresses, roles.
#pragma once

namespace rules {
class Translation;
}

namespace decisions {

void decide_authentication(rules::Translation&);

}  // namespace decisions
