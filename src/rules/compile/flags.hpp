// catalogue/helm-flags.tsv as the C++ table that helm::flag_table() returns. Runs in the build
// only.
#pragma once

#include <string>

namespace rules::compile {

// The text of a C++ unit. Throws CatalogueError ("file:line: what is wrong") for a line that is
// malformed, a flag that stands there twice for one command, or one of ours that collides with a
// flag of either Helm.
std::string compile_helm_flags(const std::string& tsv_text, const std::string& file_name);

}  // namespace rules::compile
