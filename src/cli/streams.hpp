// The three standard streams. Messages go to stderr, stdout carries only what was asked for.
#pragma once

#include <string_view>

namespace cli {

// Standard output cannot take what was asked for because nobody reads it any more. Not a
// std::exception on purpose: nothing is said about it, the exit code is 1.
struct OutputClosed {};

// For main(), first of all: a write to a closed pipe becomes an error instead of a signal, and a
// stream that the caller has closed is occupied, so that no file of ours gets its number.
void prepare_streams();

// Writes everything. Throws OutputClosed, or base::Failure for any other reason (a full disk).
void write_stdout(std::string_view text);
// The same for any descriptor that somebody gave us.
void write_to(int descriptor, std::string_view text);
// Throws what write_stdout() throws when this errno is not 0.
void require_written(int error);
// Writes what it can: where nothing can be told there is nobody to tell it to.
void write_stderr(std::string_view text) noexcept;

}  // namespace cli
