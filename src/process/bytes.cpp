#include "process/bytes.hpp"

#include "base/failure.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <new>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utility>

namespace process {
namespace {

constexpr std::size_t k_most = std::size_t{1} << 36U;   // addresses cost nothing
constexpr std::size_t k_least = std::size_t{1} << 26U;  // where they are rationed (ulimit -v)
constexpr std::size_t k_at_once = std::size_t{1} << 22U;
constexpr int k_pipe = 1 << 20;  // what an ordinary user may ask for

// So that both ends of a pipe wait for each other less often.
void widen_pipe(int descriptor) {
  (void)::fcntl(descriptor, F_SETPIPE_SZ, k_pipe);
}

bool is_pipe(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 && S_ISFIFO(status.st_mode);
}

}  // namespace

Bytes::Bytes() {
  for (m_reserved = k_most; m_reserved >= k_least; m_reserved /= 2) {
    void* reserved = ::mmap(nullptr, m_reserved, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (reserved != MAP_FAILED) {
      m_begin = static_cast<char*>(reserved);
      // The first touch of a page costs more than what is written to it.
      (void)::madvise(reserved, m_reserved, MADV_HUGEPAGE);
      return;
    }
  }
  throw std::bad_alloc();
}

Bytes::Bytes(Bytes&& other) noexcept
    : m_begin(std::exchange(other.m_begin, nullptr)),
      m_size(std::exchange(other.m_size, 0)),
      m_reserved(std::exchange(other.m_reserved, 0)) {}

Bytes::~Bytes() {
  if (m_begin != nullptr) {
    ::munmap(m_begin, m_reserved);
  }
}

char* Bytes::room(std::size_t& size) {
  size = m_reserved - m_size;
  if (size == 0) {
    throw std::bad_alloc();
  }
  return m_begin + m_size;
}

Bytes read_everything(int descriptor, std::string_view name) {
  widen_pipe(descriptor);
  Bytes bytes;
  for (;;) {
    std::size_t size = 0;
    char* room = bytes.room(size);
    const ssize_t count = ::read(descriptor, room, std::min(size, k_at_once));
    if (count == 0) {
      return bytes;
    }
    if (count > 0) {
      bytes.wrote(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      throw base::Failure(fmt::format("{} cannot be read: {}", name, std::strerror(errno)));
    }
  }
}

int write_everything(int descriptor, const Bytes& bytes) noexcept {
  widen_pipe(descriptor);
  bool by_page = is_pipe(descriptor);
  std::string_view rest = bytes.view();
  while (!rest.empty()) {
    ssize_t count = 0;
    if (by_page) {
      // The pipe takes the pages themselves; the reader sees them even when we are gone.
      const iovec piece{const_cast<char*>(rest.data()), rest.size()};
      count = ::vmsplice(descriptor, &piece, 1, 0);
      if (count < 0 && errno != EINTR && errno != EPIPE) {
        by_page = false;
        continue;
      }
    } else {
      count = ::write(descriptor, rest.data(), rest.size());
    }
    if (count >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

}  // namespace process
