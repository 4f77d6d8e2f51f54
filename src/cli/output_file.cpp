#include "cli/output_file.hpp"

#include "base/failure.hpp"
#include "cli/successor.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

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

WriteFailure cannot_write(const std::string& path) {
  return [path](int error) { fail("write", path, error); };
}

void look_like(const Successor& file, const struct stat& old, const std::string& path) {
  struct stat mine = {};
  if (::fstat(file.descriptor(), &mine) != 0) {
    fail("write", path, errno);
  }
  const bool other = mine.st_uid != old.st_uid || mine.st_gid != old.st_gid;
  if (other && ::fchown(file.descriptor(), old.st_uid, old.st_gid) != 0) {
    throw base::Failure(fmt::format("cannot replace {}: it belongs to another user or group, "
                                    "which the new file could not keep",
                                    path),
                        "Run it as its owner, or write to a file of your own with -o.");
  }
  if (::fchmod(file.descriptor(), old.st_mode & 07777U) != 0) {
    fail("write", path, errno);
  }
}

void look_new(const Successor& file, const std::string& path) {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  if (::fchmod(file.descriptor(), 0666U & ~mask) != 0) {
    fail("write", path, errno);
  }
}

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
  const Successor probe(resolved(path), cannot_write(path));
}

void replace_file(const std::string& path, std::string_view text) {
  struct stat status = {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && !S_ISREG(status.st_mode)) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (file.number() == -1) {
      fail("write", path, errno);
    }
    write_all(file.number(), text, cannot_write(path));
    return;
  }
  Successor file(resolved(path), cannot_write(path));
  if (exists) {
    look_like(file, status, path);
  } else {
    look_new(file, path);
  }
  file.write(text);
  file.become_target();
}

}  // namespace cli
