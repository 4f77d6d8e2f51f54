// How a plan looks: as text for a person, as JSON for a program. No secret value is in either.
#pragma once

#include "upgrade/preview.hpp"

#include <string>

namespace cli {

struct PlanLook {
  bool colour = false;
  bool diff = true;      // with the changes of every object
  std::string findings;  // already as text
};

std::string plan_text(const upgrade::Preview&, const PlanLook&);

// The report of --report with what is planned: "outcome" is "nothing to do", "something to do" or
// "stopped".
std::string plan_json(const upgrade::Preview&, bool diff);

// Breaks a line between words so that it and what follows end before column `width`; lines after
// the first begin with `indent` spaces. A word that is longer stays whole.
std::string wrapped(std::string_view line, std::size_t indent, std::size_t width);

}  // namespace cli
