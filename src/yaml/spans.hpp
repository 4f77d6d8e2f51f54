// Byte-exact source spans for YAML, on top of yaml-cpp.
//
// yaml-cpp only reports where a node starts. This unit replays its events over the original bytes
// with a cursor that finds where each node ends. The cursor and yaml-cpp's marks are two witnesses
// of the same text: wherever they disagree parse() throws instead of guessing, so an editor built
// on these spans never splices at a wrong place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace yaml {

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;  // one past the last byte
  std::size_t size() const { return end - begin; }

  friend bool operator==(const Span&, const Span&) = default;
};

enum class Kind : std::uint8_t { scalar, sequence, mapping, alias };
enum class Style : std::uint8_t {
  empty,
  plain,
  single_quoted,
  double_quoted,
  literal,
  folded,
  block,
  flow
};

using NodeId = std::uint32_t;
inline constexpr NodeId k_none = ~NodeId{0};
inline constexpr std::size_t k_npos = ~std::size_t{0};

struct Node {
  Kind kind = Kind::scalar;
  Style style = Style::empty;
  Span span;                       // properties (&anchor !tag) included
  std::size_t content = 0;         // first byte after the properties
  std::size_t indicator = k_npos;  // '-' or '?' that introduces the node, if any
  NodeId parent = k_none;
  std::uint32_t anchor = 0;      // this node's anchor, for an alias the one it means; 0: none
  std::string_view tag;          // as written: "", "!!str", "!<tag:…>", "!custom"
  std::vector<NodeId> children;  // mapping: key, value, key, value, …
  std::string value;             // decoded scalar text

  friend bool operator==(const Node&, const Node&) = default;
};

struct Tree {
  std::string_view text;
  std::vector<Node> nodes;
  std::vector<NodeId> roots;       // one per document
  std::vector<std::size_t> lines;  // offset of each line start

  std::size_t line_of(std::size_t offset) const;
  std::size_t column_of(std::size_t offset) const { return offset - lines[line_of(offset)]; }
};

struct ParseError : std::runtime_error {
  ParseError(const std::string& what, std::size_t at) : std::runtime_error(what), offset(at) {}
  std::size_t offset;
};
// A second root without a "---" before it, less indented than the first: Helm reads the text to
// `offset` and leaves out the rest without a word.
struct CutOff : ParseError {
  using ParseError::ParseError;
};
// The text is valid for yaml-cpp but the cursor could not confirm a node's extent.
struct SpanMismatch : ParseError {
  using ParseError::ParseError;
};

// yaml-cpp's own limit; real files have a dozen levels.
inline constexpr int k_deepest = 500;

// What yaml-cpp is given to read: all of the text, or comments cut short, which is faster and ends
// in the same tree and the same errors (tests and the fuzzer compare them).
enum class Feed : std::uint8_t { whole, thinned };

// The text must be UTF-8 and outlive the tree. Throws ParseError for what is no YAML, and for what
// yaml-cpp takes but every other reader refuses or reads in another way.
Tree parse(std::string_view text, Feed = Feed::thinned);
// Of a text that is known to hold comments and blank lines only: the lines, without any node.
Tree lines_of(std::string_view text);

}  // namespace yaml
