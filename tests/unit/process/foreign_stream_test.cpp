#include "process/foreign_stream.hpp"

#include <array>
#include <gtest/gtest.h>
#include <string>
#include <unistd.h>

namespace process {
namespace {

TEST(ForeignStream, IsTheStandardErrorOfThatProcess) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const int kept = ::dup(STDERR_FILENO);
  ::dup2(ends[1], STDERR_FILENO);
  const int stream = stderr_of(::getpid());
  ::dup2(kept, STDERR_FILENO);
  ::close(kept);
  ASSERT_GE(stream, 0);
  ASSERT_EQ(::write(stream, "words", 5), 5);
  std::array<char, 16> buffer{};
  ASSERT_EQ(::read(ends[0], buffer.data(), buffer.size()), 5);
  EXPECT_EQ(std::string(buffer.data(), 5), "words");
  for (const int end : {stream, ends[0], ends[1]}) {
    ::close(end);
  }
}

TEST(ForeignStream, OfNobodyIsNone) {
  EXPECT_LT(stderr_of(0x7fffffff), 0);
}

}  // namespace
}  // namespace process
