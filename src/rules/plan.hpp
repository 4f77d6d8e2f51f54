// What a translation came to: the new values, the fate of every leaf, what was pinned, what has to
// be told. Plain data; DESIGN "The report" gives its JSON form.
#pragma once

#include "text/diagnostic.hpp"
#include "values/value.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rules {

enum class FateKind { kept, moved, merged, converted, dropped, asked };
std::string_view name(FateKind);

struct Fate {
  values::Path path;  // as the user wrote it
  values::Origin origin;
  FateKind kind = FateKind::kept;
  std::vector<values::Path> to;  // empty for dropped and asked
  std::string rule;
};

struct Pin {
  values::Path path;
  values::Value value;
  std::string rule;
  std::string because;
};

// A Secret that 8.7's chart generated, that 8.8 no longer renders (Helm deletes it), and that the
// new values refer to. The main job keeps it; offline it is a warning with the command.
struct SecretNeed {
  std::string name;
  std::string key;
  std::string needed_by;  // a component, for the message
};

struct Plan {
  values::Value result;
  std::vector<Fate> fates;
  std::vector<Pin> pins;
  text::Sink findings;
  std::vector<SecretNeed> secrets_to_keep;
  bool data_migration = false;
  bool identity_migration = false;
  bool makes_migration_secret = false;  // values refer to Secret c8upgrade-identity-migration
  bool already_new = false;  // the input was in the new structure, nothing was translated
};

}  // namespace rules
