#include "helm/sources.hpp"

#include "base/failure.hpp"
#include "base/secrets.hpp"
#include "base/strings.hpp"
#include "helm/flag_value.hpp"
#include "helm/remote.hpp"
#include "helm/set_words.hpp"
#include "process/memfd.hpp"
#include "text/source.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace helm {
namespace {

// A release is stored in a Secret of at most 1 MiB; nothing that is read from here can be larger by
// much, and Helm needs a minute for 50 MB.
constexpr std::size_t k_limit = std::size_t{16} << 20U;

class Descriptor {
 public:
  explicit Descriptor(int number) : m_number(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (m_number > STDIN_FILENO) {
      ::close(m_number);
    }
  }
  int number() const { return m_number; }

 private:
  int m_number;
};

bool is_stdin(std::string_view path) {
  return base::trim(path) == "-";
}

// A path whose content is another process's or descriptor's, whatever stat says.
bool is_special_path(std::string_view path) {
  return path.starts_with("/dev/") || path.starts_with("/proc/");
}

struct Content {
  std::string bytes;
  bool regular = false;
};

[[noreturn]] void cannot_read(const std::string& name, int error) {
  if (error == ENOENT) {
    throw base::Failure(fmt::format("{}: there is no such file", name),
                        "Relative names count from the current directory.");
  }
  if (error == EACCES) {
    throw base::Failure(fmt::format("{}: it must not be read (permission denied)", name),
                        fmt::format("Check its owner and mode: ls -l {}", name));
  }
  throw base::Failure(fmt::format("{}: it cannot be read: {}", name, std::strerror(error)));
}

[[noreturn]] void too_large(const std::string& name) {
  throw base::Failure(
      fmt::format("{}: larger than {} MiB, which no Helm release can hold", name, k_limit >> 20U),
      "Is it the right file?");
}

Content read_path(const std::string& path, const std::string& name) {
  const int opened = is_stdin(path) ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (opened < 0) {
    cannot_read(name, errno);
  }
  const Descriptor file(opened);
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) {
    cannot_read(name, errno);
  }
  if (S_ISDIR(status.st_mode)) {
    throw base::Failure(fmt::format("{}: a directory, where a file is needed", name));
  }
  if (S_ISREG(status.st_mode) && static_cast<std::size_t>(status.st_size) > k_limit) {
    too_large(name);
  }
  std::string bytes;
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t count = ::read(file.number(), buffer.data(), buffer.size());
    if (count < 0 && errno != EINTR) {
      cannot_read(name, errno);
    }
    if (count == 0) {
      break;
    }
    bytes.append(buffer.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    if (bytes.size() > k_limit) {
      too_large(name);
    }
  }
  const bool regular = S_ISREG(status.st_mode) && !is_stdin(path) && !is_special_path(path);
  return {std::move(bytes), regular};
}

std::string name_of_path(const std::string& path) {
  if (path.empty()) {
    return "the file \"\"";
  }
  return is_stdin(path) ? "standard input" : base::hide_url_passwords(path);
}

Source open_file(const ValueWord& word) {
  Source source{word, name_of_path(word.text), nullptr, -1};
  if (is_remote(word.text)) {
    return source;
  }
  Content content = read_path(word.text, source.name);
  text::require_text(text::Source(source.name, content.bytes));
  if (!content.regular) {
    source.descriptor = process::make_memfd("values", content.bytes);
    source.word.text = process::descriptor_path(source.descriptor);
  }
  source.bytes = std::make_shared<const std::string>(std::move(content.bytes));
  return source;
}

// Replaces every path in the text of a --set-file that cannot be read twice.
Source open_set_file(const ValueWord& word) {
  Source source{word, set_name(word.kind, word.text), nullptr, -1};
  std::string text;
  std::size_t copied = 0;
  for (const SetPart& part : read_set(word.kind, word.text)) {
    for (const SetPiece& piece : part.pieces) {
      if (is_remote(piece.decoded)) {
        continue;
      }
      const std::string name = fmt::format("{} ({})", name_of_path(piece.decoded), source.name);
      const Content content = read_path(piece.decoded, name);
      if (content.regular) {
        continue;
      }
      source.descriptor = process::make_memfd("set-file", content.bytes);
      text += word.text.substr(copied, piece.begin - copied);
      text += process::descriptor_path(source.descriptor);
      copied = piece.end;
    }
  }
  source.word.text = text + word.text.substr(copied);
  return source;
}

}  // namespace

std::vector<Source> open_sources(const std::vector<ValueWord>& words) {
  std::vector<Source> sources;
  for (const ValueKind kind :
       {ValueKind::file, ValueKind::set_json, ValueKind::set, ValueKind::set_string,
        ValueKind::set_file, ValueKind::set_literal}) {
    for (const ValueWord& word : words) {
      if (word.kind != kind) {
        continue;
      }
      if (kind == ValueKind::file) {
        sources.push_back(open_file(word));
      } else if (kind == ValueKind::set_file) {
        sources.push_back(open_set_file(word));
      } else {
        sources.push_back({word, set_name(kind, word.text), nullptr, -1});
      }
    }
  }
  return sources;
}

std::vector<std::string> value_words(const std::vector<Source>& sources) {
  std::vector<std::string> words;
  for (const Source& source : sources) {
    words.emplace_back(flag_of(source.word.kind));
    words.push_back(source.word.kind == ValueKind::file ? csv_field(source.word.text)
                                                        : source.word.text);
  }
  return words;
}

}  // namespace helm
