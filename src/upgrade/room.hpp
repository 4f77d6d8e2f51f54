// What the nodes of the cluster can still take, and budgets that keep pods where they are.
#pragma once

#include "kube/client.hpp"
#include "text/diagnostic.hpp"
#include "upgrade/objects.hpp"

#include <optional>
#include <string>
#include <vector>

namespace upgrade {

// What pods ask for, replicas counted.
struct Requests {
  double cpu = 0;      // cores
  double memory = 0;   // bytes
  double storage = 0;  // bytes of claim templates
};
// Workloads that run to an end (Jobs) are left out unless `with_jobs`.
Requests requests_of(const Objects&, bool with_jobs = false);

// Free for new pods, over all nodes that take some.
struct Room {
  double cpu = 0;
  double memory = 0;
};

// Nodes and budgets; and, only when more is asked for than before, the requests of all pods.
std::vector<kube::Client::Call> calls_for_room(const Objects& before, const Objects& after);

struct RoomAnswer {
  std::optional<Room> room;  // nothing: it may not be looked at, or nobody wants to know
  text::Sink findings;
};
// `answers` are those of the calls. What may not be looked at is not told.
RoomAnswer check_room(const Objects& before, const Objects& after,
                      const std::vector<kube::Client::Answer>& answers);

// "8.5" and "20Gi".
std::string cores(double);
std::string gibibytes(double bytes);

}  // namespace upgrade
