// A file that is replaced in one step: whoever looks, and whenever the program is stopped, it is
// the old one or the new one, complete.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cli {

// Far more than Helm can store of values, and little enough to be read in seconds.
inline constexpr std::size_t k_largest_input = std::size_t{16} << 20U;

// The bytes of a file, or of standard input for "-". Throws base::Failure for what cannot be read,
// a directory, and what is larger than k_largest_input.
std::string read_input(const std::string& path);

// Throws base::Failure when the file could not be replaced: it is read-only, or its folder is.
void require_replaceable(const std::string& path);

// Writes a file with the mode and the owner that it has; a symbolic link is followed. A pipe or
// device is written to. Throws base::Failure; the file is the old one then.
void replace_file(const std::string& path, std::string_view text);

}  // namespace cli
