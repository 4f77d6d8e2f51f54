// All bytes of a stream, for input of any size.
#pragma once

#include <cstddef>
#include <string_view>

namespace process {

// Memory that grows without being copied: Linux moves the pages of a large block, and only those
// that were written to count.
class Bytes {
 public:
  Bytes() = default;
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;
  Bytes(Bytes&& other) noexcept;
  Bytes& operator=(Bytes&&) = delete;
  ~Bytes();

  std::string_view view() const { return {m_begin, m_size}; }
  // Room for at least one byte more; returns where it begins and how much there is.
  char* room(std::size_t& size);
  void wrote(std::size_t count) { m_size += count; }

 private:
  char* m_begin = nullptr;
  std::size_t m_size = 0;
  std::size_t m_capacity = 0;
};

// Reads the descriptor to its end. Throws base::Failure when it cannot be read; the message calls
// it `name`.
Bytes read_everything(int descriptor, std::string_view name);

}  // namespace process
