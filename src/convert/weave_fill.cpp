#include "convert/patch.hpp"
#include "convert/weaver.hpp"
#include "yaml/quote.hpp"

#include <algorithm>
#include <utility>

namespace convert {
namespace {

// People look for `enabled` in the first line of a block.
bool is_switch(const std::string& key, const Value& value) {
  return key == "enabled" && value.kind() == values::Kind::boolean;
}

void switch_first(Value& value) {
  for (Value& item : value.items()) {
    switch_first(item);
  }
  std::stable_partition(value.entries().begin(), value.entries().end(),
                        [](const auto& entry) { return is_switch(entry.first, entry.second); });
  for (auto& [key, child] : value.entries()) {
    switch_first(child);
  }
}

}  // namespace

void Weaver::fill(Body& body, std::size_t id) {
  if (body.is_sequence) {
    fill_sequence(body, id);
  } else {
    fill_mapping(body, id);
  }
}

void Weaver::fill_mapping(Body& body, std::size_t id) {
  const auto as_it_was = m_spaced.find(&body);
  const bool spaced = as_it_was != m_spaced.end() && as_it_was->second;
  std::vector<ItemPtr> items = std::move(body.items);
  body.items.clear();
  std::set<std::size_t> placed;
  for (ItemPtr& item : items) {
    const std::size_t child = item->is_entry ? target_of(old_of(*item)) : k_none;
    if (child == k_none) {
      body.items.push_back(std::move(item));
    } else {
      placed.insert(child);
      put(body, body.items.size(), std::move(item), child);
    }
  }
  for (const std::size_t child : in_order_of_coming(id)) {
    if (!placed.contains(child)) {
      add_last(body, child, spaced);
    }
  }
  tidy(body);
}

std::vector<std::size_t> Weaver::in_order_of_coming(std::size_t id) const {
  std::vector<std::size_t> children = m_after.children(id);
  const auto rank = [&](std::size_t child) { return first_source(child); };
  std::stable_sort(children.begin(), children.end(),
                   [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  return children;
}

std::size_t Weaver::first_source(std::size_t id) const {
  std::size_t first = k_none;
  for (std::size_t below = id; below < m_after[id].end; ++below) {
    first = std::min(first, m_pairing.source[below]);
  }
  return first;
}

bool Weaver::has_blank_lines(const Body& body, bool otherwise) {
  int apart = 0;
  int together = 0;
  for (std::size_t i = 1; i < body.items.size(); ++i) {
    const Item& item = *body.items[i];
    if (item.is_entry) {
      const Item& above = *body.items[i - 1];
      ++(above.is_entry ? together : apart);
    }
  }
  if (apart + together == 0) {
    return otherwise && std::any_of(body.items.begin(), body.items.end(),
                                    [](const ItemPtr& item) { return item->body != nullptr; });
  }
  return apart > together;
}

void Weaver::add_last(Body& body, std::size_t id, bool spaced) {
  if (is_switch(m_after[id].step.key, *m_after[id].value) && m_moved.find(id) == m_moved.end()) {
    add_first(body, id);
    return;
  }
  std::size_t at = body.items.size();
  while (at > 0 && !body.items[at - 1]->is_entry) {
    --at;
  }
  if (at == 0) {
    at = body.items.size();  // nothing but comments: they stay above
  }
  if (spaced && at > 0 && !ends_blank(*body.items[at - 1])) {
    body.items.insert(body.items.begin() + static_cast<std::ptrdiff_t>(at),
                      make_filler({""}, false));
    ++at;
  }
  put(body, at, take_item(id), id);
}

void Weaver::add_first(Body& body, std::size_t id) {
  std::size_t at = 0;
  while (at < body.items.size() && !body.items[at]->is_entry) {
    ++at;
  }
  if (at == body.items.size()) {
    at = 0;
  }
  put(body, at, take_item(id), id);
}

bool Weaver::ends_blank(const Item& item) {
  return item.end_line > item.first_line && item.source->is_blank(item.end_line - 1);
}

void Weaver::fill_sequence(Body& body, std::size_t id) {
  std::vector<ItemPtr> items = std::move(body.items);
  body.items.clear();
  std::map<std::size_t, ItemPtr> staying;
  std::map<std::size_t, std::vector<ItemPtr>> behind;  // fillers by the item above, or k_none
  std::size_t above = k_none;
  for (ItemPtr& item : items) {
    if (item->is_entry) {
      above = target_of(old_of(*item));
      staying[above] = std::move(item);
    } else {
      behind[above].push_back(std::move(item));
    }
  }
  const auto release = [&](std::size_t node) {
    for (ItemPtr& filler : behind[node]) {
      body.items.push_back(std::move(filler));
    }
    behind.erase(node);
  };
  release(k_none);
  for (const std::size_t child : m_after.children(id)) {
    const auto found = staying.find(child);
    ItemPtr item = found != staying.end() ? std::move(found->second) : take_item(child);
    put(body, body.items.size(), std::move(item), child);
    release(child);
  }
  for (auto& [node, fillers] : behind) {
    for (ItemPtr& filler : fillers) {
      body.items.push_back(std::move(filler));
    }
  }
  tidy(body);
}

void Weaver::tidy(Body& body) {
  for (std::size_t i = 0; i < body.items.size(); ++i) {
    Item& item = *body.items[i];
    if (m_ours.contains(&item) && item.end_line > 0 && ends_blank(item)) {
      const bool last = i + 1 == body.items.size();
      if (last || item_begins_blank(*body.items[i + 1])) {
        item.body_line = item.foot_line = --item.end_line;
      }
    }
  }
}

bool Weaver::item_begins_blank(const Item& item) {
  return item.first_line < item.end_line && item.source->is_blank(item.first_line);
}

void Weaver::put(Body& body, std::size_t at, ItemPtr item, std::size_t id) {
  std::optional<Comments> own = shape(item, id);
  Comments comments = take_heads(id, can_descend(id, *item) ? id + 1 : m_after[id].end);
  if (own) {
    append(comments, *own);
  }
  comments = trimmed(comments);
  if (!comments.empty()) {
    body.items.insert(body.items.begin() + static_cast<std::ptrdiff_t>(at),
                      make_filler(comments, false));
    ++at;
  }
  body.items.insert(body.items.begin() + static_cast<std::ptrdiff_t>(at), std::move(item));
}

void Weaver::place_heads(Body& body, std::size_t id) {
  const auto head = m_heads.upper_bound(id);
  if (head == m_heads.end() || head->first >= m_after[id].end || is_opaque(body)) {
    return;
  }
  std::map<std::string_view, std::size_t> by_key;
  const std::vector<std::size_t> children = m_after.children(id);
  for (const std::size_t child : children) {
    by_key[m_after[child].step.key] = child;
  }
  std::size_t position = 0;
  for (std::size_t i = 0; i < body.items.size(); ++i) {
    Item& item = *body.items[i];
    if (!item.is_entry) {
      continue;
    }
    const auto named = by_key.find(item.name);
    const std::size_t child = body.is_sequence        ? children.at(position++)
                              : named == by_key.end() ? k_none
                                                      : named->second;
    if (child == k_none) {
      continue;
    }
    if (item.body) {
      place_heads(*item.body, child);
    }
    if (const Comments comments = trimmed(take_heads(child, m_after[child].end));
        !comments.empty()) {
      body.items.insert(body.items.begin() + static_cast<std::ptrdiff_t>(i),
                        make_filler(comments, false));
      ++i;
    }
  }
}

bool Weaver::can_descend(std::size_t id, const Item& item) const {
  return item.body && !m_pairing.whole[id];
}

ItemPtr Weaver::take_item(std::size_t id) {
  const auto found = m_moved.find(id);
  if (found == m_moved.end()) {
    return nullptr;
  }
  ItemPtr item = std::move(found->second);
  m_moved.erase(found);
  return item;
}

std::optional<Comments> Weaver::shape(ItemPtr& item, std::size_t id) {
  if (item == nullptr) {
    return write(item, id);
  }
  const bool in_map = !m_after[id].step.is_index();
  const std::string& key = m_after[id].step.key;
  const auto rename = [&] {
    if (in_map && item->name != key) {
      const yaml::Node& node = item->source->node(item->key);
      item->source->replace(node.content, node.span.end, yaml::inline_text(key));
      item->name = key;
    }
  };
  // "key: value" is no item of a list, nor "- value" an entry of a map.
  const bool fits = in_map == (item->key != yaml::k_none);
  if (fits && is_whole(*item, id)) {
    rename();
    if (item->body) {
      place_heads(*item->body, id);
    }
    return std::nullopt;
  }
  const std::size_t old = old_of(*item);
  if (fits && can_fill(*item, id)) {
    rename();
    fill(*item->body, id);
    return std::nullopt;
  }
  const bool plain = !holds_alias(*item) || m_grain == Grain::fine;
  if (fits && plain &&
      patch(*item->source, item->value, *m_before[old].value, *m_after[id].value)) {
    rename();
    return std::nullopt;
  }
  Comments comments = comments_of(*item);
  item = nullptr;
  std::optional<Comments> more = write(item, id);
  if (more) {
    append(comments, *more);
  }
  return comments;
}

std::optional<Comments> Weaver::write(ItemPtr& item, std::size_t id) {
  const bool in_map = !m_after[id].step.is_index();
  const Value& value = *m_after[id].value;
  if (in_map && m_has_moved[id] && !value.is_leaf()) {
    item = from_text(yaml::inline_text(m_after[id].step.key) + ":\n");
    item->body = std::make_unique<Body>();
    item->body->is_sequence = value.is_list();
    item->body->column = static_cast<long>(value.is_list() ? m_style.sequence_step : m_style.step);
    fill(*item->body, id);
    return std::nullopt;
  }
  Comments comments;
  for (auto moved = m_moved.lower_bound(id);
       moved != m_moved.end() && moved->first < m_after[id].end; moved = m_moved.erase(moved)) {
    append(comments, comments_of(*moved->second));
  }
  Value around = in_map ? Value::map({{m_after[id].step.key, value}}) : Value::list({value});
  switch_first(around);
  item = from_text(values::to_yaml(around, m_style));
  return comments;
}

ItemPtr Weaver::from_text(const std::string& text) {
  Fragment& fragment = make_fragment(text);
  const auto body = yaml::tile(fragment, fragment.tree.roots.at(0), 0, fragment.lines.size());
  ItemPtr item = std::move(body->items.front());
  item->body_line = item->foot_line;
  item->body = nullptr;
  return item;
}

}  // namespace convert
