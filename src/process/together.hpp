// Functions side by side, each of which may run other programs with capture().
#pragma once

#include "process/launch.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace process {

// Runs the functions in turns: one goes on until it calls capture(), then the next. When all of
// them wait for programs, these run side by side as one capture_all(), and the turns go on with the
// outcomes. So the functions share data without locks, signals are treated as in any capture(), and
// no program is started while another function is at work. All functions run to their end; then the
// exception of the first one that threw, in their order, is thrown again.
void together(const std::vector<std::function<void()>>& functions);

namespace detail {

// For capture_all(): hands the commands over when a function of together() calls it, and gives the
// outcomes. Nothing for every other caller.
std::optional<std::vector<Outcome>> gathered(const std::vector<Command>& commands);

}  // namespace detail
}  // namespace process
