// The value sources of a run, read exactly once each, and what Helm makes of them.
#pragma once

#include "helm/command_line.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"
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
  ValueWord word;    // what a Helm call is given
  std::string name;  // for messages: the file's name as written, "standard input", "--set a.b"
  std::shared_ptr<const std::string>
      bytes;            // a values file's text, when it is one; for line and column
  int descriptor = -1;  // of the memfd, if any
};

// Spools what cannot be read twice. Order of the result is Helm's order of merging: files, then
// --set-json, --set, --set-string, --set-file, --set-literal. Files that --set-file names are
// spooled the same way, within `word.text`. Throws base::Failure for a file that is missing,
// unreadable, a directory, larger than 16 MiB (no Helm release can hold that) or, if a values file,
// no UTF-8. A source that only Helm can read (URL, getter) is left as it is; read_values() spools
// it.
std::vector<Source> open_sources(const std::vector<ValueWord>&);

// What Helm reads from all sources together, with the origin of every node: index into `sources`,
// line and column for files. No source, no call. Else one call for all when our own reading of the
// files agrees with Helm's, and at most two rounds of calls side by side when a getter must be
// asked or a file holds what our reader does not read as Helm does: then one call for such a
// source, too. `notes` gets what is worth telling about the files (a duplicate key). Throws
// base::Failure with file, line, column and a caret for what is no YAML, and a plain sentence for
// whatever else Helm refuses.
values::Value read_values(std::vector<Source>& sources, text::Sink* notes = nullptr);

// What Helm reads from each of these values files by itself, whatever their names: only their bytes
// count. Throws base::Failure when Helm refuses one.
std::vector<values::Value> read_each(const std::vector<text::Source>& files);

// The words for a Helm call that reads these sources (-f …, --set …).
std::vector<std::string> value_words(const std::vector<Source>&);

// The translated values for the real Helm: a memfd with YAML plus words for what YAML cannot say:
// `--set` for large integers that came from --set (int64 in Helm; 1000000 from a file would print
// as 1e+06), `--set-file` with a memfd for bytes that are no UTF-8. Put them after the user's
// words.
struct Handed {
  std::vector<std::string> words;
  int descriptor = -1;
};
Handed hand_values(const values::Value&);

}  // namespace helm
