// Functions side by side, each of which may run other programs with capture().
#pragma once

#include <functional>
#include <vector>

namespace process {

// Runs every function in a thread of its own and returns when all have ended; a function must not
// throw. INT and TERM that reach this process meanwhile end it as they would have without us (the
// programs that run get the terminal's INT by themselves); how signals are treated is afterwards
// what it was before.
void together(const std::vector<std::function<void()>>& functions);

}  // namespace process
