#include "cli/successor.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>
#include <utility>

namespace cli {

Descriptor::~Descriptor() {
  if (m_number > STDERR_FILENO) {
    ::close(m_number);
  }
}

void write_all(int descriptor, std::string_view text, const WriteFailure& fail) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      fail(errno);
    }
  }
}

Successor::Successor(std::string target, WriteFailure fail)
    : m_target(std::move(target)), m_fail(std::move(fail)) {
  const std::filesystem::path path(m_target);
  m_path = (path.parent_path() / ("." + path.filename().string() + ".XXXXXX")).string();
  m_descriptor = ::mkostemp(m_path.data(), O_CLOEXEC);
  if (m_descriptor == -1) {
    m_fail(errno);
  }
}

Successor::~Successor() {
  ::close(m_descriptor);
  if (!m_path.empty()) {
    ::unlink(m_path.c_str());
  }
}

void Successor::become_target() {
  if (::fsync(m_descriptor) != 0 || std::rename(m_path.c_str(), m_target.c_str()) != 0) {
    m_fail(errno);
  }
  m_path.clear();
}

}  // namespace cli
