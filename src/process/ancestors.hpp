// Linux only: who called us, from /proc.
#pragma once

#include <string>
#include <vector>

namespace process {

struct Ancestor {
  int id = 0;
  std::string executable;          // its file; "" when it cannot be read
  std::vector<std::string> words;  // its command line, the program first; empty likewise
  std::string directory;           // its working directory; "" likewise
};

// The parent first, then its parent; at most `depth`, and none beyond the first process that is not
// to be seen.
std::vector<Ancestor> ancestors(int depth);

// Our own program's file and working directory, in the same spelling.
std::string own_executable();
std::string own_directory();

}  // namespace process
