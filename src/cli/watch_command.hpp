// `helm c8upgrade watch RELEASE`: follows rollout and migration to their end.
#pragma once

#include "cli/command.hpp"
#include "cli/watch_view.hpp"

namespace cli {

// 0: everything is ready; 1: a Job has failed or the time is up; 130: interrupted.
int run_watch(const Words&);
std::string watch_help();

// The watching itself, for the upgrade's --watch as well. The connection is in the environment.
int watch_release(const follow::WatchWords&, WatchFormat, bool colour);
// Live on a terminal, lines elsewhere.
WatchFormat watch_format();

}  // namespace cli
