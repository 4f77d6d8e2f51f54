// Signal dispositions, changed for a while and put back.
#pragma once

#include <csignal>
#include <vector>

namespace process {

// Remembers how this process treats the given signals and puts it back at the end. In a child,
// between fork and exec, `restore()` does the same at once.
class SavedSignals {
 public:
  explicit SavedSignals(const std::vector<int>& signals);
  ~SavedSignals();
  SavedSignals(const SavedSignals&) = delete;
  SavedSignals& operator=(const SavedSignals&) = delete;

  void restore() const;
  bool was_ignored(int signal) const;

 private:
  struct Saved {
    int signal;
    struct sigaction action;
  };
  std::vector<Saved> m_saved;
};

}  // namespace process
