#include "yaml/edit.hpp"

#include "yaml/quote.hpp"
#include "yaml/scalar.hpp"

#include <algorithm>

namespace yaml {
namespace {

constexpr long k_indent = 2;

// A filler of blank lines only: it keeps two entries apart.
bool is_separator(const Item& item) {
  for (std::size_t line = item.first_line; line < item.end_line; ++line) {
    if (!item.source->is_blank(line)) {
      return false;
    }
  }
  return !item.is_entry;
}

// Behind the last entry: a trailing filler separates this collection from what follows.
void attach(Body& body, std::unique_ptr<Item> item) {
  auto at = body.items.end();
  while (at != body.items.begin() && !(*(at - 1))->is_entry) {
    --at;
  }
  body.items.insert(at, std::move(item));
}

void replace_key(Item& item, std::string_view key) {
  const Node& node = item.source->node(item.key);
  item.source->replace(node.content, node.span.end, inline_text(key));
  item.name = key;
}

bool holds_nothing(const Node& value) {
  const bool empty_flow = value.style == Style::flow && value.children.empty();
  const bool null = value.kind == Kind::scalar && value.style == Style::plain &&
                    resolve(value.value, true, value.tag).type == Resolved::Type::null;
  return value.style == Style::empty || empty_flow || null;
}

Place parent_of(const Place& place) {
  return {place.begin(), place.end() - 1};
}

bool same(const Step& a, const Step& b) {
  return a.key == b.key && a.index == b.index;
}

bool is_below(const Place& place, const Place& ancestor) {
  return place.size() > ancestor.size() &&
         std::equal(ancestor.begin(), ancestor.end(), place.begin(), same);
}

}  // namespace

Document::Document(std::string text) {
  m_fragments.push_back(std::make_unique<Fragment>(std::move(text)));
  Fragment& file = *m_fragments.front();
  m_line_break = line_break_of(file.text);
  if (file.tree.roots.size() != 1) {
    throw EditError("not exactly one document");
  }
  const NodeId root = file.tree.roots.front();
  if (file.node(root).kind != Kind::mapping || !is_block_collection(file.node(root))) {
    throw EditError("the document is not a block mapping");
  }
  m_root = tile(file, root, 0, file.lines.size());
}

std::string Document::text() {
  bool completed = false;
  std::string result = print(*m_root, m_line_break, completed);
  if (completed) {
    keep_last_value(*m_fragments.front());
    result = print(*m_root, m_line_break, completed);
  }
  return result;
}

Document::Found Document::locate(const Place& place) const {
  Body* body = m_root.get();
  for (std::size_t depth = 0; body != nullptr && depth < place.size(); ++depth) {
    const Step& step = place[depth];
    std::size_t found = k_npos;
    std::size_t position = 0;
    for (std::size_t i = 0; i < body->items.size(); ++i) {
      const Item& item = *body->items[i];
      if (!item.is_entry) {
        continue;
      }
      const bool matches = body->is_sequence ? step.index == position
                                             : step.index == k_npos && item.name == step.key;
      ++position;
      if (matches) {
        found = i;  // the last one wins, as in Helm
      }
    }
    if (found == k_npos) {
      return {};
    }
    if (depth + 1 == place.size()) {
      return {body, found};
    }
    body = body->items[found]->body.get();
  }
  return {};
}

bool Document::has(const Place& place) const {
  return locate(place).body != nullptr;
}

Item& Document::require(const Place& place) const {
  Item* item = locate(place).item();
  if (item == nullptr) {
    throw EditError("no such entry");
  }
  return *item;
}

void Document::rename(const Place& place, std::string_view new_key) {
  Item& item = require(place);
  if (item.key == k_none) {
    throw EditError("an item of a sequence has no key");
  }
  replace_key(item, new_key);
}

void Document::set(const Place& place, std::string_view scalar) {
  Item& item = require(place);
  if (item.body) {
    throw EditError("a collection stands there");
  }
  const Node& value = item.source->node(item.value);
  if (value.style == Style::empty) {
    item.source->replace(value.span.begin, value.span.end, " " + std::string(scalar));
  } else {
    item.source->replace(value.content, value.span.end, std::string(scalar));
  }
}

std::unique_ptr<Item> Document::detach(const Place& place) {
  const Found found = locate(place);
  if (found.body == nullptr) {
    throw EditError("no such entry");
  }
  auto& items = found.body->items;
  const std::size_t i = found.index;
  auto item = std::move(items[i]);
  items.erase(items.begin() + static_cast<std::ptrdiff_t>(i));
  // The blank lines that led to the entry must not join those that follow it.
  if (i > 0 && is_separator(*items[i - 1]) && (i == items.size() || !items[i]->is_entry)) {
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(i - 1));
  }
  return item;
}

// The collection at `place`, made (with its parents) where it is absent or empty.
Body& Document::body_at(const Place& place, bool is_sequence) {
  if (place.empty()) {
    return *m_root;
  }
  if (!has(place)) {
    if (place.back().index != k_npos) {
      throw EditError("no such item");
    }
    splice(parent_of(place), inline_text(place.back().key) + ":\n", false);
  }
  Item& item = require(place);
  if (item.body) {
    return *item.body;
  }
  const Node& value = item.source->node(item.value);
  if (!holds_nothing(value)) {
    throw EditError("not a block collection");
  }
  std::size_t begin = value.content;
  while (begin > 0 && item.source->text[begin - 1] == ' ') {
    --begin;
  }
  item.source->replace(begin, value.span.end, "");
  item.body = std::make_unique<Body>();
  item.body->column = item.home_column + k_indent;
  item.body->is_sequence = is_sequence;
  return *item.body;
}

void Document::splice(const Place& where, std::string_view lines, bool is_sequence) {
  Body& target = body_at(where, is_sequence);
  if (target.is_sequence != is_sequence) {
    throw EditError("not the right kind of collection");
  }
  m_fragments.push_back(std::make_unique<Fragment>(with_line_breaks(lines, m_line_break)));
  Fragment& fragment = *m_fragments.back();
  const auto fresh = tile(fragment, fragment.tree.roots.at(0), 0, fragment.lines.size());
  for (auto& item : fresh->items) {
    attach(target, std::move(item));
  }
}

void Document::insert(const Place& map, std::string_view entries) {
  splice(map, entries, false);
}

void Document::append(const Place& sequence, std::string_view items) {
  splice(sequence, items, true);
}

void Document::remove(const Place& place) {
  detach(place);
  prune(parent_of(place));
}

// A mapping without entries would read as null: it goes with its last entry. An empty sequence is
// something that people mean.
void Document::prune(const Place& place) {
  Item* item = place.empty() ? nullptr : locate(place).item();
  if (item == nullptr || !item->body ||
      std::any_of(item->body->items.begin(), item->body->items.end(),
                  [](const auto& inner) { return inner->is_entry; })) {
    return;
  }
  if (!item->body->is_sequence) {
    remove(place);
    return;
  }
  const Node& value = item->source->node(item->value);
  if (value.indicator != k_npos) {
    item->source->replace(value.indicator + 1, value.indicator + 1, " []");
  }
}

void Document::move(const Place& from, const Place& to) {
  if (has(to)) {
    throw EditError("the target exists");
  }
  if (is_below(to, from)) {
    throw EditError("an entry cannot move into itself");
  }
  require(from);
  Body& target = body_at(parent_of(to), false);
  auto item = detach(from);
  if (item->name != to.back().key) {
    replace_key(*item, to.back().key);
  }
  attach(target, std::move(item));
  prune(parent_of(from));
}

void Document::merge(const Place& from, const Place& into, OnConflict policy) {
  const Item& source = require(from);
  if (!has(into)) {
    move(from, into);
    return;
  }
  if (!source.body || !require(into).body) {
    if (policy == OnConflict::fail) {
      throw EditError("both are set: " + into.back().key);
    }
    if (policy == OnConflict::keep_target) {
      remove(from);
    } else {
      remove(into);
      move(from, into);
    }
    return;
  }
  std::vector<std::string> names;
  for (const auto& item : source.body->items) {
    if (item->is_entry) {
      names.push_back(item->name);
    }
  }
  for (const std::string& name : names) {
    Place below_from = from;
    Place below_into = into;
    below_from.emplace_back(name);
    below_into.emplace_back(name);
    merge(below_from, below_into, policy);
  }
  if (has(from)) {
    remove(from);
  }
}

}  // namespace yaml
