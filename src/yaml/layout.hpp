// Which lines of a YAML document belong to which entry.
//
// The lines of every block mapping and sequence are tiled by items: an entry owns its own lines and
// the comments that talk about it, and what belongs to nobody (blank lines, floating comments) is a
// filler. Editing relinks items; printing copies the tiles in order, so a line that nobody touched
// is copied byte for byte.
//
//   head   comment run directly above an entry                     moves with it
//   tail   comment deeper than the entry's column, below it        moves with it
//   foot   comment run directly below an entry, then a blank line  moves with it
//   float  blank line on both sides                                stays
#pragma once

#include "yaml/spans.hpp"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace yaml {

// One text and everything that points into it: the file, or a fragment that was inserted.
struct Fragment {
  enum class LineKind : char { blank, comment, content };
  struct Line {
    LineKind kind;
    long indent;
  };

  explicit Fragment(std::string bytes);
  // `parsed` is what yaml::parse() gives for the same bytes.
  Fragment(std::string bytes, Tree parsed);
  Fragment(const Fragment&) = delete;
  Fragment& operator=(const Fragment&) = delete;

  const Node& node(NodeId id) const { return tree.nodes[id]; }
  std::size_t line_end(std::size_t line) const;
  bool is_comment(std::size_t line) const { return lines[line].kind == LineKind::comment; }
  bool is_blank(std::size_t line) const { return lines[line].kind == LineKind::blank; }
  // Replaces the bytes [begin, end) when printed.
  void replace(std::size_t begin, std::size_t end, std::string text);

  std::string text;
  Tree tree;
  std::vector<Line> lines;
  std::map<std::size_t, std::pair<std::size_t, std::string>> edits;  // begin -> (end, replacement)
};

struct Body;

struct Item {
  bool is_entry = false;  // else a filler
  Fragment* source = nullptr;
  std::size_t first_line = 0;  // [first_line, body_line): head comments and the key's line(s)
  std::size_t body_line = 0;   // [body_line, foot_line): covered by the body's items, if any
  std::size_t foot_line = 0;   // [foot_line, end_line): comments below
  std::size_t end_line = 0;
  long home_column = 0;  // column that the lines were written for
  NodeId key = k_none;
  NodeId value = k_none;
  std::string name;            // the key as Helm reads it
  std::unique_ptr<Body> body;  // nested block collection, tiled
};

struct Body {
  std::vector<std::unique_ptr<Item>> items;
  long column = 0;
  bool is_sequence = false;
};

bool is_block_collection(const Node& node);

// Tiles the lines [first, end) of a block collection.
std::unique_ptr<Body> tile(Fragment& source, NodeId id, std::size_t first, std::size_t end);

// "\r\n" when the text has one, else "\n".
std::string_view line_break_of(std::string_view text);
// The lines with that line break.
std::string with_line_breaks(std::string_view lines, std::string_view line_break);
// For a file without a final line break whose last line will no longer be the last: if its value is
// a clipped block scalar, ending that line would add a line break to it, so it is stripped by name.
void keep_last_value(Fragment& file);

// The tiles in order. A last line without a break gets `line_break` when something follows it, and
// `completed` then becomes true.
std::string print(const Body& body, std::string_view line_break, bool& completed);

}  // namespace yaml
