#include "convert/slot.hpp"

#include "base/base64.hpp"
#include "base/failure.hpp"
#include "base/strings.hpp"
#include "convert/parameters.hpp"
#include "values/yaml_reader.hpp"
#include "yaml/layout.hpp"
#include "yaml/scalar.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace convert {
namespace {

using values::Value;
using yaml::Node;
using yaml::Style;

std::string name_of(const Node& key) {
  const bool plain = key.style == Style::plain || key.style == Style::empty;
  return yaml::resolve_key(key.value, plain, key.tag).value_or(key.value);
}

std::size_t line_end(const yaml::Tree& tree, std::size_t line) {
  return line + 1 < tree.lines.size() ? tree.lines[line + 1] : tree.text.size();
}

// The column of what stands in a line; npos for an empty one.
std::size_t indent_of(const yaml::Tree& tree, std::size_t line) {
  const std::string_view text =
      tree.text.substr(tree.lines[line], line_end(tree, line) - tree.lines[line]);
  const std::size_t column = text.find_first_not_of(' ');
  return column == std::string_view::npos || text[column] == '\n' || text[column] == '\r'
             ? std::string_view::npos
             : column;
}

bool is_comment(const yaml::Tree& tree, std::size_t line) {
  const std::size_t column = indent_of(tree, line);
  return column != std::string_view::npos && tree.text[tree.lines[line] + column] == '#';
}

void move_origins(Value& value, int lines, int columns) {
  value.origin.line += lines;
  value.origin.column += columns;
  for (Value& item : value.items()) {
    move_origins(item, lines, columns);
  }
  for (auto& [key, child] : value.entries()) {
    move_origins(child, lines, columns);
  }
}

void place_at(Value& value, const values::Origin& origin) {
  value.origin = origin;
  for (Value& item : value.items()) {
    place_at(item, origin);
  }
  for (auto& [key, child] : value.entries()) {
    place_at(child, origin);
  }
}

// The lines of what stands at [begin, end), with the comments below that are at least as deep.
Slot lines_of(const yaml::Tree& tree, std::size_t begin, std::size_t end, std::size_t depth) {
  Slot slot;
  slot.form = Slot::Form::lines;
  slot.column = tree.column_of(begin);
  const std::size_t first = tree.line_of(begin);
  std::size_t last = tree.line_of(end);
  slot.begins_inline = indent_of(tree, first) != slot.column;
  for (std::size_t line = last + 1; line < tree.lines.size(); ++line) {
    const std::size_t indent = indent_of(tree, line);
    if (is_comment(tree, line) && indent >= depth) {
      last = line;
    } else if (indent != std::string_view::npos) {
      break;
    }
  }
  slot.begin = slot.begins_inline ? begin : tree.lines[first];
  slot.end = line_end(tree, last);
  slot.text = (slot.begins_inline ? std::string(slot.column, ' ') : std::string()) +
              std::string(tree.text.substr(slot.begin, slot.end - slot.begin));
  return slot;
}

// A block map: the comments above its first key and deep ones below its last line belong to it.
Slot block_map(const yaml::Tree& tree, const Node& node) {
  const std::size_t column = tree.column_of(node.content);
  std::size_t first = tree.line_of(node.content);
  Slot slot = lines_of(tree, node.content, node.span.end, column);
  while (!slot.begins_inline && first > 0 && is_comment(tree, first - 1) &&
         indent_of(tree, first - 1) >= column) {
    --first;
  }
  if (!slot.begins_inline) {
    slot.begin = tree.lines[first];
    slot.text = tree.text.substr(slot.begin, slot.end - slot.begin);
  }
  return slot;
}

// A key of a block map with its value.
Slot entry(const text::Source& file, const yaml::Tree& tree, yaml::NodeId value,
           const values::Path& path) {
  const Node& above = tree.nodes[tree.nodes[value].parent];
  if (!yaml::is_block_collection(above)) {
    throw base::Failure(
        fmt::format("{}: {} stands between braces", file.name(), path.text()),
        "Write it in lines of its own, so that parameters can come and go, and convert it again.");
  }
  const auto at = std::find(above.children.begin(), above.children.end(), value);
  const Node& key = tree.nodes[*std::prev(at)];
  return lines_of(tree, key.content, tree.nodes[value].span.end, tree.column_of(key.content) + 1);
}

Slot literal_text(const yaml::Tree& tree, const Node& node) {
  Slot slot;
  slot.form = Slot::Form::lines;
  const std::size_t first = tree.line_of(node.content) + 1;
  slot.begin = tree.lines[first];
  slot.end = line_end(tree, tree.line_of(node.span.end));
  slot.text = tree.text.substr(slot.begin, slot.end - slot.begin);
  for (std::size_t line = first; line < tree.lines.size(); ++line) {
    if (const std::size_t indent = indent_of(tree, line); indent != std::string_view::npos) {
      slot.column = indent;
      break;
    }
  }
  return slot;
}

Value read_text(const text::Source& file, const std::string& text, const values::Path& path,
                const values::Reading& reading) {
  const std::string name = fmt::format("{}, {},", file.name(), path.text());
  return values::read_yaml(text::Source(name, text), reading);
}

Slot text_slot(const text::Source& file, const yaml::Tree& tree, const Node& node,
               const Value& value, const Place& place, int source) {
  const std::string& decoded = value.as_text();
  if (place.is_base64) {
    Slot slot;
    slot.form = Slot::Form::base64;
    slot.text = base::decode_base64(decoded).value_or("");
    slot.values = read_text(file, slot.text, place.path, {source, nullptr});
    place_at(slot.values, {source, value.origin.line, value.origin.column});
    slot.begin = node.content;
    slot.end = node.span.end;
    return slot;
  }
  Value values = read_text(file, decoded, place.path, {source, nullptr});
  const bool has_lines = node.style == Style::literal && !base::trim(decoded).empty();
  if (has_lines) {
    Slot slot = literal_text(tree, node);
    slot.values = std::move(values);
    move_origins(slot.values, static_cast<int>(tree.line_of(node.content)) + 1,
                 static_cast<int>(slot.column));
    return slot;
  }
  Slot slot;
  slot.form = Slot::Form::scalar;
  slot.text = decoded;
  slot.values = std::move(values);
  place_at(slot.values, {source, value.origin.line, value.origin.column});
  slot.begin = node.content;
  slot.end = node.span.end;
  const Node& above = tree.nodes[node.parent];
  slot.column = tree.column_of(above.content) + 2;
  return slot;
}

// Every line but empty ones with `column` spaces in front.
std::string indented(const std::string& text, std::size_t column, std::string_view line_break) {
  std::string result;
  for (const std::string_view line : base::split_lines(text)) {
    result += line_break;
    result += line.empty() ? "" : std::string(column, ' ').append(line);
  }
  return result;
}

}  // namespace

Slot whole_file(const text::Source& file, Value values) {
  Slot slot;
  slot.end = file.bytes().size();
  slot.text = file.bytes();
  slot.values = std::move(values);
  return slot;
}

Slot cut(const text::Source& file, const yaml::Tree& tree, const Value& document,
         const Place& place, int source) {
  const yaml::NodeId id = node_at(tree, tree.roots.at(place.document), place.path);
  const Value* value = values::find(document, place.path);
  if (id == yaml::k_none || value == nullptr) {
    throw base::InternalError(place.path.text() + " is nowhere in " + file.name());
  }
  const Node& node = tree.nodes[id];
  if (node.kind == yaml::Kind::alias) {
    throw base::Failure(fmt::format("{}: {} is an alias", file.name(), place.path.text()),
                        "Write the values there, or convert the file without the alias.");
  }
  if (place.is_text) {
    return text_slot(file, tree, node, *value, place, source);
  }
  Slot slot;
  if (place.is_parameters) {
    slot = entry(file, tree, id, place.path);
    slot.values = read_parameters(*value).values;
    return slot;
  }
  if (yaml::is_block_collection(node)) {
    slot = block_map(tree, node);
  } else {
    slot.form = Slot::Form::one_line;
    slot.begin = node.content;
    slot.end = node.span.end;
    slot.text = tree.text.substr(slot.begin, slot.end - slot.begin);
    while (slot.begin > 0 && tree.text[slot.begin - 1] == ' ') {
      --slot.begin;  // no blank stays at the end of the line
    }
    slot.column =
        node.parent == yaml::k_none ? 0 : tree.column_of(tree.nodes[node.parent].content) + 2;
  }
  slot.values = *value;
  return slot;
}

std::string filled(const text::Source& file, const Slot& slot, const std::string& text) {
  if (text == slot.text) {
    return file.bytes().substr(slot.begin, slot.end - slot.begin);
  }
  const std::string_view line_break = yaml::line_break_of(file.bytes());
  switch (slot.form) {
    case Slot::Form::file:
      return text;
    case Slot::Form::lines: {
      if (!slot.begins_inline) {
        return text;
      }
      const std::size_t spaces = std::min(text.find_first_not_of(' '), slot.column);
      return text.substr(spaces);
    }
    case Slot::Form::one_line:
      return indented(text, slot.column, line_break);
    case Slot::Form::scalar:
      return "|" + std::string(text.ends_with('\n') ? "" : "-") +
             indented(text, slot.column, line_break);
    case Slot::Form::base64:
      return base::encode_base64(text);
  }
  return text;
}

yaml::NodeId node_at(const yaml::Tree& tree, yaml::NodeId root, const values::Path& path) {
  yaml::NodeId id = root;
  for (const values::Step& step : path.steps()) {
    const Node& node = tree.nodes[id];
    yaml::NodeId next = yaml::k_none;
    if (step.is_index()) {
      if (node.kind == yaml::Kind::sequence && step.index < node.children.size()) {
        next = node.children[step.index];
      }
    } else if (node.kind == yaml::Kind::mapping) {
      for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
        if (name_of(tree.nodes[node.children[i]]) == step.key) {
          next = node.children[i + 1];
        }
      }
    }
    if (next == yaml::k_none) {
      return yaml::k_none;
    }
    id = next;
  }
  return id;
}

}  // namespace convert
