// What a rendered manifest shows by itself: which Camunda it is, and signs of an upgrade that would
// lose something although every object in it is fine.
#pragma once

#include "text/diagnostic.hpp"
#include "upgrade/objects.hpp"
#include "upgrade/release.hpp"

#include <string>
#include <vector>

namespace upgrade {

// By the container that the brokers run, else by components that only 8.7 has. Without either,
// what is left of Camunda is taken for 8.8: no brokers is a finding of its own.
enum class Shape { no_camunda, old_version, new_version };
Shape shape_of(const Objects&);

// Workloads that 8.8 has no place for: gateway, Operate and Tasklist of 8.7.
std::vector<const Object*> workloads_of_old(const Objects&);

struct RenderingQuestion {
  Running running = Running::nothing;
  std::string release;
  const Objects& before;       // the release's manifest
  const Objects& after;        // the new one, of 8.8
  bool migration_off = false;  // somebody said so
};

text::Sink check_rendering(const RenderingQuestion&);

}  // namespace upgrade
