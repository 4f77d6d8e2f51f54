// Looks at a release again and again until its rollout and its migration have ended.
#pragma once

#include "follow/import_positions.hpp"
#include "follow/state.hpp"
#include "kube/client.hpp"
#include "process/interrupt.hpp"

#include <chrono>
#include <map>
#include <string>

namespace follow {

struct WatchWords {
  std::string release;
  std::chrono::seconds timeout{0};  // 0: none
  std::chrono::seconds stall{600};  // nothing has moved for so long: told
  std::chrono::milliseconds interval{2000};
  bool restart_importer = false;               // at a stall, once
  const ImportPositions* positions = nullptr;  // asked as long as the data migration runs
};

// One look, for a view.
struct Look {
  const State& state;
  std::map<std::string, std::string> logs;  // the last line of a running Job's log, by its title
  std::chrono::seconds elapsed{0};
};

class View {
 public:
  virtual ~View() = default;

  virtual void look(const Look&) = 0;
  // A trouble that was not there in the look before, or that the watching itself has found.
  virtual void trouble(const text::Diagnostic&) = 0;
  // A sentence about the watching itself ("the API server does not answer").
  virtual void say(std::string_view sentence) = 0;
};

enum class End { complete, failed, timed_out, interrupted };

// Everything of the release, as state_of() wants it. Throws base::Failure when nothing can be read
// or nothing is there.
upgrade::Objects look_at_release(const kube::Client&, const std::string& release);

// Changes nothing, but for the importer's restart when that is asked for. An API server that goes
// away is waited for. Throws base::Failure when the first look fails, or a right is missing.
End watch(const kube::Client&, const WatchWords&, View&, const process::Interrupt&);

}  // namespace follow
