// The part of a file that holds values, as a text of its own, and back.
#pragma once

#include "convert/places.hpp"
#include "text/source.hpp"
#include "values/value.hpp"
#include "yaml/spans.hpp"

#include <string>

namespace convert {

struct Slot {
  enum class Form {
    file,      // all of it
    lines,     // lines of a block: a map, or a literal text; the text is these lines as they stand
    one_line,  // a map in one line, or nothing: becomes a block when it changes
    scalar,    // a text between quotes or folded: becomes a literal block when it changes
    base64,
  };
  Form form = Form::file;
  std::size_t begin = 0;  // bytes of the file that the text stands for
  std::size_t end = 0;
  std::size_t column = 0;      // of the text's first key, where a new block belongs
  bool begins_inline = false;  // lines: its first line begins behind a dash
  std::string text;
  values::Value values;  // with the places that they have in the file
};

// The whole file as one slot.
Slot whole_file(const text::Source& file, values::Value values);

// The slot at a place. `document` is what stands in the document of the place, with origins, and
// `tree` the parsed file. Throws base::Failure when a text that should hold values is no YAML.
Slot cut(const text::Source& file, const yaml::Tree& tree, const values::Value& document,
         const Place& place, int source);

// What stands for the slot when its text has become `text`; the same bytes for the same text.
std::string filled(const text::Source& file, const Slot& slot, const std::string& text);

// The node at a path of a document, or yaml::k_none.
yaml::NodeId node_at(const yaml::Tree& tree, yaml::NodeId root, const values::Path& path);

}  // namespace convert
