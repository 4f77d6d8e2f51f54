// All of the main job but its last step: look, translate, render, check. Changes nothing.
#pragma once

#include "base/failure.hpp"
#include "helm/command_line.hpp"
#include "kube/client.hpp"
#include "report/report.hpp"
#include "upgrade/changes.hpp"
#include "upgrade/console.hpp"
#include "upgrade/objects.hpp"
#include "upgrade/release.hpp"
#include "upgrade/room.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace upgrade {

struct Prepared {
  report::Report report;  // with all findings; accepted ones are warnings
  std::string release;
  std::string release_namespace;
  std::string under;     // the block of Camunda in an umbrella chart's values; "": all
  std::string headline;  // "camunda in namespace prod: chart 12.13.3 (Camunda 8.7.37) → …"
  Running running = Running::nothing;
  Changes changes;                   // due right before the hand-over
  std::size_t accepted_objects = 0;  // by the API server; 0: it was not asked
  std::size_t refused_objects = 0;
  std::vector<std::string> helm_words;  // of the call that does it, from "upgrade" on
  std::string old_manifest;
  std::string new_manifest;              // empty when Helm could not render it
  Objects before;                        // of the old manifest
  Objects after;                         // of the new one
  Objects camunda;                       // live brokers, claims and migration Jobs
  std::optional<Room> room;              // on the nodes, when more of it is wanted
  text::Sink still_on;                   // places in the user's values that switch a migration on
  std::optional<base::Failure> failure;  // Helm could not render, and no error among the findings
                                         // says why: the run ends with it, after the findings
};

// Makes the new manifest with these words for the values. Throws base::Failure when Helm cannot
// render.
using Renderer = std::function<std::string(const std::vector<std::string>& value_words)>;

// Throws base::Failure when something needed cannot be read. Findings, errors too, are in the
// result: the caller shows them and stops. Without a renderer it is helm::dry_run_manifest().
Prepared prepare(const helm::CommandLine&, const kube::Client&, Console&, const Renderer& = {});

}  // namespace upgrade
