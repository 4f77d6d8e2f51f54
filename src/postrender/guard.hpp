// The guard: whether manifests that somebody else rendered are a safe upgrade to 8.8, as far as
// they, the release and the cluster tell. It changes nothing.
#pragma once

#include "helm/command_line.hpp"
#include "kube/client.hpp"
#include "text/diagnostic.hpp"
#include "upgrade/changes.hpp"
#include "upgrade/console.hpp"
#include "upgrade/objects.hpp"
#include "upgrade/rendering.hpp"

#include <string>

namespace postrender {

struct Guarded {
  upgrade::Shape shape = upgrade::Shape::no_camunda;
  std::string release;               // of the words, else of the brokers' label; may be empty
  text::Sink findings;               // accepted ones are warnings
  upgrade::Changes changes;          // Secrets that Helm would delete and the new pods need
  std::size_t accepted_objects = 0;  // by the API server; 0: it was not asked
};

// `objects`: Camunda's, of the manifests. `line`: what is known of Helm's words; only those that
// say where the cluster is and what is accepted have to be there. Throws base::Failure for a
// release or chart that the main job refuses, too.
Guarded guard(const upgrade::Objects& objects, const helm::CommandLine& line,
              const kube::Client& client, upgrade::Console& console);

}  // namespace postrender
