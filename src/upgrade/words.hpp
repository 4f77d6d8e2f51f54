// Words of `helm upgrade` that are dangerous or cannot work on the way from 8.7 to 8.8.
#pragma once

#include "helm/command_line.hpp"
#include "text/diagnostic.hpp"
#include "upgrade/objects.hpp"
#include "upgrade/release.hpp"

namespace upgrade {

text::Sink check_words(const helm::CommandLine&, Running, const Objects& after);

// What the brokers' rollout takes at the very least: one after the other, none ready before its
// first readiness probe.
std::chrono::seconds shortest_rollout(const Objects& after);

}  // namespace upgrade
