#include "convert/weaver.hpp"

#include <utility>

namespace convert {

void Weaver::take_apart(Body& body, std::size_t old) {
  const std::size_t owner = m_pairing.target[old];
  m_spaced[&body] = has_blank_lines(body, old == 0);
  std::vector<ItemPtr> items = std::move(body.items);
  body.items.clear();
  for (std::size_t i = 0; i < items.size(); ++i) {
    ItemPtr item = std::move(items[i]);
    const std::size_t child = item->is_entry ? old_of(*item) : k_none;
    const std::size_t id = target_of(child);
    if (!item->is_entry) {
      body.items.push_back(std::move(item));
      continue;
    }
    if (const auto shadow = m_shadowed.find(item.get()); shadow != m_shadowed.end()) {
      keep_shadowed(body, std::move(item), shadow->second, owner);
      continue;
    }
    if (item->body && child != k_none && (id == k_none || can_fill(*item, id)) &&
        !is_opaque(*item->body)) {
      take_apart(*item->body, child);
    }
    if (id != k_none && owner != k_none && m_after[id].parent == owner) {
      body.items.push_back(std::move(item));
      continue;
    }
    if (id != k_none) {
      announce(id);
      m_moved[id] = std::move(item);
    } else {
      dissolve(body, *item, child);
    }
    if (close_gap(body, i + 1 < items.size() ? items[i + 1].get() : nullptr)) {
      ++i;
    }
  }
}

void Weaver::keep_shadowed(Body& body, ItemPtr item, std::size_t old, std::size_t owner) {
  const std::size_t id = m_pairing.target[old];
  if (id != k_none && owner != k_none && m_after[id].parent == owner && m_pairing.whole[id] &&
      m_after[id].step == m_before[old].step) {
    body.items.push_back(std::move(item));
  } else {
    leave_comments(body, comments_of(*item), m_before.path(old));
  }
}

bool Weaver::close_gap(Body& body, const Item* next) {
  const bool is_blank_behind = next != nullptr && is_separator(*next);
  if (body.items.empty()) {
    return is_blank_behind;
  }
  const Item& above = *body.items.back();
  if (is_separator(above) && (next == nullptr || !next->is_entry)) {
    body.items.pop_back();
    return false;
  }
  return is_blank_behind && !above.is_entry && ends_blank(above);
}

bool Weaver::is_separator(const Item& item) {
  for (std::size_t line = item.first_line; line < item.end_line; ++line) {
    if (!item.source->is_blank(line)) {
      return false;
    }
  }
  return !item.is_entry;
}

void Weaver::announce(std::size_t id) {
  for (std::size_t above = id; above != k_none && !m_has_moved[above];
       above = m_after[above].parent) {
    m_has_moved[above] = true;
  }
}

void Weaver::dissolve(Body& body, const Item& item, std::size_t old) {
  const std::size_t heir = old == k_none ? k_none : heir_of(old);
  const values::Path path = old == k_none ? values::Path() : m_before.path(old);
  if (heir == k_none) {
    leave_comments(body, comments_of(item), path);
    return;
  }
  if (!item.body || is_opaque(*item.body)) {
    append(m_heads[heir][item.first_line], comments_of(item));
    return;
  }
  // What is said about the block goes with the first that came out of it; what stood free in it
  // stays.
  append(m_heads[heir][item.first_line],
         comments_in(*item.source, item.first_line, item.body_line));
  Comments rest;
  for (const ItemPtr& inner : item.body->items) {
    append(rest, comments_of(*inner));
  }
  append(rest, comments_in(*item.source, item.foot_line, item.end_line));
  leave_comments(body, rest, path);
}

void Weaver::leave_comments(Body& body, Comments comments, const values::Path& path) {
  comments = trimmed(comments);
  if (comments.empty()) {
    return;
  }
  m_orphans.push_back(path);
  body.items.push_back(make_filler(comments, true));
  m_ours.insert(body.items.back().get());
}

}  // namespace convert
