#include "cli/report_file.hpp"

#include "base/failure.hpp"
#include "cli/successor.hpp"

#include <cerrno>
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

WriteFailure cannot_write(const std::string& name) {
  return [name](int error) { fail(name, error); };
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
  const Successor probe(m_target, cannot_write(m_name));
}

void ReportFile::write(std::string_view text) const {
  if (!m_in_place) {
    Successor file(m_target, cannot_write(m_name));
    file.write(text);
    file.become_target();
    return;
  }
  const Descriptor file(::open(m_target.c_str(), O_WRONLY | O_CLOEXEC));
  if (file.number() == -1) {
    fail(m_name, errno);
  }
  write_all(file.number(), text, cannot_write(m_name));
}

}  // namespace cli
