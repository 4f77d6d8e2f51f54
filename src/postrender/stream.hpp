// The stream of manifests that goes through a post-renderer: split at its separators without
// reading YAML, so that what nobody had to touch passes by bytes and 100 MB cost no more than a
// look.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace postrender {

// One document, as a view into the stream. What names it is taken from its lines; it is empty where
// lines do not tell (flow style, an anchor, quotes): then only reading the YAML does.
struct Document {
  std::string_view bytes;  // with the separator before it
  std::size_t line = 1;    // of its first byte
  std::string_view kind;
  std::string_view name;
  std::string_view instance;  // label app.kubernetes.io/instance
  bool has_content = false;   // something besides separators, comments and directives
};

// The documents lie side by side: their bytes, one after the other, are the stream.
//
// A separator is a line of "---", alone or followed by a blank and more; "..." ends a document,
// too. No scalar can hold such a line at its beginning, not even a block scalar.
std::vector<Document> split(std::string_view stream);

// The document without its separator line and without an end mark.
std::string_view content(const Document&);

}  // namespace postrender
