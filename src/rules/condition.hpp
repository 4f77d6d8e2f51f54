// The small language of `when:` in the catalogue: conditions joined by " && ", each one of
//   path            effective value of 8.7 is truthy
//   !path           it is not
//   path == "text"  its plain text is this (quotes optional); != likewise
//   set path        the user wrote it
//   unset path      the user did not
//   new:path        the same forms, looked up in the new values (user's 8.8 keys, what was moved)
#pragma once

#include <string_view>

namespace rules {

class Translation;

// Throws base::InternalError for a condition it cannot read.
bool holds(const Translation&, std::string_view when);

}  // namespace rules
