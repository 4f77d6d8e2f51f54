// All bytes of a stream, for input of any size.
#pragma once

#include <cstddef>
#include <string_view>

namespace process {

// Memory that grows in its place: addresses are reserved at once, and only what is written to takes
// memory.
class Bytes {
 public:
  // Throws std::bad_alloc.
  Bytes();
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;
  Bytes(Bytes&& other) noexcept;
  Bytes& operator=(Bytes&&) = delete;
  ~Bytes();

  std::string_view view() const { return {m_begin, m_size}; }
  // Where the next bytes go, and how many fit. Throws std::bad_alloc when none does.
  char* room(std::size_t& size);
  void wrote(std::size_t count) { m_size += count; }

 private:
  char* m_begin = nullptr;
  std::size_t m_size = 0;
  std::size_t m_reserved = 0;
};

// Reads the descriptor to its end. Throws base::Failure when it cannot be read; the message calls
// it `name`.
Bytes read_everything(int descriptor, std::string_view name);

// Writes everything, without copying where the descriptor is a pipe: the bytes must not change any
// more while the process lives. Returns 0 or an errno.
int write_everything(int descriptor, const Bytes& bytes) noexcept;

}  // namespace process
