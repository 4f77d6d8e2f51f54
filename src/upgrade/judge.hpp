// All checks of a rendered manifest before it goes to the cluster: against the release, against
// what lives there, and against the API server. The main job judges its own rendering with it, the
// post-renderer what it was handed.
#pragma once

#include "helm/client.hpp"
#include "helm/command_line.hpp"
#include "kube/client.hpp"
#include "text/diagnostic.hpp"
#include "upgrade/cluster.hpp"
#include "upgrade/console.hpp"
#include "upgrade/migration.hpp"
#include "upgrade/objects.hpp"
#include "upgrade/release.hpp"
#include "upgrade/room.hpp"
#include "upgrade/secrets.hpp"
#include "upgrade/verdict.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace upgrade {

// What is judged, and what is known of the place it goes to. All of it outlives the judge.
struct Trial {
  const helm::CommandLine& line;
  const Running& running;
  const helm::ReleaseState* release = nullptr;  // null: there is none
  std::string release_namespace;
  const Objects& before;  // of the release's manifest
  const Sight& camunda;   // live brokers, claims and migration Jobs
  const Objects& after;   // the new manifest
  // Room on the nodes and budgets are advice, and cost a look at every pod of the cluster.
  bool look_at_nodes = true;
};

class Judge {
 public:
  Judge(Trial trial, const kube::Client& client, Console& console);

  // Reads what the checks need from the cluster, and tells what the new objects miss around them:
  // classes and accounts, rights, room on the nodes.
  // Without kubectl there is nothing to read.
  text::Sink look();
  // What look() has seen of the nodes.
  const std::optional<Room>& room() const { return m_room; }
  // Brokers, fields that cannot change, words, Secrets' values, migration Jobs.
  JobsAnswer check();
  // What the pods need to start. `to_make`: Secrets that the run makes, with their keys.
  SecretsAnswer secrets(const std::map<std::string, std::set<std::string>>& to_make) const;
  // The copy of a Secret will be there and hold the same keys.
  void expect_copy(const std::string& secret);
  // The API server's verdict, unless the words do without it. `told`: what has been found so far;
  // `remove_jobs`: Jobs that will be gone by then.
  Verdict ask_the_server(const text::Sink& told, const std::vector<std::string>& remove_jobs);

 private:
  std::set<std::string> jobs_to_leave_out(const text::Sink& told,
                                          const std::vector<std::string>& remove_jobs) const;
  Applying applying() const;

  Trial m_trial;
  const kube::Client& m_client;
  Console& m_console;
  Sight m_live;  // counterparts of the new objects
  HoldersSight m_holders;
  std::optional<Room> m_room;
  std::set<std::string> m_told;  // titles of objects whose refusal is known
};

}  // namespace upgrade
