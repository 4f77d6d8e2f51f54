#include "process/signals.hpp"

#include <algorithm>

namespace process {

SavedSignals::SavedSignals(const std::vector<int>& signals) {
  for (const int signal : signals) {
    Saved saved{};
    saved.signal = signal;
    ::sigaction(signal, nullptr, &saved.action);
    m_saved.push_back(saved);
  }
}

SavedSignals::~SavedSignals() {
  restore();
}

void SavedSignals::restore() const {
  for (const Saved& saved : m_saved) {
    ::sigaction(saved.signal, &saved.action, nullptr);
  }
}

bool SavedSignals::was_ignored(int signal) const {
  return std::any_of(m_saved.begin(), m_saved.end(), [signal](const Saved& saved) {
    return saved.signal == signal && saved.action.sa_handler == SIG_IGN;
  });
}

}  // namespace process
