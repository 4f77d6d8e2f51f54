#include "cli/report_file.hpp"

#include "base/failure.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace cli {
namespace {

[[noreturn]] void fail(const std::string& name, int error) {
  throw base::Failure("cannot write the report " + name + ": " + std::strerror(error),
                      "Give --report a file in a directory that exists and that you may write to.");
}

// A file beside the target that vanishes unless it is renamed to it.
class TemporaryFile {
 public:
  TemporaryFile(const std::string& target, const std::string& name) : m_name(name) {
    const std::filesystem::path path(target);
    m_path = (path.parent_path() / ("." + path.filename().string() + ".XXXXXX")).string();
    m_descriptor = ::mkostemp(m_path.data(), O_CLOEXEC);
    if (m_descriptor == -1) {
      fail(m_name, errno);
    }
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    ::close(m_descriptor);
    if (!m_path.empty()) {
      ::unlink(m_path.c_str());
    }
  }

  int descriptor() const { return m_descriptor; }

  void become(const std::string& target) {
    if (::fsync(m_descriptor) != 0 || std::rename(m_path.c_str(), target.c_str()) != 0) {
      fail(m_name, errno);
    }
    m_path.clear();
  }

 private:
  std::string m_name;
  std::string m_path;
  int m_descriptor = -1;
};

void write_all(int descriptor, std::string_view text, const std::string& name) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      fail(name, errno);
    }
  }
}

bool is_device(const std::string& path) {
  return path.starts_with("/dev/") || path.starts_with("/proc/");
}

}  // namespace

ReportFile::ReportFile(std::string path) : m_name(std::move(path)), m_target(m_name) {
  struct stat found = {};
  if (::stat(m_name.c_str(), &found) == 0) {
    if (S_ISDIR(found.st_mode)) {
      fail(m_name, EISDIR);
    }
    m_in_place = !S_ISREG(found.st_mode) || is_device(m_name);
    if (::access(m_name.c_str(), W_OK) != 0) {
      fail(m_name, errno);
    }
  } else if (errno != ENOENT || m_name.empty() || m_name.back() == '/') {
    fail(m_name, m_name.empty() ? ENOENT : errno);
  }
  if (m_in_place) {
    return;
  }
  std::error_code error;
  m_target = std::filesystem::weakly_canonical(m_name, error).string();
  if (error) {
    fail(m_name, error.value());
  }
  // Only making a file shows that one can be made: access() knows no quota and no full disk.
  const TemporaryFile probe(m_target, m_name);
}

void ReportFile::write(std::string_view text) const {
  if (!m_in_place) {
    TemporaryFile file(m_target, m_name);
    write_all(file.descriptor(), text, m_name);
    file.become(m_target);
    return;
  }
  const int descriptor = ::open(m_target.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor == -1) {
    fail(m_name, errno);
  }
  try {
    write_all(descriptor, text, m_name);
  } catch (...) {
    ::close(descriptor);
    throw;
  }
  ::close(descriptor);
}

}  // namespace cli
