// How far the importer has read, as Elasticsearch or OpenSearch says: a position for each partition
// and kind of record, "completed" when the last record of 8.7 has been read.
#pragma once

#include "follow/state.hpp"
#include "kube/client.hpp"
#include "kube/site.hpp"
#include "upgrade/objects.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace follow {

// The login of the release's own brokers: the name from their application.yaml, the password from
// the Secret that they read. Empty when they have none. Throws base::Failure when the Secret cannot
// be read.
kube::Login search_login(const kube::Client&, const upgrade::Objects& manifest);

// "12 of 36" of a search's answer: its number of hits, or nothing.
std::optional<long> hits_of(const std::string& json);

class ImportPositions {
 public:
  explicit ImportPositions(kube::Site site) : m_site(std::move(site)) {}

  // For the list of what is waited for. What cannot be asked waits for nothing.
  Item look() const;

 private:
  kube::Site m_site;
};

}  // namespace follow
