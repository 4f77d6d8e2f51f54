// The words of a person as a request for a translation.
#pragma once

#include "helm/command_line.hpp"
#include "rules/request.hpp"

namespace upgrade {

rules::Switch as_switch(helm::OnOffAuto);

// What the words and the environment say: release, namespace, context path, identity migration and
// its client. Versions, `data_migration` and `live` are the caller's. Throws base::Failure for a
// flag whose value has the wrong form.
rules::Request request_of(const helm::CommandLine&);

}  // namespace upgrade
