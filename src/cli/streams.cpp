#include "cli/streams.hpp"

#include "base/failure.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace cli {
namespace {

// 0, or the errno that ended it.
int write_all(int descriptor, std::string_view text) noexcept {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

}  // namespace

void prepare_streams() {
  ::signal(SIGPIPE, SIG_IGN);
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) {
      // Opened the wrong way round: reading or writing it fails as it would on the closed stream.
      // open() takes the lowest free number, which is this one.
      (void)::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
  }
}

void write_stdout(std::string_view text) {
  write_to(STDOUT_FILENO, text);
}

void write_to(int descriptor, std::string_view text) {
  require_written(write_all(descriptor, text));
}

void require_written(int error) {
  if (error == EPIPE || error == EBADF) {
    throw OutputClosed{};
  }
  if (error != 0) {
    throw base::Failure(std::string("cannot write to standard output: ") + std::strerror(error));
  }
}

void write_stderr(std::string_view text) noexcept {
  (void)write_all(STDERR_FILENO, text);
}

}  // namespace cli
