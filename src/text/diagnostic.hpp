// What is told to a person about their input, as data: rendered as text with a caret by
// text/render, as JSON by report/. Messages never hold a secret value.
#pragma once

#include <string>
#include <vector>

namespace text {

enum class Severity { note, warning, error };

// Where something was written. `file` is a file's name as the user gave it, or the flag
// ("--set zeebe.clusterSize"); line and column count from 1, 0 means unknown.
struct Location {
  std::string file;
  int line = 0;
  int column = 0;

  friend bool operator==(const Location&, const Location&) = default;
};

struct Diagnostic {
  std::string rule;  // the catalogue's id; what --accept takes
  Severity severity = Severity::note;
  std::vector<std::string> subjects;  // exact names of what it is about
  std::string message;                // one or two short sentences
  Location location;                  // empty file: about nothing in particular
  std::string next;                   // what to do, or empty
  std::string source;                 // chart file, doc or issue the fact comes from
};

// Where findings go is the caller's decision.
using Sink = std::vector<Diagnostic>;

}  // namespace text
