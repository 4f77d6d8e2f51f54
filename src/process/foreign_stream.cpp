#include "process/foreign_stream.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace process {
namespace {

// By number: glibc has wrappers for these since 2.36 only.
int duplicate(int process_id) {
  const long process = ::syscall(SYS_pidfd_open, process_id, 0);
  if (process < 0) {
    return -1;
  }
  const long stream = ::syscall(SYS_pidfd_getfd, process, STDERR_FILENO, 0);
  ::close(static_cast<int>(process));
  return static_cast<int>(stream);
}

}  // namespace

int stderr_of(int process_id) {
  const int stream = duplicate(process_id);
  if (stream >= 0) {
    return stream;
  }
  const std::string path = fmt::format("/proc/{}/fd/{}", process_id, STDERR_FILENO);
  return ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY);
}

}  // namespace process
