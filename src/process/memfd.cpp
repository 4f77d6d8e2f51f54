#include "process/memfd.hpp"

#include "base/failure.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace process {
namespace {

[[noreturn]] void fail(std::string_view what) {
  const int error = errno;
  throw base::Failure(fmt::format("{}: {}", what, std::strerror(error)));
}

}  // namespace

int make_memfd(std::string_view name, std::string_view bytes) {
  // Without MFD_CLOEXEC on purpose: children and the program we become read it by its number.
  const int descriptor = ::memfd_create(std::string(name).c_str(), 0);
  if (descriptor < 0) {
    fail("the system gives no anonymous file in memory");
  }
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) {
        continue;
      }
      const int error = errno;
      ::close(descriptor);
      errno = error;
      fail("an anonymous file in memory cannot be written");
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  ::lseek(descriptor, 0, SEEK_SET);
  ::fchmod(descriptor, S_IRUSR);
  return descriptor;
}

std::string descriptor_path(int descriptor) {
  return fmt::format("/dev/fd/{}", descriptor);
}

std::string read_all(int descriptor, std::size_t limit) {
  std::string bytes;
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count == 0) {
      return bytes;
    }
    if (count < 0) {
      if (errno == EINTR) {
        continue;
      }
      fail("it cannot be read");
    }
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
    if (bytes.size() > limit) {
      throw base::Failure(fmt::format("it is larger than {} MiB", limit >> 20U));
    }
  }
}

}  // namespace process
