// How watching looks: a block that renews itself on a terminal, a line for each change elsewhere, a
// stream of JSON objects for programs. Everything goes to standard output.
#pragma once

#include "follow/watch.hpp"

#include <memory>
#include <string>

namespace cli {

enum class WatchFormat { lines, live, json };

// The view; `end` of it is told by what watch() returns.
class WatchView : public follow::View {
 public:
  // The last word: how it ended and what to do next.
  virtual void end(follow::End end, const std::string& next) = 0;
};

std::unique_ptr<WatchView> watch_view(WatchFormat format, bool colour);

// "0:07", "1:02:03"
std::string clock(std::chrono::seconds time);

}  // namespace cli
