#pragma once

#include "cli/command.hpp"

namespace cli {

// `c8upgrade post-render`: manifests from standard input to standard output, when they are a safe
// upgrade. Prints everything or nothing.
int run_post_render(const Words&);
std::string post_render_help();

}  // namespace cli
