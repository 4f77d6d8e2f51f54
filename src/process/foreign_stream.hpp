// Linux only: a standard stream of another process of ours.
#pragma once

namespace process {

// A descriptor of that process's standard error, close-on-exec; -1 when it is not to be had. The
// very same stream where the kernel allows it (position and all), else it is opened anew for
// appending.
int stderr_of(int process_id);

}  // namespace process
