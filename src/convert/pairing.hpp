// Which part of the old values each part of the new ones came from: what decides whose bytes, and
// whose comments, go where. A wrong pair costs a nice difference, never a value: what is written is
// read again and compared with the plan.
#pragma once

#include "convert/outline.hpp"
#include "rules/plan.hpp"

#include <vector>

namespace convert {

struct Pairing {
  // By new node: the old node whose text it takes, or k_none. By old node: the other way round.
  std::vector<std::size_t> source;
  std::vector<std::size_t> target;
  // By new node: the old node's text is taken as it is, with everything below it; the nodes below
  // have no pairs of their own.
  std::vector<bool> whole;
  // By old node without a target: the new node that speaks for it now (a merged or converted
  // setting), which gets its comments; k_none when it is gone.
  std::vector<std::size_t> heir;
};

// Pairs the values of one file (source `layer` of the plan's origins) with the new ones.
Pairing pair_up(const Outline& before, const Outline& after, const std::vector<rules::Fate>& fates,
                int layer = 0);

}  // namespace convert
