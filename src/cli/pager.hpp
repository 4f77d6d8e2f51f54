// Long output on a terminal goes through a pager, as with git.
#pragma once

#include <string>

namespace cli {

// Writes to standard output: through $PAGER (`less` when it is not set) on a terminal, directly
// otherwise, when PAGER is empty or "cat", or when the pager cannot be run. Throws what
// write_stdout() throws.
void show_long(const std::string& text);

}  // namespace cli
