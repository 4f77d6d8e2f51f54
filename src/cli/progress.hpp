// The line on a terminal that says what a run is waiting for.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace cli {

// Shows a step only when it takes longer than a moment, counts its seconds, and leaves no trace:
// the line is rewritten in place and erased by the next step or by clear(). A thread of its own
// writes it; it takes no signals, so that they reach the main thread.
class Progress {
 public:
  explicit Progress(std::chrono::milliseconds moment = std::chrono::seconds(1));
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  void begin(std::string_view step);
  // After it returns nothing of the line is on the terminal.
  void clear();

 private:
  void watch();
  void erase_line();

  const std::chrono::milliseconds m_moment;
  std::mutex m_mutex;
  std::condition_variable m_changed;
  std::string m_step;  // empty: nothing to show
  unsigned m_number = 0;
  bool m_shown = false;
  bool m_ended = false;
  std::thread m_thread;
};

}  // namespace cli
