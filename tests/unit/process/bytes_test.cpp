#include "process/bytes.hpp"

#include "base/failure.hpp"

#include <gtest/gtest.h>
#include <string>
#include <thread>
#include <unistd.h>

namespace process {
namespace {

TEST(Bytes, ReadsAPipeToItsEnd) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  std::string sent;
  for (int i = 0; sent.size() < 5000000; ++i) {
    sent += std::to_string(i);
  }
  std::thread writer([&] {
    std::string_view rest = sent;
    while (!rest.empty()) {
      const ssize_t count = ::write(ends[1], rest.data(), rest.size());
      if (count <= 0) {
        break;
      }
      rest.remove_prefix(static_cast<std::size_t>(count));
    }
    ::close(ends[1]);
  });
  const Bytes bytes = read_everything(ends[0], "the pipe");
  writer.join();
  ::close(ends[0]);
  EXPECT_TRUE(bytes.view() == sent);
}

TEST(Bytes, SaysWhatCannotBeRead) {
  try {
    read_everything(-1, "standard input");
    FAIL();
  } catch (const base::Failure& failure) {
    EXPECT_TRUE(std::string(failure.what()).starts_with("standard input cannot be read"));
  }
}

}  // namespace
}  // namespace process
