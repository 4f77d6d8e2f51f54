#include "cli/messages.hpp"

#include "cli/streams.hpp"
#include "process/foreign_stream.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace cli {
namespace {

int open_file(std::string& name) {
  const char* folder = std::getenv("TMPDIR");
  name = fmt::format("{}/c8upgrade-messages-XXXXXX",
                     folder == nullptr || *folder == '\0' ? "/tmp" : folder);
  return ::mkostemp(name.data(), O_CLOEXEC);
}

}  // namespace

Messages::Messages(int helm_id) {
  if (helm_id == 0) {
    return;
  }
  int stream = process::stderr_of(helm_id);
  if (stream < 0) {
    stream = ::open("/dev/tty", O_WRONLY | O_CLOEXEC | O_NOCTTY);
  }
  if (stream < 0) {
    stream = open_file(m_file);
  }
  if (stream < 0) {
    m_file.clear();
    return;
  }
  m_given = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  ::dup2(stream, STDERR_FILENO);
  ::close(stream);
}

Messages::~Messages() {
  if (m_given >= 0) {
    ::dup2(m_given, STDERR_FILENO);
    ::close(m_given);
  }
}

void Messages::last_words(const std::string& sentence) const {
  if (m_given >= 0) {
    try {
      write_to(m_given, sentence + "\n");
    } catch (...) {  // nobody reads it
    }
  }
}

}  // namespace cli
