// The value sources of a run, read exactly once each, and what Helm makes of them.
#pragma once

#include "helm/command_line.hpp"
#include "values/value.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace helm {

// A source that later calls can name as often as they like. What was no regular file (stdin, a
// pipe, /dev/fd/N) or came through a getter stands in a memfd: `word.text` is then /dev/fd/N of
// ours, inherited by every child.
struct Source {
  ValueWord word;     // what a Helm call is given
  std::string name;   // for messages: the file's name as written, "standard input", "--set a.b"
  std::shared_ptr<const std::string> bytes;  // a values file's text, when it is one; for line and column
  int descriptor = -1;                       // of the memfd, if any
};

// Spools what cannot be read twice. Order of the result is Helm's order of merging: files, then
// --set-json, --set, --set-string, --set-file, --set-literal (helm-facts §3). Throws base::Failure
// for a file that is missing, unreadable, a directory, too large (64 MiB) or not UTF-8.
// A source that only Helm can read (URL, getter) is left as it is; read_values() spools it.
std::vector<Source> open_sources(const std::vector<ValueWord>&);

// What Helm reads from all sources together, with the origin of every node: index into `sources`,
// line and column for files. At most two rounds of Helm calls, each side by side: one probe per
// source when there are several, and one for all.
values::Value read_values(std::vector<Source>& sources);

// The words for a Helm call that reads these sources (-f …, --set …).
std::vector<std::string> value_words(const std::vector<Source>&);

// The translated values for the real Helm: a memfd with YAML plus `--set` words for integers that
// came from --set (int64 in Helm; 1000000 from a file would print as 1e+06).
struct Handed {
  std::vector<std::string> words;
  int descriptor = -1;
};
Handed hand_values(const values::Value&);

}  // namespace helm
