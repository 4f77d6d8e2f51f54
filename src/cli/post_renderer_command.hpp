#pragma once

#include "cli/command.hpp"

namespace cli {

// `helm c8upgrade post-renderer [own flags] [--run -- PROGRAM …]`: the words that make this Helm
// run c8upgrade as its post-renderer; or becomes that program with them.
int run_post_renderer(const Words&);
std::string post_renderer_help();

}  // namespace cli
