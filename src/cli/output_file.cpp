#include "cli/output_file.hpp"

#include "base/failure.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace cli {
namespace {

[[noreturn]] void fail(std::string_view verb, const std::string& path, int error) {
  const char* next =
      error == ENOSPC || error == EDQUOT ? "Make room and run it again."
      : error == EACCES || error == EROFS || error == EPERM
          ? "Check its permissions and those of its folder, or write elsewhere with -o."
          : "";
  throw base::Failure(fmt::format("cannot {} {}: {}", verb, path, std::strerror(error)), next);
}

class Descriptor {
 public:
  explicit Descriptor(int number) : m_number(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (m_number > STDERR_FILENO) {
      ::close(m_number);
    }
  }
  int number() const { return m_number; }

 private:
  int m_number;
};

void write_all(int descriptor, std::string_view text, const std::string& path) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      fail("write", path, errno);
    }
  }
}

// A file beside the target that vanishes unless it takes the target's place.
class Successor {
 public:
  Successor(const std::string& target, std::string shown) : m_shown(std::move(shown)) {
    const std::filesystem::path path(target);
    m_path = (path.parent_path() / ("." + path.filename().string() + ".XXXXXX")).string();
    m_descriptor = ::mkostemp(m_path.data(), O_CLOEXEC);
    if (m_descriptor == -1) {
      fail("write", m_shown, errno);
    }
  }
  Successor(const Successor&) = delete;
  Successor& operator=(const Successor&) = delete;
  ~Successor() {
    ::close(m_descriptor);
    if (!m_path.empty()) {
      ::unlink(m_path.c_str());
    }
  }

  int descriptor() const { return m_descriptor; }

  void look_like(const struct stat& file) const {
    struct stat mine = {};
    if (::fstat(m_descriptor, &mine) != 0) {
      fail("write", m_shown, errno);
    }
    const bool other = mine.st_uid != file.st_uid || mine.st_gid != file.st_gid;
    if (other && ::fchown(m_descriptor, file.st_uid, file.st_gid) != 0) {
      throw base::Failure(fmt::format("cannot replace {}: it belongs to another user or group, "
                                      "which the new file could not keep",
                                      m_shown),
                          "Run it as its owner, or write to a file of your own with -o.");
    }
    if (::fchmod(m_descriptor, file.st_mode & 07777U) != 0) {
      fail("write", m_shown, errno);
    }
  }

  void look_new() const {
    const mode_t mask = ::umask(0);
    ::umask(mask);
    if (::fchmod(m_descriptor, 0666U & ~mask) != 0) {
      fail("write", m_shown, errno);
    }
  }

  void become(const std::string& target) {
    if (::fsync(m_descriptor) != 0 || std::rename(m_path.c_str(), target.c_str()) != 0) {
      fail("write", m_shown, errno);
    }
    m_path.clear();
  }

 private:
  std::string m_shown;
  std::string m_path;
  int m_descriptor = -1;
};

std::string resolved(const std::string& path) {
  std::error_code error;
  std::string target = std::filesystem::weakly_canonical(path, error).string();
  if (error) {
    fail("write", path, error.value());
  }
  return target;
}

}  // namespace

std::string read_input(const std::string& path) {
  const bool is_stdin = path == "-";
  const std::string shown = is_stdin ? "standard input" : path;
  const Descriptor file(is_stdin ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() == -1) {
    fail("read", shown, errno);
  }
  struct stat status = {};
  if (::fstat(file.number(), &status) == 0 && S_ISDIR(status.st_mode)) {
    fail("read", shown, EISDIR);
  }
  std::string bytes;
  std::string buffer(std::size_t{64} << 10U, '\0');
  for (;;) {
    const ssize_t count = ::read(file.number(), buffer.data(), buffer.size());
    if (count == 0) {
      return bytes;
    }
    if (count > 0) {
      bytes.append(buffer, 0, static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      fail("read", shown, errno);
    }
    if (bytes.size() > k_largest_input) {
      throw base::Failure(fmt::format("{} is larger than {} MiB", shown, k_largest_input >> 20U),
                          "Is it a file of values? Helm stores at most about 1 MiB of them.");
    }
  }
}

void require_replaceable(const std::string& path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno != ENOENT) {
      fail("write", path, errno);
    }
  } else if (S_ISDIR(status.st_mode)) {
    fail("write", path, EISDIR);
  } else if (!S_ISREG(status.st_mode)) {
    return;
  } else if ((status.st_mode & 0222U) == 0 || ::access(path.c_str(), W_OK) != 0) {
    throw base::Failure(fmt::format("cannot write {}: it is read-only", path),
                        "Make it writable (chmod u+w), or write to another file with -o.");
  }
  // Only making a file shows that one can be made: access() knows no quota and no full disk.
  const Successor probe(resolved(path), path);
}

void replace_file(const std::string& path, std::string_view text) {
  struct stat status = {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && !S_ISREG(status.st_mode)) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (file.number() == -1) {
      fail("write", path, errno);
    }
    write_all(file.number(), text, path);
    return;
  }
  const std::string target = resolved(path);
  Successor file(target, path);
  if (exists) {
    file.look_like(status);
  } else {
    file.look_new();
  }
  write_all(file.descriptor(), text, path);
  file.become(target);
}

}  // namespace cli
