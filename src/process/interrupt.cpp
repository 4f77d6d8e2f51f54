#include "process/interrupt.hpp"

#include <atomic>
#include <thread>

namespace process {
namespace {

std::atomic<int> g_signal{0};
static_assert(std::atomic<int>::is_always_lock_free);

void note(int signal) {
  g_signal = signal;
}

}  // namespace

Interrupt::Interrupt() : m_saved({SIGINT, SIGTERM}) {
  g_signal = 0;
  for (const int signal : {SIGINT, SIGTERM}) {
    if (!m_saved.was_ignored(signal)) {
      struct sigaction action = {};
      action.sa_handler = note;
      ::sigaction(signal, &action, nullptr);
    }
  }
}

Interrupt::~Interrupt() = default;

int Interrupt::signal() const {
  return g_signal;
}

bool Interrupt::sleep(std::chrono::milliseconds time) const {
  // In slices: a signal that comes right before a long sleep would be slept through.
  constexpr std::chrono::milliseconds k_slice{50};
  const auto end = std::chrono::steady_clock::now() + time;
  while (g_signal == 0 && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(k_slice);
  }
  return g_signal == 0;
}

}  // namespace process
