#include "process/bytes.hpp"

#include "base/failure.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <new>
#include <unistd.h>
#include <utility>

namespace process {
namespace {

constexpr std::size_t k_first = std::size_t{1} << 20U;
constexpr int k_pipe = 1 << 20;  // what an ordinary user may ask for

}  // namespace

Bytes::Bytes(Bytes&& other) noexcept
    : m_begin(std::exchange(other.m_begin, nullptr)),
      m_size(std::exchange(other.m_size, 0)),
      m_capacity(std::exchange(other.m_capacity, 0)) {}

Bytes::~Bytes() {
  std::free(m_begin);
}

char* Bytes::room(std::size_t& size) {
  if (m_size == m_capacity) {
    const std::size_t wanted = std::max(k_first, m_capacity * 2);
    // glibc's realloc moves large blocks with mremap, which copies nothing.
    void* moved = std::realloc(m_begin, wanted);
    if (moved == nullptr) {
      throw std::bad_alloc();
    }
    m_begin = static_cast<char*>(moved);
    m_capacity = wanted;
  }
  size = m_capacity - m_size;
  return m_begin + m_size;
}

Bytes read_everything(int descriptor, std::string_view name) {
  (void)::fcntl(descriptor, F_SETPIPE_SZ, k_pipe);  // fewer calls; no matter when it is no pipe
  Bytes bytes;
  for (;;) {
    std::size_t size = 0;
    char* room = bytes.room(size);
    const ssize_t count = ::read(descriptor, room, size);
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

}  // namespace process
