// The first round: everything that is read before anything can be decided, side by side.
#pragma once

#include "helm/client.hpp"
#include "helm/command_line.hpp"
#include "helm/sources.hpp"
#include "kube/client.hpp"
#include "text/diagnostic.hpp"
#include "upgrade/cluster.hpp"

#include <optional>
#include <string>
#include <vector>

namespace upgrade {

// Helm would take the values of the last deployed revision, alone or under what is given.
bool asks_for_previous_values(const helm::CommandLine&);

struct First {
  std::optional<helm::ReleaseState> release;  // nothing: there is none, or it is uninstalled
  helm::ChartFacts target;
  Sight camunda;          // brokers, claims, migration Jobs
  int last_deployed = 0;  // newest deployed revision; 0: none or not known
  std::vector<helm::Source> sources;
  values::Value values;  // merged, with origins
  text::Sink notes;      // what is worth telling about the files themselves
};

// Throws base::Failure when something cannot be read that has to be: release, chart or values.
First look(const helm::CommandLine&, const kube::Client&);

}  // namespace upgrade
