// INT and TERM as a question instead of an end: for commands that wait and have a last word.
#pragma once

#include "process/signals.hpp"

#include <chrono>

namespace process {

// While it lives, INT and TERM are noted instead of ending the process. One at a time.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  // The signal that came, or 0.
  int signal() const;
  // Sleeps, and wakes at once when a signal comes. False: one has come.
  bool sleep(std::chrono::milliseconds) const;

 private:
  SavedSignals m_saved;
};

}  // namespace process
