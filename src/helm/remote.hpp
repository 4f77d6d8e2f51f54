// Sources that only Helm can read: URLs, through its getters and those of plugins. Used inside
// helm/.
#pragma once

#include "helm/sources.hpp"
#include "process/launch.hpp"

#include <string>
#include <vector>

namespace helm {

// "https://…", "secrets://values.yaml", "s3://…"; a file of such a name that exists is none.
bool is_remote(const std::string& path);
bool has_remote(const Source& source);

// The calls that fetch what is remote in a source: one for a values file, one for each URL in a
// --set-file. `store_fetched` takes their outcomes in the same order and puts the content into
// memfds, which the source then names.
std::vector<process::Command> fetch_commands(const Source& source);
void store_fetched(Source& source, const std::vector<process::Outcome>& outcomes);

}  // namespace helm
