// `helm c8upgrade secrets RELEASE`: the Secrets that the release's chart has made, and that Helm
// deletes when the next chart does not.
#pragma once

#include "kube/client.hpp"
#include "upgrade/changes.hpp"
#include "upgrade/objects.hpp"
#include "upgrade/secrets.hpp"

#include <string>
#include <vector>

namespace upgrade {

struct ListedSecret {
  std::string name;
  std::vector<std::string> keys;       // never what they hold
  std::vector<std::string> needed_by;  // workloads of the release
  bool there = true;
  bool kept = false;    // annotated: Helm leaves it
  bool copied = false;  // its copy is there
};

// `live` are Secrets of the cluster, copies among them.
std::vector<ListedSecret> list_secrets(const Objects& manifest, const Holders& live);

// What --keep or --copy has to do: only what is there, needed, and not done yet.
Changes changes_for(const std::vector<ListedSecret>&, bool keep, bool copy);

}  // namespace upgrade
