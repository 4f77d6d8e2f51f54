// Values × catalogue → plan. Knows no Camunda key: what to do is in the catalogue, what takes
// thought in decisions/.
#pragma once

#include "rules/catalogue.hpp"
#include "rules/plan.hpp"
#include "rules/request.hpp"

#include <string_view>

namespace rules {

class Translation;

// A named decision: called once, before the plain verbs, in the order of decisions/registry.cpp;
// one that is `last` after everything else, on the finished translation, and alone on values that
// are in the new structure already.
struct Decision {
  std::string_view name;
  void (*run)(Translation&);
  bool last = false;
};

// Translates merged values (as Helm reads them) with the given catalogue and decisions.
// Throws base::InternalError when a leaf ends without a fate.
Plan translate(const Catalogue&, std::span<const Decision> decisions, const Request&,
               values::Value user);

}  // namespace rules
