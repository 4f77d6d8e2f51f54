// Where the messages of a post-renderer go. Helm 3 shows its standard error only when it fails, and
// Helm 4 never.
#pragma once

#include <string>

namespace cli {

// Standard error becomes that of Helm itself, or, where it cannot be had, a file: `file` says
// which. What was standard error before is kept for the sentence that Helm shows on failure.
class Messages {
 public:
  // `helm_id`: the process of the Helm that runs us; 0 leaves everything as it is.
  explicit Messages(int helm_id);
  Messages(const Messages&) = delete;
  Messages& operator=(const Messages&) = delete;
  ~Messages();

  const std::string& file() const { return m_file; }
  // Says it on the standard error that we were given, if that is another one by now.
  void last_words(const std::string& sentence) const;

 private:
  int m_given = -1;
  std::string m_file;
};

}  // namespace cli
