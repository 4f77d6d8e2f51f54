#include "cli/progress.hpp"

#include <chrono>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <string>
#include <unistd.h>

namespace {

// Collects what is written to standard error.
class Errors {
 public:
  Errors() : m_before(::dup(STDERR_FILENO)) {
    int ends[2] = {};
    if (::pipe2(ends, O_CLOEXEC) != 0) {
      throw std::runtime_error("no pipe");
    }
    m_reader = ends[0];
    ::dup2(ends[1], STDERR_FILENO);
    ::close(ends[1]);
  }
  Errors(const Errors&) = delete;
  Errors& operator=(const Errors&) = delete;
  ~Errors() {
    ::dup2(m_before, STDERR_FILENO);
    ::close(m_before);
    ::close(m_reader);
  }

  // Waits for something to read.
  std::string next() const {
    char bytes[4096];
    const ssize_t count = ::read(m_reader, bytes, sizeof bytes);
    return {bytes, count > 0 ? static_cast<std::size_t>(count) : 0U};
  }
  // All that there is.
  std::string rest() const {
    ::fcntl(m_reader, F_SETFL, O_NONBLOCK);
    std::string all;
    for (std::string more = next(); !more.empty(); more = next()) {
      all += more;
    }
    return all;
  }

 private:
  int m_before;
  int m_reader = -1;
};

TEST(Progress, ShowsNothingOfAStepThatIsOverAtOnce) {
  const Errors errors;
  {
    cli::Progress progress{std::chrono::hours(1)};
    progress.begin("reading");
    progress.begin("writing");
    progress.clear();
  }
  EXPECT_EQ(errors.rest(), "");
}

TEST(Progress, RewritesOneLineAndErasesIt) {
  const Errors errors;
  cli::Progress progress{std::chrono::milliseconds(1)};
  progress.begin("reading");
  EXPECT_TRUE(errors.next().starts_with("\r\x1b[K  reading … 0 s"));
  progress.clear();
  const std::string rest = errors.rest();
  EXPECT_TRUE(rest.ends_with("\r\x1b[K")) << rest;
  EXPECT_EQ(rest.find('\n'), std::string::npos);
  EXPECT_EQ(errors.rest(), "");
}

TEST(Progress, IsErasedWhenItEnds) {
  const Errors errors;
  {
    cli::Progress progress{std::chrono::milliseconds(1)};
    progress.begin("reading");
    (void)errors.next();
  }
  EXPECT_TRUE(errors.rest().ends_with("\r\x1b[K"));
}

}  // namespace
