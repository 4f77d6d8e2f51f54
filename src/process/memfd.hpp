// Linux only: bytes in an anonymous file in memory, which children inherit and read as often as
// they like under /dev/fd/N. Nothing readable by others ever stands on a disk.
#pragma once

#include <string>
#include <string_view>

namespace process {

// The descriptor stays open (and inheritable) until the process ends or becomes another program,
// which inherits it. Throws base::Failure when the kernel refuses.
int make_memfd(std::string_view name, std::string_view bytes);
// "/dev/fd/N"
std::string descriptor_path(int descriptor);
// Reads a descriptor, which may be a pipe, to its end. Throws base::Failure when it cannot be read
// or holds more than `limit` bytes; the message calls it "it", the caller knows its name.
std::string read_all(int descriptor, std::size_t limit);

}  // namespace process
