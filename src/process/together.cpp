#include "process/together.hpp"

#include <condition_variable>
#include <csignal>
#include <exception>
#include <iterator>
#include <mutex>
#include <pthread.h>
#include <thread>
#include <utility>

namespace process {
namespace {

// Threads stand in for coroutines here: whoever holds the mutex is the one that runs.
class Gathering {
 public:
  explicit Gathering(std::size_t count) : m_at_work(count) {}

  // In a function's thread, whose turn it is.
  std::vector<Outcome> wait(const std::vector<Command>& commands,
                            std::unique_lock<std::mutex>& turn) {
    Waiting mine{&commands, {}, {}, false};
    m_waiting.push_back(&mine);
    --m_at_work;
    m_changed.notify_all();
    m_changed.wait(turn, [&] { return mine.done; });
    if (mine.failure) {
      std::rethrow_exception(mine.failure);
    }
    return std::move(mine.outcomes);
  }

  void end_of_function() {
    --m_at_work;
    m_changed.notify_all();
  }

  // In the caller's thread: runs what all wait for, until nobody waits.
  void serve() {
    std::unique_lock turn(m_mutex);
    while (true) {
      m_changed.wait(turn, [&] { return m_at_work == 0; });
      if (m_waiting.empty()) {
        return;
      }
      const std::vector<Waiting*> round = std::exchange(m_waiting, {});
      run(round);
      m_at_work += round.size();
      m_changed.notify_all();
    }
  }

  std::mutex& mutex() { return m_mutex; }

 private:
  struct Waiting {
    const std::vector<Command>* commands;
    std::vector<Outcome> outcomes;
    std::exception_ptr failure;
    bool done;
  };

  static void run(const std::vector<Waiting*>& round) {
    std::vector<Command> commands;
    for (const Waiting* one : round) {
      commands.insert(commands.end(), one->commands->begin(), one->commands->end());
    }
    std::vector<Outcome> outcomes;
    std::exception_ptr failure;
    try {
      outcomes = capture_all(commands);
    } catch (...) {
      failure = std::current_exception();
    }
    auto next = outcomes.begin();
    for (Waiting* one : round) {
      if (!failure) {
        const auto end = next + static_cast<std::ptrdiff_t>(one->commands->size());
        one->outcomes.assign(std::make_move_iterator(next), std::make_move_iterator(end));
        next = end;
      }
      one->failure = failure;
      one->done = true;
    }
  }

  std::mutex m_mutex;
  std::condition_variable m_changed;
  std::size_t m_at_work;  // functions that have not ended and do not wait
  std::vector<Waiting*> m_waiting;
};

thread_local Gathering* t_gathering = nullptr;
thread_local std::unique_lock<std::mutex>* t_turn = nullptr;

// A new thread takes over this mask: signals are the caller's business.
class SignalsHeldBack {
 public:
  SignalsHeldBack() {
    sigset_t all;
    sigfillset(&all);
    for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) {
      sigdelset(&all, fault);
    }
    pthread_sigmask(SIG_SETMASK, &all, &m_before);
  }
  ~SignalsHeldBack() { pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }
  SignalsHeldBack(const SignalsHeldBack&) = delete;
  SignalsHeldBack& operator=(const SignalsHeldBack&) = delete;

 private:
  sigset_t m_before{};
};

}  // namespace

void together(const std::vector<std::function<void()>>& functions) {
  Gathering gathering(functions.size());
  std::vector<std::thread> threads;
  std::vector<std::exception_ptr> failures(functions.size());
  {
    const SignalsHeldBack held;
    for (std::size_t i = 0; i < functions.size(); ++i) {
      threads.emplace_back([&gathering, &function = functions[i], &failure = failures[i]] {
        std::unique_lock turn(gathering.mutex());
        t_gathering = &gathering;
        t_turn = &turn;
        try {
          function();
        } catch (...) {
          failure = std::current_exception();
        }
        gathering.end_of_function();
      });
    }
  }
  gathering.serve();
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (const std::exception_ptr& failure : failures) {
    if (failure) {
      std::rethrow_exception(failure);
    }
  }
}

std::optional<std::vector<Outcome>> detail::gathered(const std::vector<Command>& commands) {
  if (t_gathering == nullptr) {
    return std::nullopt;
  }
  return t_gathering->wait(commands, *t_turn);
}

}  // namespace process
