#include "process/launch.hpp"

#include "process/program.hpp"
#include "process/signals.hpp"
#include "process/together.hpp"

#include <algorithm>
#include <boost/asio.hpp>
#include <boost/process/v2.hpp>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>

namespace process {
namespace {

namespace asio = boost::asio;
namespace bp = boost::process::v2;
using boost::system::error_code;

constexpr auto k_grace = std::chrono::seconds(2);  // between asking a child to end and killing it

int shell_code(int status) {
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

void unblock_signals() {
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// Runs in the child. It executes the program itself: the launcher's own way closes descriptors by
// a rule that differs between versions of Boost, and the child must inherit our memfds. Everything
// else of ours is close-on-exec.
struct Execute {
  const SavedSignals* signals;
  const Environment* environment;

  template <class Launcher>
  error_code on_exec_setup(Launcher&, const bp::filesystem::path& program,
                           const char* const*& argv) const {
    signals->restore();
    ::signal(SIGPIPE, SIG_DFL);  // Go programs expect it to be theirs
    unblock_signals();
    ::execve(program.c_str(), const_cast<char* const*>(argv), environment->pointers());
    return {errno, boost::system::system_category()};
  }
};

// Both ends are close-on-exec, so that children started side by side do not hold each other's
// pipes open.
struct Pipe {
  int read = -1;
  int write = -1;

  Pipe() {
    int ends[2] = {-1, -1};
    require(::pipe2(ends, O_CLOEXEC) == 0);
    read = ends[0];
    write = ends[1];
  }
  // Nothing to read and nobody to write.
  static Pipe null_device() {
    const int end = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    require(end >= 0);
    return Pipe(end);
  }
  ~Pipe() {
    close(read);
    close(write);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  static int release(int& end) { return std::exchange(end, -1); }

 private:
  explicit Pipe(int read_end) : read(read_end) {}

  static void require(bool done) {
    if (!done) {
      throw boost::system::system_error(errno, boost::system::system_category());
    }
  }
  static void close(int& end) {
    if (end >= 0) {
      ::close(release(end));
    }
  }
};

// One captured child: its three streams, its end, its timeout.
class Run {
 public:
  Run(asio::io_context& io, const Command& command, const SavedSignals& signals)
      : m_command(command), m_out(io), m_err(io), m_in(io), m_timer(io) {
    int error = 0;
    const std::string program = resolve(command.program, error);
    if (error == 0) {
      try {
        start(io, program, signals);
      } catch (const boost::system::system_error& e) {
        error = e.code().value();
      }
    }
    if (error != 0) {
      m_exited = true;
      m_outcome.exit_code = shell_code_of_error(error);
      m_outcome.err = cannot_run(command.program, error);
    }
  }

  // Asks the child to end, and kills it when it does not.
  void stop(int signal) {
    if (m_exited) {
      return;
    }
    m_stopped = true;
    ::kill(m_child->id(), signal);
    m_timer.expires_after(k_grace);
    m_timer.async_wait([this](error_code cancelled) {
      if (!cancelled && !m_exited) {
        ::kill(m_child->id(), SIGKILL);
      }
    });
  }

  Outcome take() {
    if (m_child) {
      m_outcome.exit_code = shell_code(m_child->native_exit_code());
    }
    return std::move(m_outcome);
  }

  bool exited() const { return m_exited; }
  std::function<void()> on_exit;

 private:
  void start(asio::io_context& io, const std::string& program, const SavedSignals& signals) {
    Pipe out;
    Pipe err;
    const Environment environment(m_command.environment);
    const Execute execute{&signals, &environment};
    Pipe in = m_command.input.empty() ? Pipe::null_device() : Pipe();
    m_child.emplace(io, program, m_command.args, bp::process_stdio{in.read, out.write, err.write},
                    execute);
    if (!m_command.input.empty()) {
      m_in.assign(Pipe::release(in.write));
      asio::async_write(m_in, asio::buffer(m_command.input), [this](error_code, std::size_t) {
        error_code ignored;
        m_in.close(ignored);
      });
    }
    m_out.assign(Pipe::release(out.read));
    m_err.assign(Pipe::release(err.read));
    const auto on_end_of_stream = [this](error_code, std::size_t) {
      --m_open_streams;
      settle();
    };
    asio::async_read(m_out, asio::dynamic_buffer(m_outcome.out), on_end_of_stream);
    asio::async_read(m_err, asio::dynamic_buffer(m_outcome.err), on_end_of_stream);
    m_child->async_wait([this](error_code, int) {
      m_exited = true;
      settle();
      if (on_exit) {
        on_exit();
      }
    });
    if (m_command.timeout.count() > 0) {
      m_timer.expires_after(m_command.timeout);
      m_timer.async_wait([this](error_code cancelled) {
        if (!cancelled) {
          m_outcome.timed_out = true;
          m_exited ? settle() : stop(SIGTERM);
        }
      });
    }
  }

  // A grandchild may keep the pipes open long after the child is gone. Whoever asked for an end
  // (the timeout, a signal) does not wait for it.
  void settle() {
    if (!m_exited) {
      return;
    }
    error_code ignored;
    if (m_outcome.timed_out || m_stopped) {
      m_out.close(ignored);
      m_err.close(ignored);
      m_in.close(ignored);
      m_timer.cancel();
    } else if (m_open_streams == 0) {
      m_timer.cancel();
    }
  }

  const Command& m_command;
  asio::readable_pipe m_out;
  asio::readable_pipe m_err;
  asio::writable_pipe m_in;
  asio::steady_timer m_timer;
  std::optional<bp::process> m_child;
  Outcome m_outcome;
  int m_open_streams = 2;
  bool m_exited = false;
  bool m_stopped = false;
};

// Runs everything to its end; returns the signal that interrupted it, or 0.
int run_to_end(const std::vector<Command>& commands, std::vector<Outcome>& outcomes) {
  const SavedSignals signals({SIGPIPE, SIGINT, SIGTERM});
  ::signal(SIGPIPE, SIG_IGN);  // a child may end without reading its input
  asio::io_context io;
  asio::signal_set interrupts(io);
  for (const int signal : {SIGINT, SIGTERM}) {
    if (!signals.was_ignored(signal)) {
      interrupts.add(signal);
    }
  }
  std::vector<std::unique_ptr<Run>> runs;
  for (const Command& command : commands) {
    runs.push_back(std::make_unique<Run>(io, command, signals));
  }
  const auto stop_listening = [&] {
    if (std::all_of(runs.begin(), runs.end(), [](const auto& run) { return run->exited(); })) {
      interrupts.cancel();
    }
  };
  for (const auto& run : runs) {
    run->on_exit = stop_listening;
  }
  int interrupted = 0;
  interrupts.async_wait([&](error_code cancelled, int signal) {
    if (!cancelled) {
      interrupted = signal;
      for (const auto& run : runs) {
        run->stop(signal);
      }
    }
  });
  stop_listening();
  io.run();
  for (const auto& run : runs) {
    outcomes.push_back(run->take());
  }
  return interrupted;
}

}  // namespace

Outcome capture(const Command& command) {
  return capture_all({command}).front();
}

std::vector<Outcome> capture_all(const std::vector<Command>& commands) {
  if (auto gathered = detail::gathered(commands)) {
    return std::move(*gathered);
  }
  std::fflush(nullptr);  // a child that cannot exec calls exit(): leave it nothing to print twice
  std::vector<Outcome> outcomes;
  if (const int signal = run_to_end(commands, outcomes)) {
    ::raise(signal);
  }
  return outcomes;
}

int attend(const Command& command) {
  int error = 0;
  const std::string program = resolve(command.program, error);
  std::fflush(nullptr);
  if (error == 0) {
    const SavedSignals signals({SIGPIPE, SIGINT, SIGQUIT, SIGTERM, SIGHUP});
    // As system(3): the terminal sends INT and QUIT to the child itself.
    ::signal(SIGINT, SIG_IGN);
    ::signal(SIGQUIT, SIG_IGN);
    asio::io_context io;
    asio::signal_set relay(io);
    for (const int signal : {SIGTERM, SIGHUP}) {
      if (!signals.was_ignored(signal)) {
        relay.add(signal);
      }
    }
    try {
      const Environment environment(command.environment);
      bp::process child(io, program, command.args, Execute{&signals, &environment});
      std::function<void(error_code, int)> forward = [&](error_code cancelled, int signal) {
        if (!cancelled) {
          ::kill(child.id(), signal);
          relay.async_wait(forward);
        }
      };
      relay.async_wait(forward);
      child.async_wait([&](error_code, int) { relay.cancel(); });
      io.run();
      return shell_code(child.native_exit_code());
    } catch (const boost::system::system_error& e) {
      error = e.code().value();
    }
  }
  std::fprintf(stderr, "%s\n", cannot_run(command.program, error).c_str());
  return shell_code_of_error(error);
}

void replace(const Command& command) {
  int error = 0;
  const std::string program = resolve(command.program, error);
  std::fflush(nullptr);
  if (error == 0) {
    std::vector<char*> argv{const_cast<char*>(command.program.c_str())};
    for (const std::string& arg : command.args) {
      argv.push_back(const_cast<char*>(arg.c_str()));
    }
    argv.push_back(nullptr);
    const Environment environment(command.environment);
    // exec keeps ignored signals and the mask.
    ::signal(SIGPIPE, SIG_DFL);
    unblock_signals();
    ::execve(program.c_str(), argv.data(), environment.pointers());
    error = errno;
  }
  std::fprintf(stderr, "%s\n", cannot_run(command.program, error).c_str());
  std::_Exit(shell_code_of_error(error));
}

}  // namespace process
