#include "cli/progress.hpp"

#include "base/utf8.hpp"
#include "cli/streams.hpp"

#include <csignal>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace cli {
namespace {

constexpr std::string_view k_erase = "\r\x1b[K";

std::size_t terminal_width() {
  winsize size = {};
  const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 80;
}

// A line that wraps could not be erased.
std::string fitting(std::string line) {
  const std::size_t width = terminal_width();
  if (base::display_width(line) > width) {
    line.resize(width);
    while (!line.empty() && base::find_invalid_utf8(line) != std::string::npos) {
      line.pop_back();
    }
  }
  return line;
}

}  // namespace

Progress::Progress(std::chrono::milliseconds moment) : m_moment(moment) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  m_thread = std::thread([this] { watch(); });
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Progress::~Progress() {
  {
    const std::lock_guard lock(m_mutex);
    erase_line();
    m_ended = true;
  }
  m_changed.notify_all();
  m_thread.join();
}

void Progress::begin(std::string_view step) {
  {
    const std::lock_guard lock(m_mutex);
    erase_line();
    m_step = step;
    ++m_number;
  }
  m_changed.notify_all();
}

void Progress::clear() {
  begin({});
}

void Progress::watch() {
  std::unique_lock lock(m_mutex);
  while (!m_ended) {
    m_changed.wait(lock, [this] { return m_ended || !m_step.empty(); });
    const unsigned number = m_number;
    const auto over = [&] { return m_ended || m_number != number; };
    const auto since = std::chrono::steady_clock::now();
    while (!m_changed.wait_for(lock, m_moment, over)) {
      const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(
          std::chrono::steady_clock::now() - since);
      const std::string line = fitting(fmt::format("  {} … {} s", m_step, seconds.count()));
      write_stderr(fmt::format("{}{}", k_erase, line));
      m_shown = true;
    }
  }
}

void Progress::erase_line() {
  if (m_shown) {
    write_stderr(k_erase);
    m_shown = false;
  }
}

}  // namespace cli
