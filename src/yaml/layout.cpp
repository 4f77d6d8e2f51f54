#include "yaml/layout.hpp"

#include "yaml/cursor.hpp"
#include "yaml/scalar.hpp"

#include <algorithm>

namespace yaml {
namespace {

// The lines of one entry's own text, before comments are given to it.
struct Extent {
  NodeId key;
  NodeId value;
  std::size_t first;
  std::size_t last;
};

std::vector<Extent> extents_of(const Tree& tree, const Node& collection) {
  const bool is_sequence = collection.kind == Kind::sequence;
  const std::size_t step = is_sequence ? 1 : 2;
  std::vector<Extent> extents;
  for (std::size_t i = 0; i + step <= collection.children.size(); i += step) {
    const NodeId value = collection.children[i + step - 1];
    const Node& lead = tree.nodes[collection.children[i]];
    if (!is_sequence && lead.style == Style::empty && lead.indicator == k_npos) {
      // It stands nowhere, so that its line is not known; Helm takes no such key either.
      throw ParseError("a key that is nothing", lead.span.begin);
    }
    const std::size_t start = lead.indicator != k_npos ? lead.indicator : lead.span.begin;
    const std::size_t stop = std::max(lead.span.end, tree.nodes[value].span.end);
    extents.push_back({is_sequence ? k_none : collection.children[i], value, tree.line_of(start),
                       tree.line_of(stop)});
  }
  return extents;
}

std::string key_name(const Node& key) {
  const bool plain = key.style == Style::plain || key.style == Style::empty;
  return resolve_key(key.value, plain, key.tag).value_or(key.value);
}

class Tiler {
 public:
  Tiler(Fragment& source, Body& body) : m_source(source), m_body(body) {}

  void tile(const std::vector<Extent>& extents, std::size_t first, std::size_t end) {
    std::size_t line = first;
    for (std::size_t i = 0; i < extents.size(); ++i) {
      const bool last = i + 1 == extents.size();
      if (!last && extents[i + 1].first <= extents[i].last) {
        // Such a line would be printed twice.
        throw SpanMismatch("a line of its own was expected here",
                           m_source.tree.lines[extents[i + 1].first]);
      }
      line = add_entry(extents[i], line, last ? end : extents[i + 1].first, last);
    }
    add_filler(line, end);
  }

 private:
  void add_filler(std::size_t first, std::size_t end) {
    if (first < end) {
      Item& item = add();
      item.first_line = first;
      item.body_line = item.foot_line = item.end_line = end;
    }
  }

  // `line` is the first that nobody owns yet, `next` where the next entry's text begins. Returns
  // the line behind the entry.
  std::size_t add_entry(const Extent& extent, std::size_t line, std::size_t next, bool last) {
    std::size_t head = extent.first;
    while (head > line && m_source.is_comment(head - 1)) {
      --head;
    }
    add_filler(line, head);
    const std::size_t tail_end = end_of_tail(extent, next);
    std::size_t foot_end = tail_end;
    while (foot_end < next && m_source.is_comment(foot_end)) {
      ++foot_end;
    }
    if (!last && foot_end == next) {
      foot_end = tail_end;  // the run touches the next entry and is its head
    }

    Item& item = add();
    item.is_entry = true;
    item.first_line = head;
    item.body_line = item.foot_line = tail_end;
    item.end_line = foot_end;
    item.key = extent.key;
    item.value = extent.value;
    if (extent.key != k_none) {
      item.name = key_name(m_source.node(extent.key));
    }
    const Node& value = m_source.node(extent.value);
    if (is_block_collection(value) && m_source.tree.line_of(value.content) > extent.first) {
      item.body_line = extent.first + 1;
      item.body = yaml::tile(m_source, extent.value, item.body_line, tail_end);
    }
    return foot_end;
  }

  // Comments as deep as the collection within the entry belong to it.
  std::size_t end_of_tail(const Extent& extent, std::size_t next) const {
    std::size_t tail_end = extent.last + 1;
    const Node& value = m_source.node(extent.value);
    if (!is_block_collection(value)) {
      return tail_end;
    }
    const long nested = static_cast<long>(m_source.tree.column_of(value.content));
    for (std::size_t line = extent.last + 1; nested > m_body.column && line < next; ++line) {
      if (m_source.is_blank(line)) {
        continue;
      }
      if (m_source.lines[line].indent < nested) {
        break;
      }
      tail_end = line + 1;
    }
    return tail_end;
  }

  Item& add() {
    m_body.items.push_back(std::make_unique<Item>());
    Item& item = *m_body.items.back();
    item.source = &m_source;
    item.home_column = m_body.column;
    return item;
  }

  Fragment& m_source;
  Body& m_body;
};

class Printer {
 public:
  explicit Printer(std::string_view line_break) : m_line_break(line_break) {}

  void print(const Body& body, long shift) {
    for (const auto& item : body.items) {
      print(*item, body.column + shift - item->home_column);
    }
  }

  std::string take() { return std::move(m_out); }
  bool completed() const { return m_completed; }

 private:
  void print(const Item& item, long shift) {
    lines(*item.source, item.first_line, item.body_line, shift);
    if (item.body) {
      print(*item.body, shift);
    } else {
      lines(*item.source, item.body_line, item.foot_line, shift);
    }
    lines(*item.source, item.foot_line, item.end_line, shift);
  }

  void lines(const Fragment& source, std::size_t first, std::size_t end, long shift) {
    if (first >= end) {
      return;
    }
    if (!m_out.empty() && m_out.back() != '\n') {
      m_out += m_line_break;
      m_completed = true;
    }
    const std::string edited =
        apply_edits(source, source.tree.lines[first], source.line_end(end - 1));
    if (shift == 0) {
      m_out += edited;
      return;
    }
    for (std::string_view rest = edited; !rest.empty();) {
      const std::size_t length = std::min(rest.find('\n'), rest.size() - 1) + 1;
      shifted(rest.substr(0, length), shift);
      rest.remove_prefix(length);
    }
  }

  static std::string apply_edits(const Fragment& source, std::size_t begin, std::size_t end) {
    std::string result;
    std::size_t at = begin;
    for (auto edit = source.edits.lower_bound(begin);
         edit != source.edits.end() && edit->first < end; ++edit) {
      result.append(source.text, at, edit->first - at).append(edit->second.second);
      at = edit->second.first;
    }
    return result.append(source.text, at, end - at);
  }

  void shifted(std::string_view line, long shift) {
    const std::size_t spaces = std::min(line.find_first_not_of(' '), line.size());
    const bool blank = spaces == line.size() || is_break(line[spaces]);
    if (shift < 0) {
      line.remove_prefix(std::min(spaces, static_cast<std::size_t>(-shift)));
    } else if (!blank || spaces > 0) {
      m_out.append(static_cast<std::size_t>(shift), ' ');
    }
    m_out += line;
  }

  std::string_view m_line_break;
  std::string m_out;
  bool m_completed = false;
};

}  // namespace

Fragment::Fragment(std::string bytes) : Fragment(bytes, parse(bytes)) {}

Fragment::Fragment(std::string bytes, Tree parsed)
    : text(std::move(bytes)), tree(std::move(parsed)) {
  for (Node& node : tree.nodes) {
    if (!node.tag.empty()) {
      const auto at = static_cast<std::size_t>(node.tag.data() - tree.text.data());
      node.tag = std::string_view(text).substr(at, node.tag.size());
    }
  }
  tree.text = text;
  const bool ends_with_break = tree.lines.back() == text.size() && tree.lines.size() > 1;
  const std::size_t count = tree.lines.size() - (ends_with_break ? 1 : 0);
  lines.reserve(count);
  for (std::size_t line = 0; line < count; ++line) {
    const std::size_t begin = tree.lines[line];
    const std::size_t content = std::min(text.find_first_not_of(" \t", begin), line_end(line));
    const bool blank = content == line_end(line) || yaml::is_break(text[content]);
    const LineKind kind = blank                  ? LineKind::blank
                          : text[content] == '#' ? LineKind::comment
                                                 : LineKind::content;
    lines.push_back({kind, static_cast<long>(content - begin)});
  }
  // Lines inside a scalar or a flow collection are content whatever they look like.
  for (const Node& inner : tree.nodes) {
    if (is_block_collection(inner) || inner.span.size() == 0) {
      continue;
    }
    const std::size_t last = tree.line_of(inner.span.end);
    for (std::size_t line = tree.line_of(inner.span.begin); line <= last && line < count; ++line) {
      lines[line].kind = LineKind::content;
    }
  }
}

std::size_t Fragment::line_end(std::size_t line) const {
  return line + 1 < tree.lines.size() ? tree.lines[line + 1] : text.size();
}

void Fragment::replace(std::size_t begin, std::size_t end, std::string replacement) {
  edits[begin] = {end, std::move(replacement)};
}

bool is_block_collection(const Node& node) {
  return (node.kind == Kind::mapping || node.kind == Kind::sequence) && node.style == Style::block;
}

std::unique_ptr<Body> tile(Fragment& source, NodeId id, std::size_t first, std::size_t end) {
  const Node& node = source.node(id);
  auto body = std::make_unique<Body>();
  body->is_sequence = node.kind == Kind::sequence;
  body->column = static_cast<long>(source.tree.column_of(node.content));
  if (source.tree.line_of(node.content) == 0) {
    body->column -= static_cast<long>(Cursor(source.text).start());  // the byte order mark
  }
  Tiler(source, *body).tile(extents_of(source.tree, node), first, end);
  return body;
}

std::string_view line_break_of(std::string_view text) {
  return text.find("\r\n") != std::string_view::npos ? "\r\n" : "\n";
}

std::string with_line_breaks(std::string_view lines, std::string_view line_break) {
  if (line_break == "\n") {
    return std::string(lines);
  }
  std::string result;
  for (const char c : lines) {
    if (c == '\n' && !result.ends_with('\r')) {
      result += line_break;
    } else {
      result += c;
    }
  }
  return result;
}

void keep_last_value(Fragment& file) {
  for (const Node& node : file.tree.nodes) {
    const bool block = node.style == Style::literal || node.style == Style::folded;
    if (!block || node.span.end != file.text.size()) {
      continue;
    }
    const std::string header =
        file.text.substr(node.content, file.text.find('\n', node.content) - node.content);
    if (header.find_first_of("+-") == std::string::npos) {
      file.replace(node.content, node.content + 1, header.substr(0, 1) + "-");
    }
  }
}

std::string print(const Body& body, std::string_view line_break, bool& completed) {
  Printer printer(line_break);
  printer.print(body, 0);
  completed = printer.completed();
  return printer.take();
}

}  // namespace yaml
