// The one family of exceptions that means "cannot go on". main() prints the message, then the
// next step, and leaves with the exit code. What is wrong with a user's values is no Failure but
// a text::Diagnostic in a sink, so that many can be told at once.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace base {

class Failure : public std::runtime_error {
 public:
  // `message` is one plain sentence without a trailing newline; `next` says what to do, or is
  // empty.
  explicit Failure(const std::string& message, std::string next = {}, int exit_code = 1)
      : std::runtime_error(message), m_next(std::move(next)), m_exit_code(exit_code) {}

  const std::string& next() const { return m_next; }
  int exit_code() const { return m_exit_code; }

 private:
  std::string m_next;
  int m_exit_code;
};

// A promise of our own is broken (a rewrite reads back differently, a leaf has no fate). Nothing is
// ever written after it.
class InternalError : public Failure {
 public:
  explicit InternalError(const std::string& message)
      : Failure("internal error: " + message, "Please report this with the command you ran.") {}
};

}  // namespace base
