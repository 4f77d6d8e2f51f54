#include "values/yaml_reader.hpp"

#include "base/failure.hpp"
#include "base/utf8.hpp"
#include "text/render.hpp"
#include "values/json.hpp"
#include "values/map_builder.hpp"
#include "yaml/scalar.hpp"
#include "yaml/spans.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <unordered_map>

namespace values {
namespace {

using yaml::Node;
using yaml::NodeId;
using yaml::Style;

[[noreturn]] void fail(const text::Source& source, std::size_t offset, std::string_view problem) {
  const std::string place = text::excerpt(source.location(offset), &source, {.indent = 2});
  throw base::Failure(fmt::format("{} is not valid YAML: {}\n{}", source.name(), problem,
                                  place.substr(0, place.find_last_not_of('\n') + 1)));
}

// Words for what yaml-cpp says in its own.
std::string_view plain_words(std::string_view message) {
  constexpr std::pair<std::string_view, std::string_view> k_words[] = {
      {"illegal map value", "a ':' stands where no value can begin"},
      {"illegal map key", "a key stands where none can be"},
      {"illegal block entry", "a list item stands where none can be"},
      {"end of map not found", "this is no key of the map that it is indented as"},
      {"end of sequence not found", "this is no item of the list that it is indented as"},
      {"end of map flow not found", "a '}' is missing"},
      {"end of sequence flow not found", "a ']' is missing"},
      {"unknown token", "this character cannot begin a value"},
      {"unknown escape character: ", "unknown escape"},
      {"the referenced anchor is not defined", "this alias has no anchor"},
  };
  for (const auto& [theirs, ours] : k_words) {
    if (message.starts_with(theirs)) {
      return ours;
    }
  }
  return message;
}

yaml::Tree parse(const text::Source& source, std::string_view text) {
  try {
    return yaml::parse(text);
  } catch (const yaml::CutOff&) {
    throw;
  } catch (const yaml::ParseError& e) {
    fail(source, e.offset, plain_words(e.what()));
  }
}

void tell_rest(const text::Source& source, const text::Location& place, text::Sink& notes) {
  notes.push_back(
      {"rest-unread",
       text::Severity::warning,
       {},
       fmt::format("Helm reads {} to line {} only and leaves out the rest without a word",
                   source.name(), place.line - 1),
       place,
       "Indent this line and what follows like the first key; it has had no effect so "
       "far and will have one then.",
       {}});
}

// What Helm reads of the text: all of it, or with `notes` to tell it in, what stands before a
// second root.
yaml::Tree parse(const text::Source& source, text::Sink* notes = nullptr) {
  text::require_text(source);
  const std::string_view all = source.bytes();
  try {
    return parse(source, all);
  } catch (const yaml::CutOff& rest) {
    if (notes == nullptr) {
      fail(source, rest.offset, rest.what());
    }
    tell_rest(source, source.location(rest.offset), *notes);
    try {
      return parse(source, all.substr(0, rest.offset));
    } catch (const yaml::CutOff& again) {
      fail(source, again.offset, again.what());
    }
  }
}

// Makes values of one parsed text, as go-yaml's decoder does.
class Decoder {
 public:
  Decoder(const text::Source& source, const yaml::Tree& tree, const Reading& reading)
      : m_source(source), m_tree(tree), m_reading(reading) {
    for (NodeId id = 0; id < tree.nodes.size(); ++id) {
      const Node& node = tree.nodes[id];
      if (node.anchor != 0 && node.kind != yaml::Kind::alias) {
        m_anchors.emplace(node.anchor, id);
      }
    }
  }

  Value document(NodeId root) {
    m_decoded = 0;
    m_from_aliases = 0;
    return value(root, m_tree.nodes[root].span.begin);
  }

 private:
  // `place` is where a person looks for the value: its key, or itself.
  Value value(NodeId id, std::size_t place) {
    const Node& node = m_tree.nodes[id];
    count(node);
    const Origin at = origin(place);
    Value result;
    switch (node.kind) {
      case yaml::Kind::scalar:
        result = scalar(node);
        break;
      case yaml::Kind::alias:
        result = enter_alias(node, [&](NodeId target) { return value(target, place); });
        break;
      case yaml::Kind::sequence:
        result = sequence(node);
        break;
      case yaml::Kind::mapping: {
        MapBuilder map;
        enter(node, [&] { fill(map, node); });
        result = map.take();
        break;
      }
    }
    result.origin = at;
    return result;
  }

  Value scalar(const Node& node) {
    const bool plain = node.style == Style::plain || node.style == Style::empty;
    yaml::Resolved resolved = yaml::resolve(node.value, plain, node.tag);
    switch (resolved.type) {
      case yaml::Resolved::Type::null:
        return {};
      case yaml::Resolved::Type::boolean:
        return Value::boolean(resolved.boolean);
      case yaml::Resolved::Type::integer:
      case yaml::Resolved::Type::number:
        return Value::number(resolved.number);
      case yaml::Resolved::Type::text:
        return Value::text(std::move(resolved.text));
      case yaml::Resolved::Type::rejected:
        break;
    }
    fail(m_source, node.span.begin, resolved.text);
  }

  Value sequence(const Node& node) {
    std::vector<Value> items;
    items.reserve(node.children.size());
    enter(node, [&] {
      for (const NodeId child : node.children) {
        items.push_back(value(child, m_tree.nodes[child].span.begin));
      }
    });
    return Value::list(std::move(items));
  }

  // A merge key fills in at its place: it overrides what stands before it, as in go-yaml.
  void fill(MapBuilder& map, const Node& node) {
    std::set<std::string> own;
    for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
      const Node& key = m_tree.nodes[node.children[i]];
      if (is_merge(key)) {
        merge(map, node.children[i + 1]);
        continue;
      }
      const std::string name = key_name(key);
      Origin before;
      Value child = value(node.children[i + 1], key.span.begin);
      map.set(name, std::move(child), &before);
      // What a merge brought may be overridden; only a key's second time here is a mistake.
      if (m_reading.notes != nullptr && !own.insert(name).second && m_alias_depth == 0) {
        tell_duplicate(name, key, before);
      }
    }
  }

  static bool is_merge(const Node& key) {
    return key.kind == yaml::Kind::scalar && key.value == "<<" &&
           ((key.style == Style::plain && key.tag.empty()) || key.tag == "!!merge");
  }

  void merge(MapBuilder& map, NodeId id) {
    const Node& node = m_tree.nodes[id];
    if (node.kind == yaml::Kind::sequence) {
      // Backwards, so that the first of them wins.
      for (auto child = node.children.rbegin(); child != node.children.rend(); ++child) {
        merge_one(map, *child);
      }
    } else {
      merge_one(map, id);
    }
  }

  void merge_one(MapBuilder& map, NodeId id) {
    const Node& node = m_tree.nodes[id];
    count(node);
    if (node.kind == yaml::Kind::alias) {
      enter_alias(node, [&](NodeId target) {
        merge_map(map, target);
        return Value();
      });
    } else {
      merge_map(map, id);
    }
  }

  void merge_map(MapBuilder& map, NodeId id) {
    const Node& node = m_tree.nodes[id];
    if (node.kind != yaml::Kind::mapping) {
      fail(m_source, node.span.begin, "a merge key takes a map or a list of maps");
    }
    enter(node, [&] { fill(map, node); });
  }

  std::string key_name(const Node& key) {
    if (key.kind == yaml::Kind::alias) {
      return enter_alias_key(key);
    }
    if (key.kind != yaml::Kind::scalar) {
      fail(m_source, key.span.begin,
           "a map or list cannot be a key (a template in braces needs quotes)");
    }
    const bool plain = key.style == Style::plain || key.style == Style::empty;
    const auto name = yaml::resolve_key(key.value, plain, key.tag);
    if (!name) {
      fail(m_source, key.span.begin, "Helm takes no such key");
    }
    return *name;
  }

  std::string enter_alias_key(const Node& key) {
    const auto target = m_anchors.find(key.anchor);
    if (target == m_anchors.end()) {
      fail(m_source, key.span.begin, "this alias has no anchor");
    }
    return key_name(m_tree.nodes[target->second]);
  }

  template <class Action>
  void enter(const Node& node, Action action) {
    if (++m_depth > k_max_depth) {
      fail(m_source, node.span.begin, fmt::format("nested more than {} levels deep", k_max_depth));
    }
    action();
    --m_depth;
  }

  template <class Action>
  Value enter_alias(const Node& node, Action action) {
    const auto target = m_anchors.find(node.anchor);
    if (target == m_anchors.end()) {
      fail(m_source, node.span.begin, "this alias has no anchor");
    }
    const bool fresh = m_entered.insert(target->second).second;
    if (!fresh) {
      fail(m_source, node.span.begin, "this anchor contains itself");
    }
    ++m_alias_depth;
    Value result = action(target->second);
    --m_alias_depth;
    m_entered.erase(target->second);
    return result;
  }

  // go-yaml's guard against a small text that expands to billions of values.
  void count(const Node& node) {
    ++m_decoded;
    m_from_aliases += m_alias_depth > 0 ? 1 : 0;
    if (m_from_aliases > 100 && m_decoded > 1000 &&
        static_cast<double>(m_from_aliases) > allowed_ratio() * static_cast<double>(m_decoded)) {
      fail(m_source, node.span.begin, "its aliases expand to too many values");
    }
  }

  double allowed_ratio() const {
    constexpr double k_low = 400000;
    constexpr double k_high = 4000000;
    const double part = (static_cast<double>(m_decoded) - k_low) / (k_high - k_low);
    return 0.99 - 0.89 * std::clamp(part, 0.0, 1.0);
  }

  // Nodes come in the order of the text, and a JSON file is one line: columns are counted on from
  // the node before, or a large one would take for ever.
  Origin origin(std::size_t offset) {
    const std::size_t line = m_tree.line_of(offset);
    if (line != m_counted_line || offset < m_counted_offset) {
      const text::Source::Position at = m_source.position(offset);
      m_counted_line = line;
      m_counted_column = at.column;
    } else {
      const std::string_view between =
          m_tree.text.substr(m_counted_offset, offset - m_counted_offset);
      m_counted_column += static_cast<int>(base::count_characters(between));
    }
    m_counted_offset = offset;
    return {m_reading.source, static_cast<int>(line) + 1, m_counted_column};
  }

  void tell_duplicate(const std::string& name, const Node& key, Origin before) {
    m_reading.notes->push_back(
        {"duplicate-key",
         text::Severity::warning,
         {name},
         fmt::format("the key {} stands twice in one map; Helm takes the last one", name),
         m_source.location(key.span.begin),
         fmt::format("Remove one of them; the other is in line {}.", before.line),
         {}});
  }

  const text::Source& m_source;
  const yaml::Tree& m_tree;
  Reading m_reading;
  std::unordered_map<std::uint32_t, NodeId> m_anchors;
  std::set<NodeId> m_entered;                 // anchors whose values are being read
  std::size_t m_counted_line = yaml::k_npos;  // of the place that was counted last
  std::size_t m_counted_offset = 0;
  int m_counted_column = 0;
  int m_depth = 0;
  int m_alias_depth = 0;
  std::size_t m_decoded = 0;
  std::size_t m_from_aliases = 0;
};

}  // namespace

Value read_yaml(const text::Source& source, const Reading& reading) {
  return read_yaml(source, parse(source, reading.notes), reading);
}

Value read_yaml(const text::Source& source, const yaml::Tree& tree, const Reading& reading) {
  if (tree.roots.empty()) {
    return {};
  }
  Decoder decoder(source, tree, reading);
  Value value = decoder.document(tree.roots.front());
  if (!value.is_map() && !value.is_null()) {
    const std::size_t at = tree.nodes[tree.roots.front()].span.begin;
    // Not the line itself: a file that is no map may be a bare token, given by mistake.
    const text::Location place = source.location(at);
    throw base::Failure(fmt::format("{} holds no map of values\n  {}:{}:{}", source.name(),
                                    place.file, place.line, place.column));
  }
  if (tree.roots.size() > 1 && reading.notes != nullptr) {
    reading.notes->push_back(
        {"several-documents",
         text::Severity::warning,
         {},
         fmt::format("{} holds {} YAML documents; Helm 3 reads the first, Helm 4 merges them all",
                     source.name(), tree.roots.size()),
         source.location(tree.nodes[tree.roots[1]].span.begin),
         "Make one document of them.",
         {}});
  }
  return value;
}

yaml::Tree parse_yaml(const text::Source& source) {
  return parse(source);
}

std::vector<Value> read_stream(const text::Source& source, const Reading& reading) {
  return read_stream(source, parse(source), reading);
}

std::vector<Value> read_stream(const text::Source& source, const yaml::Tree& tree,
                               const Reading& reading) {
  Decoder decoder(source, tree, reading);
  std::vector<Value> documents;
  for (const NodeId root : tree.roots) {
    documents.push_back(decoder.document(root));
  }
  return documents;
}

std::vector<Value> read_documents(std::string_view text, const std::string& name) {
  std::vector<Value> documents = read_stream(text::Source(name, std::string(text)));
  std::erase_if(documents, [](const Value& document) { return document.is_null(); });
  return documents;
}

}  // namespace values
