#include "convert/patch.hpp"

#include "base/strings.hpp"
#include "values/yaml_writer.hpp"
#include "yaml/quote.hpp"
#include "yaml/scalar.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convert {
namespace {

using values::Value;
using yaml::Style;

// A text between the quotes that its neighbour had; where those do not fit, as it stands best.
std::string in_quotes_of(Style style, const Value& value) {
  if (value.is_text() && yaml::is_printable(value.as_text(), "")) {
    const std::string& text = value.as_text();
    if (style == Style::single_quoted) {
      return "'" + base::replace_all(text, "'", "''") + "'";
    }
    if (style == Style::double_quoted && text.find_first_of("\"\\") == std::string::npos) {
      return "\"" + text + "\"";
    }
  }
  return values::yaml_scalar(value);
}

// In a flow collection these end a plain text.
bool breaks_flow(const std::string& text) {
  return !text.starts_with('"') && !text.starts_with('\'') &&
         text.find_first_of(",[]{}") != std::string::npos;
}

std::string name_of(const yaml::Node& key) {
  const bool plain = key.style == Style::plain || key.style == Style::empty;
  return yaml::resolve_key(key.value, plain, key.tag).value_or(key.value);
}

class Patcher {
 public:
  explicit Patcher(yaml::Fragment& source) : m_source(source) {}

  bool compare(yaml::NodeId id, const Value& before, const Value& after) {
    const yaml::Node& node = m_source.node(id);
    if (before == after) {
      return true;
    }
    switch (node.kind) {
      case yaml::Kind::alias:
        return false;
      case yaml::Kind::scalar:
        return scalar(node, before, after);
      case yaml::Kind::sequence:
        return sequence(node, before, after);
      case yaml::Kind::mapping:
        return mapping(node, before, after);
    }
    return false;
  }

  void apply() {
    for (auto& [span, text] : m_changes) {
      m_source.replace(span.begin, span.end, std::move(text));
    }
  }

 private:
  bool scalar(const yaml::Node& node, const Value& before, const Value& after) {
    if (!after.is_leaf() || !node.tag.empty()) {
      return false;
    }
    if (before.is_text() && after.is_text() &&
        (literal(node, after.as_text()) || words(node, before.as_text(), after.as_text()))) {
      return true;
    }
    if (after.is_text() && after.as_text().find('\n') != std::string::npos) {
      return false;  // several lines are written as a block
    }
    const std::string text = in_quotes_of(node.style, after);
    const bool in_flow =
        node.parent != yaml::k_none && m_source.node(node.parent).style == Style::flow;
    if (in_flow && (node.style == Style::empty || breaks_flow(text))) {
      return false;
    }
    if (node.style == Style::empty) {
      m_changes.push_back({{node.span.end, node.span.end}, " " + text});
    } else {
      m_changes.push_back({{node.content, node.span.end}, text});
    }
    return true;
  }

  // A literal block keeps its header and its indentation.
  bool literal(const yaml::Node& node, std::string_view after) {
    const std::string_view text = m_source.tree.text.substr(node.content, node.span.size());
    const std::size_t header = text.find('\n');
    if (node.style != Style::literal || header == std::string_view::npos || after.empty() ||
        after.ends_with("\n\n") || after.front() == '\n' || after.front() == ' ' ||
        !yaml::is_printable(after, "\n\t")) {
      return false;
    }
    const bool strips = text.substr(0, header).find('-') != std::string_view::npos;
    const bool counts =
        text.substr(0, header).find_first_of("+123456789") != std::string_view::npos;
    if (counts || strips == after.ends_with('\n')) {
      return false;
    }
    const std::size_t column = text.find_first_not_of(" \r\n", header) -
                               text.rfind('\n', text.find_first_not_of(" \r\n", header)) - 1;
    const std::string_view line_break = yaml::line_break_of(text);
    std::string lines(base::trim(text.substr(0, header)));
    for (const std::string_view line : base::split_lines(after)) {
      lines += line_break;
      lines += line.empty() ? "" : std::string(column, ' ').append(line);
    }
    m_changes.push_back({{node.content, node.span.end}, std::move(lines)});
    return true;
  }

  // A text over several lines in which only words have changed keeps its lines.
  bool words(const yaml::Node& node, std::string_view before, std::string_view after) {
    const std::string_view text =
        m_source.tree.text.substr(node.content, node.span.end - node.content);
    if (text.find('\n') == std::string_view::npos || node.style == Style::double_quoted ||
        node.style == Style::single_quoted) {
      return false;
    }
    const std::vector<std::string_view> old_words = split_words(before);
    const std::vector<std::string_view> new_words = split_words(after);
    if (old_words.size() != new_words.size() || spaces_of(before) != spaces_of(after)) {
      return false;
    }
    std::size_t at = node.style == Style::folded ? text.find('\n') : 0;
    std::vector<std::pair<yaml::Span, std::string>> changes;
    for (std::size_t i = 0; i < old_words.size(); ++i) {
      at = text.find(old_words[i], at);
      if (at == std::string_view::npos) {
        return false;
      }
      if (old_words[i] != new_words[i]) {
        const std::size_t begin = node.content + at;
        changes.push_back({{begin, begin + old_words[i].size()}, std::string(new_words[i])});
      }
      at += old_words[i].size();
    }
    std::move(changes.begin(), changes.end(), std::back_inserter(m_changes));
    return true;
  }

  static std::vector<std::string_view> split_words(std::string_view text) {
    std::vector<std::string_view> found;
    for (std::size_t at = text.find_first_not_of(" \n"); at != std::string_view::npos;) {
      const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
      found.push_back(text.substr(at, end - at));
      at = text.find_first_not_of(" \n", end);
    }
    return found;
  }

  static std::string spaces_of(std::string_view text) {
    std::string spaces;
    for (const char c : text) {
      if (c == ' ' || c == '\n') {
        spaces += c;
      } else if (spaces.empty() || spaces.back() != 'x') {
        spaces += 'x';
      }
    }
    return spaces;
  }

  bool sequence(const yaml::Node& node, const Value& before, const Value& after) {
    const auto& items = after.items();
    if (!after.is_list() || items.size() != node.children.size() || items.empty()) {
      return false;
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (!compare(node.children[i], before.items()[i], items[i])) {
        return false;
      }
    }
    return true;
  }

  bool mapping(const yaml::Node& node, const Value& before, const Value& after) {
    if (!after.is_map() || after.entries().size() * 2 != node.children.size() || after.is_leaf()) {
      return false;
    }
    for (std::size_t i = 0; i < node.children.size(); i += 2) {
      const yaml::Node& key = m_source.node(node.children[i]);
      if (key.kind != yaml::Kind::scalar || key.value == "<<") {
        return false;
      }
      const std::string name = name_of(key);
      const Value* old_value = before.find(name);
      const Value* new_value = after.find(name);
      if (old_value == nullptr || new_value == nullptr ||
          !compare(node.children[i + 1], *old_value, *new_value)) {
        return false;
      }
    }
    return true;
  }

  yaml::Fragment& m_source;
  std::vector<std::pair<yaml::Span, std::string>> m_changes;
};

}  // namespace

bool patch(yaml::Fragment& source, yaml::NodeId node, const Value& before, const Value& after) {
  Patcher patcher(source);
  if (!patcher.compare(node, before, after)) {
    return false;
  }
  patcher.apply();
  return true;
}

}  // namespace convert
