// The API server's own verdict on the new manifest, before anything has changed (DESIGN, "The API
// server has the last word before Helm"). It must judge the object that Helm will make.
#pragma once

#include "kube/client.hpp"
#include "text/diagnostic.hpp"
#include "upgrade/objects.hpp"

#include <set>
#include <string>
#include <vector>

namespace upgrade {

// How Helm will write the objects.
enum class Applying { client_side, server_side, server_side_forced };

struct VerdictQuestion {
  const Objects& after;
  std::set<std::string> existing;   // titles of objects that are there
  std::set<std::string> leave_out;  // titles: Jobs that the run removes, …
  std::set<std::string> told;       // titles of objects whose refusal is known already
  Applying applying = Applying::client_side;
  std::string release_namespace = {};
};

// One kubectl call and the objects it asks about.
struct Ballot {
  kube::Client::Call call;
  std::vector<const Object*> objects;
};

// At most three calls for a namespace: replace, create, or apply. Claims are left out.
std::vector<Ballot> ballots_of(const VerdictQuestion&);

struct Verdict {
  text::Sink findings;
  std::size_t accepted = 0;
};

// Each refusal is put down to its object, by name, or by order where a message names none. A server
// that could not be asked, or rights that are missing, are one warning.
Verdict verdict_of(const VerdictQuestion&, const std::vector<Ballot>&,
                   const std::vector<kube::Client::Answer>&);

}  // namespace upgrade
