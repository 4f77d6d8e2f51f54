// The lines that matter of a plan: what a person has to know before they say yes.
#pragma once

#include "upgrade/difference.hpp"
#include "upgrade/prepare.hpp"

#include <set>
#include <string>
#include <vector>

namespace upgrade {

struct Highlight {
  std::string title;               // "claims"; unique within an outlook
  std::vector<std::string> lines;  // never empty
};

// In the order of their weight. What there is nothing to say about is left out, but for the claims:
// that nothing happens to them is what everybody wants to know first.
std::vector<Highlight> outlook_of(const Prepared&, const std::vector<ObjectChange>&);

// The images that the pods of these objects run, init containers too.
std::set<std::string> images_of(const Objects&);

// A host and path that an Ingress serves: "https://host/path", or "http://…" without TLS.
std::set<std::string> addresses_of(const Objects&);

// Names of the StatefulSets with volumes: what a backup has to hold.
std::vector<std::string> holders_of_data(const Objects&);

}  // namespace upgrade
