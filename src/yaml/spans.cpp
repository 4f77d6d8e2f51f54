#include "yaml/spans.hpp"

#include "yaml/cursor.hpp"
#include "yaml/strict.hpp"
#include "yaml/thinned.hpp"

#include <algorithm>
#include <array>
#include <istream>
#include <streambuf>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

namespace yaml {
namespace {

// A stream over borrowed bytes: std::istringstream would copy the text.
class BorrowedBytes : public std::streambuf {
 public:
  explicit BorrowedBytes(std::string_view bytes) {
    char* begin = const_cast<char*>(bytes.data());
    setg(begin, begin, begin + bytes.size());
  }
};

// Where a mark stands in what yaml-cpp reads; it does not count the byte order mark.
std::size_t marked(const YAML::Mark& mark, const Cursor& text) {
  return static_cast<std::size_t>(std::max(mark.pos, 0)) + text.start();
}

// A scalar holds lines that were taken for comments.
struct WronglyCut {};

class Builder : public YAML::EventHandler {
 public:
  // yaml-cpp reads `fed`, which outlives the builder.
  Builder(Tree& tree, const Thinned* fed)
      : m_tree(tree), m_fed(fed), m_text(tree.text), m_position(m_text.start()) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    // yaml-cpp before 0.9 never consumes a stray ',' at the root and would loop for ever.
    if (mark.pos == m_last_document) {
      throw ParseError("unexpected content", offset_of(mark));
    }
    m_last_document = mark.pos;
    bool separated = m_tree.roots.empty();
    for (;;) {  // directives, "..." and comments in front of the document
      m_position = m_text.skip_trivia(m_position);
      if (m_text.at_column_0(m_position) && m_text.is_marker(m_position, "...")) {
        separated = true;
      } else if (m_text.at_column_0(m_position) && m_text.at(m_position) == '%') {
        require_known_directive(m_text.text(), m_position);
      } else {
        break;
      }
      m_position = m_text.line_end(m_position);
    }
    if (m_text.at_column_0(m_position) && m_text.is_marker(m_position, "---")) {
      m_position += 3;
      separated = true;
    }
    // yaml-cpp starts a new document at "  a: 1\nb: 2"; Helm would drop "b" without a word.
    if (!separated) {
      throw CutOff("this stands outside of what the file begins with; Helm reads no further",
                   m_position);
    }
  }
  void OnDocumentEnd() override {}

  // yaml-cpp leaves out a tag or an anchor that stands where a key would; Helm refuses it.
  void require_end() {
    std::size_t p = m_text.skip_trivia(m_position);
    while (m_text.at_column_0(p) && (m_text.is_marker(p, "---") || m_text.is_marker(p, "..."))) {
      p = m_text.skip_trivia(p + 3);
    }
    const bool starts_line = m_tree.line_of(p) != m_tree.line_of(m_position);
    if (starts_line && p < m_text.size() && m_text.at(p) != '%') {
      throw ParseError("a ':' is missing behind this key", p);
    }
  }

  void OnAnchor(const YAML::Mark&, const std::string&) override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Node& node = open(Kind::scalar, mark, anchor, true);
    const std::size_t end = null_word_end(node.content);
    if (end != node.content && belongs_here(node.content)) {
      node.style = Style::plain;
      node.value = m_text.text().substr(node.content, end - node.content);
      close(node, end);
      return;
    }
    if (top() != nullptr && top()->braces && parent().kind == Kind::sequence) {
      throw ParseError("an empty item", node.content);  // [a, , b]
    }
    close_empty(node);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Node& node = open(Kind::alias, mark, anchor, false);
    require(m_text.at(node.content) == '*', node.content, "an alias");
    node.style = Style::plain;
    const std::size_t end = m_text.property_end(node.content, in_flow());
    node.value = m_text.text().substr(node.content + 1, end - node.content - 1);
    close(node, end);
  }

  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                const std::string& value) override {
    Node& node = open(Kind::scalar, mark, anchor, value.empty());
    node.value = value;
    const std::size_t p = node.content;
    const char first = m_text.at(p);
    const bool quoted = first == '"' || first == '\'' || first == '|' || first == '>';
    if (value.empty() && (!belongs_here(p) || !quoted)) {
      close_empty(node);
    } else if (first == '"') {
      node.style = Style::double_quoted;
      close(node, m_text.double_quoted_end(p));
      if (m_text.text().substr(p, node.span.end - p).find('\\') != std::string_view::npos) {
        node.value = mend_escapes(std::move(node.value));
      }
    } else if (first == '\'') {
      node.style = Style::single_quoted;
      close(node, m_text.single_quoted_end(p));
    } else if (first == '|' || first == '>') {
      node.style = first == '|' ? Style::literal : Style::folded;
      close(node, m_text.block_scalar_end(p, m_open.empty() ? -1 : m_open.back().indent));
    } else {
      node.style = Style::plain;
      require_no_line_separator(value, p);
      close(node, m_text.plain_end(p, value));
    }
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    start(Kind::sequence, mark, tag, anchor, style == YAML::EmitterStyle::Flow);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    start(Kind::mapping, mark, tag, anchor, style == YAML::EmitterStyle::Flow);
  }
  void OnSequenceEnd() override { finish(']'); }
  void OnMapEnd() override { finish('}'); }

 private:
  struct Frame {
    NodeId id;
    long indent;
    bool flow;
    bool braces;  // false for the one-pair map in [a: b]
  };

  std::size_t offset_of(const YAML::Mark& mark) const {
    const std::size_t fed = marked(mark, m_text);
    return m_fed == nullptr ? fed : m_fed->original(fed);
  }
  static void require(bool holds, std::size_t p, const char* what) {
    if (!holds) {
      throw SpanMismatch(std::string(what) + " was expected here", p);
    }
  }
  long column(std::size_t p) const {
    const std::size_t mark = m_tree.line_of(p) == 0 ? m_text.start() : 0;
    return static_cast<long>(m_tree.column_of(p) - mark);
  }

  const Frame* top() const { return m_open.empty() ? nullptr : &m_open.back(); }
  Node& parent() { return m_tree.nodes[top()->id]; }
  bool in_flow() const { return top() != nullptr && top()->flow; }

  std::size_t take(std::size_t p, char indicator) {
    if (m_text.at(p) != indicator) {
      return k_npos;
    }
    m_position = p + 1;
    return p;
  }

  // Consumes the indicator that introduces the next node of the open collection.
  std::size_t take_indicator() {
    const Frame* frame = top();
    if (frame == nullptr) {
      return k_npos;
    }
    const Node& collection = parent();
    const bool before_key = collection.children.size() % 2 == 0;
    std::size_t p = m_text.skip_trivia(m_position);
    if (frame->braces && !collection.children.empty() &&
        (collection.kind == Kind::sequence || before_key)) {
      require(take(p, ',') != k_npos, p, "','");
      p = m_text.skip_trivia(m_position);
    }
    if (collection.kind == Kind::sequence) {
      if (frame->flow) {
        return k_npos;
      }
      require(m_text.at(p) == '-', p, "'-'");
      return take(p, '-');
    }
    if (before_key) {
      return m_text.at(p) == '?' && m_text.ends_word(p + 1) ? take(p, '?') : k_npos;
    }
    const std::size_t colon = take(p, ':');  // absent for "? key" and "{a, b}"
    // yaml-cpp reads "a: 1\nb" as {a: 1, b: null}; every other reader refuses it.
    if (colon == k_npos && !frame->flow &&
        m_tree.nodes[collection.children.back()].indicator == k_npos) {
      throw ParseError("a ':' is missing behind this key",
                       m_tree.nodes[collection.children.back()].span.begin);
    }
    return colon;
  }

  Node& open(Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor, bool may_be_empty) {
    const std::size_t indicator = take_indicator();
    const auto id = static_cast<NodeId>(m_tree.nodes.size());
    m_tree.nodes.emplace_back();
    Node& node = m_tree.nodes.back();
    node.kind = kind;
    node.indicator = indicator;
    node.anchor = static_cast<std::uint32_t>(anchor);
    m_empty_position = m_position;
    node.span.begin = node.content = m_text.skip_trivia(m_position);
    require(may_be_empty || node.span.begin == offset_of(mark), node.span.begin, "no node");
    if (top() == nullptr) {
      m_tree.roots.push_back(id);
    } else {
      node.parent = top()->id;
      m_tree.nodes[top()->id].children.push_back(id);
    }
    if (kind == Kind::scalar) {
      skip_properties(node, 2, 2);
    }
    return node;
  }

  // yaml-cpp ends a tag before any other character, Helm refuses it.
  static void require_tag(std::string_view tag, std::size_t at) {
    constexpr std::string_view k_allowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_;/?:@&=+$.!~*'()%";
    if (!tag.starts_with("!<") && tag.find_first_not_of(k_allowed) != std::string_view::npos) {
      throw ParseError("behind this tag a space is missing", at);
    }
  }

  void skip_properties(Node& node, int anchors, int tags) {
    m_had_properties = false;
    std::size_t p = node.content;
    while ((m_text.at(p) == '&' && anchors > 0) || (m_text.at(p) == '!' && tags > 0)) {
      if (!m_had_properties && !belongs_here(p)) {
        return;  // the properties of the next node
      }
      const bool is_tag = m_text.at(p) == '!';
      (is_tag ? tags : anchors) -= 1;
      const std::size_t end = m_text.property_end(p, in_flow());
      if (is_tag) {
        node.tag = m_text.text().substr(p, end - p);
        require_tag(node.tag, p);
      } else {
        require_anchor_name(m_text.text(), p + 1, end);
      }
      m_had_properties = true;
      m_empty_position = m_position = end;
      p = m_text.skip_trivia(end);
    }
    node.content = p;
  }

  // In block context a value on a later line must be indented deeper than its parent.
  bool belongs_here(std::size_t p) {
    if (p >= m_text.size()) {
      return false;
    }
    const Frame* frame = top();
    if (frame != nullptr && frame->flow) {
      return !is_flow_indicator(m_text.at(p)) && m_text.at(p) != ':';
    }
    const bool marker = m_text.is_marker(p, "---") || m_text.is_marker(p, "...");
    if (m_text.at_column_0(p) && marker) {
      return false;
    }
    if (frame == nullptr) {
      return true;
    }
    // The node under construction has already been added to its parent.
    const bool is_key = parent().kind == Kind::mapping && parent().children.size() % 2 == 1;
    if (is_key) {
      const bool is_colon = m_text.at(p) == ':' && m_text.ends_word(p + 1);
      return !is_colon && column(p) >= frame->indent;
    }
    return m_tree.line_of(p) == m_tree.line_of(m_empty_position) || column(p) > frame->indent;
  }

  std::size_t null_word_end(std::size_t p) const {
    for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
      if (m_text.text().substr(p, word.size()) == word) {
        return p + word.size();
      }
    }
    return p;
  }

  void close(Node& node, std::size_t end) {
    if (m_fed != nullptr && m_fed->cuts(node.content, end)) {
      throw WronglyCut();
    }
    node.span.end = end;
    m_position = end;
  }

  void close_empty(Node& node) {
    node.style = Style::empty;
    if (!m_had_properties || node.span.begin >= m_empty_position) {
      node.span.begin = m_empty_position;
    }
    node.span.end = node.content = m_position = m_empty_position;
  }

  void start(Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
             bool flow) {
    Node& node = open(kind, mark, anchor, false);
    skip_properties(node, anchor != 0 ? 1 : 0, tag != "?" && !tag.empty() ? 1 : 0);
    node.style = flow ? Style::flow : Style::block;
    const bool braces = flow && m_text.at(node.content) == (kind == Kind::mapping ? '{' : '[');
    m_position = braces ? node.content + 1 : node.content;
    const long around = m_open.empty() ? -1 : m_open.back().indent;
    m_open.push_back({static_cast<NodeId>(m_tree.nodes.size() - 1),
                      flow ? around : column(node.content), flow, braces});
  }

  void finish(char closer) {
    const Frame frame = m_open.back();
    if (frame.braces) {
      std::size_t p = m_text.skip_trivia(m_position);
      if (m_text.at(p) == ',') {
        p = m_text.skip_trivia(p + 1);
      }
      require(m_text.at(p) == closer, p, "a closing bracket");
      m_position = p + 1;
    }
    m_open.pop_back();
    m_tree.nodes[frame.id].span.end = m_position;
  }

  Tree& m_tree;
  const Thinned* m_fed;  // nullptr: the text itself
  Cursor m_text;
  std::size_t m_position;            // first byte not yet consumed
  std::size_t m_empty_position = 0;  // where an empty node would stand
  bool m_had_properties = false;
  int m_last_document = -1;
  std::vector<Frame> m_open;
};

// `fed` is what yaml-cpp reads; nullptr: the text itself.
Tree read(std::string_view text, const Thinned* fed) {
  Tree tree = lines_of(text);
  tree.nodes.reserve(text.size() / 24 + 16);
  BorrowedBytes bytes(fed == nullptr ? text : fed->text());
  std::istream in(&bytes);
  try {
    YAML::Parser parser(in);
    Builder builder(tree, fed);
    while (parser.HandleNextDocument(builder)) {
    }
    builder.require_end();
  } catch (const YAML::DeepRecursion& e) {
    throw ParseError("nested more than " + std::to_string(k_deepest) + " levels deep",
                     marked(e.mark, Cursor(text)));
  } catch (const YAML::Exception& e) {
    throw ParseError(e.msg, marked(e.mark, Cursor(text)));
  }
  return tree;
}

}  // namespace

std::size_t Tree::line_of(std::size_t offset) const {
  const auto next = std::upper_bound(lines.begin(), lines.end(), offset);
  return static_cast<std::size_t>(next - lines.begin()) - 1;
}

Tree lines_of(std::string_view text) {
  Tree tree;
  tree.text = text;
  tree.lines.push_back(0);
  for (std::size_t at = text.find('\n'); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    tree.lines.push_back(at + 1);
  }
  return tree;
}

Tree parse(std::string_view text, Feed feed) {
  require_plain_bytes(text);
  if (feed == Feed::thinned) {
    const Thinned thinned(text);
    if (thinned.is_cut()) {
      try {
        return read(text, &thinned);
      } catch (const WronglyCut&) {
        // Only the whole text says what the scalar is.
      } catch (const ParseError&) {
        // And where exactly it goes wrong.
      }
    }
  }
  return read(text, nullptr);
}

}  // namespace yaml
