#include "process/together.hpp"

#include "process/signals.hpp"

#include <atomic>
#include <chrono>
#include <csignal>
#include <pthread.h>
#include <thread>

namespace process {
namespace {

// capture() takes INT and TERM for itself while it runs and puts them back at its end, which cannot
// be nested in several threads. So they are held back, and looked for here.
class HeldBack {
 public:
  HeldBack() {
    sigemptyset(&m_held);
    sigaddset(&m_held, SIGINT);
    sigaddset(&m_held, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &m_held, &m_before);
  }
  ~HeldBack() { let_through(); }
  HeldBack(const HeldBack&) = delete;
  HeldBack& operator=(const HeldBack&) = delete;

  bool waiting() const {
    sigset_t pending;
    sigpending(&pending);
    return sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1;
  }
  void let_through() const { pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }

 private:
  sigset_t m_held{};
  sigset_t m_before{};
};

}  // namespace

void together(const std::vector<std::function<void()>>& functions) {
  const HeldBack held;
  const SavedSignals before({SIGPIPE, SIGINT, SIGTERM});
  std::atomic<std::size_t> running = functions.size();
  std::vector<std::thread> threads;
  for (const std::function<void()>& function : functions) {
    threads.emplace_back([&running, &function] {
      function();
      --running;
    });
  }
  while (running > 0) {
    if (held.waiting()) {
      before.restore();
      held.let_through();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
}

}  // namespace process
