// One call of the Helm that called us, and what its words mean when it fails. Used inside helm/.
#pragma once

#include "base/failure.hpp"
#include "process/launch.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helm {

// The command with our time limit and without HELM_DEBUG, whose lines would stand between the words
// we read. `what` is told to the progress hook ("reading release camunda").
process::Command helm_command(std::vector<std::string> words);

// Throws base::Failure when Helm could not be run at all or did not answer in time.
void require_ran(const process::Outcome& outcome);

// Helm's own words in one line: what follows "Error:", without warnings, log lines and repeated
// prefixes; passwords in URLs are hidden. Never empty.
std::string error_words(std::string_view stderr_text);

// What kept Helm from doing it, as far as its words tell.
enum class Trouble { no_release, unreachable, forbidden, other };
Trouble trouble_of(std::string_view words);

// A failure of a call that reads the cluster: says which of unreachable, forbidden and other it is.
// `doing` completes "Helm could not …" ("read release camunda").
base::Failure cluster_failure(const std::string& doing, const process::Outcome& outcome);

// Announces a call to the hook set by set_progress().
void announce(const std::string& step);

// What `helm version` or the probe chart says ("v3.17.1"). Throws base::Failure for a version that
// is too old or none of Helm's.
void learn_version(std::string_view text);

}  // namespace helm
