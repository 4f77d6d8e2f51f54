// Values from YAML as Helm reads them: YAML 1.1 typing, merge keys, aliases, the last of duplicate
// keys. Every node has its line and column. What Helm itself merged comes from the probe chart
// (helm/sources); this reader knows where it stood, and reads manifests.
#pragma once

#include "text/diagnostic.hpp"
#include "text/source.hpp"
#include "values/value.hpp"
#include "yaml/spans.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace values {

struct Reading {
  int source = -1;              // goes into every Origin
  text::Sink* notes = nullptr;  // where duplicate keys and left out documents are told, or nullptr
};

// Reads one values file: a map, or null when it holds nothing. Throws base::Failure with file,
// line, column and a caret when it is not YAML, not a map, or nothing that Helm would read: nested
// too deeply, an alias bomb or one that contains itself. Of several documents the first is read (as
// Helm 3 does) and a note says so.
Value read_yaml(const text::Source& source, const Reading& reading = {});
// The same for a source that is parsed already.
Value read_yaml(const text::Source& source, const yaml::Tree& tree, const Reading& reading);

// Reads a stream of documents of any kind, each with its places: one value for each document, null
// for one without content.
std::vector<Value> read_stream(const text::Source& source, const Reading& reading = {});
std::vector<Value> read_stream(const text::Source& source, const yaml::Tree& tree,
                               const Reading& reading);

// For those that read a source in several ways. Throws base::Failure when it is not YAML, and for a
// second root of which Helm would read nothing.
yaml::Tree parse_yaml(const text::Source& source);

// Reads a stream of documents of any kind, such as rendered manifests. Documents without content
// are left out. `name` is the file's name in messages.
std::vector<Value> read_documents(std::string_view text, const std::string& name = "manifest");

}  // namespace values
