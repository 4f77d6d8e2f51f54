// A file in the making beside the one whose place it takes in one step.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace cli {

// Says what could not be written, by errno: throws base::Failure.
using WriteFailure = std::function<void(int)>;

// Closes what it owns, but never a standard stream.
class Descriptor {
 public:
  explicit Descriptor(int number) : m_number(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();

  int number() const { return m_number; }

 private:
  int m_number;
};

void write_all(int descriptor, std::string_view text, const WriteFailure& fail);

// Vanishes unless it becomes the target. Readable by its owner only.
class Successor {
 public:
  Successor(std::string target, WriteFailure fail);
  Successor(const Successor&) = delete;
  Successor& operator=(const Successor&) = delete;
  ~Successor();

  int descriptor() const { return m_descriptor; }
  void write(std::string_view text) const { write_all(m_descriptor, text, m_fail); }
  void become_target();

 private:
  std::string m_target;
  WriteFailure m_fail;
  std::string m_path;
  int m_descriptor = -1;
};

}  // namespace cli
