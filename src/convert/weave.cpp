#include "convert/weave.hpp"

#include "convert/patch.hpp"
#include "convert/style.hpp"
#include "values/yaml_writer.hpp"
#include "yaml/comments.hpp"
#include "yaml/edit.hpp"
#include "yaml/quote.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>

namespace convert {
namespace {

using values::Value;
using yaml::Body;
using yaml::Fragment;
using yaml::Item;
using ItemPtr = std::unique_ptr<Item>;

// Comment lines, "# …" each, with the blank lines between them.
using Comments = std::vector<std::string>;

void append(Comments& to, const Comments& more) {
  to.insert(to.end(), more.begin(), more.end());
}

// Without blank lines at both ends, and never two in a row.
Comments trimmed(const Comments& comments) {
  Comments result;
  for (const std::string& line : comments) {
    if (!line.empty() || (!result.empty() && !result.back().empty())) {
      result.push_back(line);
    }
  }
  if (!result.empty() && result.back().empty()) {
    result.pop_back();
  }
  return result;
}

bool is_merge(const Item& item) {
  return item.key != yaml::k_none && item.source->node(item.key).value == "<<";
}

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

// The lines [first, end) of a block that stands within other lines.
struct Lines {
  std::size_t first = 0;
  std::size_t end = 0;
};

class Weaver {
 public:
  Weaver(Fragment& file, yaml::NodeId root, const Outline& before, const Outline& after,
         const Pairing& pairing, Grain grain)
      : m_file(file),
        m_before(before),
        m_after(after),
        m_pairing(pairing),
        m_grain(grain),
        m_style(style_of(file)),
        m_line_break(yaml::line_break_of(file.text)),
        m_comment_at(yaml::find_comments(file)),
        m_has_moved(after.size(), false) {
    const yaml::Node& node = file.node(root);
    if (node.kind != yaml::Kind::mapping || !yaml::is_block_collection(node)) {
      throw yaml::EditError("the values are no block mapping");
    }
    m_lines = lines_of(root);
    m_body = yaml::tile(file, root, m_lines.first, m_lines.end);
    read_aliases();
    name_items(*m_body, 0);
  }

  // Each goes above what its line has become, or above the block that it stood in.
  void annotate(const Annotations& annotations) {
    std::multimap<int, std::size_t> by_line;
    for (std::size_t old = 1; old < m_before.size(); ++old) {
      by_line.emplace(m_before[old].value->origin.line, old);
    }
    for (const auto& [line, comment] : annotations) {
      const auto found = by_line.find(line);
      if (found == by_line.end()) {
        continue;
      }
      std::size_t old = found->second;
      while (old != 0 && heir_of(old) == k_none) {
        old = m_before[old].parent;
      }
      const std::size_t heir = old == 0 ? m_after.children(0).front() : heir_of(old);
      m_heads[heir].push_back(comment);
    }
  }

  Weaving weave() {
    if (is_opaque(*m_body)) {
      throw yaml::EditError("the values begin with a merge key");
    }
    take_apart(*m_body, 0);
    fill(*m_body, 0);
    std::string text = printed();
    return {std::move(text), std::move(m_orphans)};
  }

 private:
  // --- the old file

  // All lines, when the values are the file; else those of the block, comments above its first key
  // and deep comments below its last one included.
  Lines lines_of(yaml::NodeId root) const {
    const yaml::Node& node = m_file.node(root);
    if (node.parent == yaml::k_none) {
      return {0, m_file.lines.size()};
    }
    const std::size_t line = m_file.tree.line_of(node.content);
    const auto column = static_cast<long>(m_file.tree.column_of(node.content));
    Lines lines{line, m_file.tree.line_of(node.span.end) + 1};
    if (m_file.lines[line].indent != column) {
      throw yaml::EditError("the values begin behind something else");
    }
    while (lines.first > 0 && m_file.is_comment(lines.first - 1) &&
           m_file.lines[lines.first - 1].indent >= column) {
      --lines.first;
    }
    for (std::size_t next = lines.end; next < m_file.lines.size(); ++next) {
      if (m_file.is_comment(next) && m_file.lines[next].indent >= column) {
        lines.end = next + 1;
      } else if (!m_file.is_blank(next)) {
        break;
      }
    }
    return lines;
  }

  void read_aliases() {
    for (const yaml::Node& node : m_file.tree.nodes) {
      const bool merges = node.kind == yaml::Kind::scalar && node.value == "<<";
      if (node.kind == yaml::Kind::alias || merges) {
        m_aliases.push_back(node.span.begin);
      }
    }
  }

  bool holds_alias(const Item& item) const {
    const yaml::Node& value = item.source->node(item.value);
    const auto found = std::lower_bound(m_aliases.begin(), m_aliases.end(), value.span.begin);
    return found != m_aliases.end() && *found < std::max(value.span.end, value.span.begin + 1);
  }

  static bool is_opaque(const Body& body) {
    return std::any_of(body.items.begin(), body.items.end(),
                       [](const ItemPtr& item) { return item->is_entry && is_merge(*item); });
  }

  // Which old value each item holds. Of duplicate keys the last one is the value.
  void name_items(const Body& body, std::size_t old) {
    std::map<std::string_view, std::size_t> by_key;
    std::vector<std::size_t> children = m_before.children(old);
    for (const std::size_t child : children) {
      by_key.emplace(m_before[child].step.key, child);
    }
    std::size_t position = 0;
    std::map<std::size_t, const Item*> last;
    for (const ItemPtr& item : body.items) {
      if (!item->is_entry) {
        continue;
      }
      std::size_t id = k_none;
      if (body.is_sequence) {
        id = position < children.size() ? children[position] : k_none;
        ++position;
      } else if (const auto found = by_key.find(item->name); found != by_key.end()) {
        id = found->second;
      }
      if (id == k_none || is_merge(*item)) {
        continue;
      }
      if (const Item* before = std::exchange(last[id], item.get())) {
        m_old_of[before] = k_none;
        m_shadowed[before] = id;
      }
      m_old_of[item.get()] = id;
    }
    for (const auto& [id, item] : last) {
      if (item->body && !is_opaque(*item->body)) {
        name_items(*item->body, id);
      }
    }
  }

  std::size_t old_of(const Item& item) const {
    const auto found = m_old_of.find(&item);
    return found == m_old_of.end() ? k_none : found->second;
  }

  std::size_t target_of(std::size_t old) const {
    return old == k_none ? k_none : m_pairing.target[old];
  }

  bool is_whole(const Item& item, std::size_t id) const {
    return m_pairing.whole[id] && !(m_grain == Grain::no_alias && holds_alias(item));
  }

  bool can_fill(const Item& item, std::size_t id) const {
    const Value& value = *m_after[id].value;
    return item.body && !is_opaque(*item.body) && !value.is_leaf() &&
           item.body->is_sequence == value.is_list() && !m_pairing.whole[id];
  }

  // --- comments

  // In text of ours every comment has a line of its own.
  std::size_t comment_at(const Fragment& source, std::size_t line) const {
    if (&source == &m_file) {
      return m_comment_at[line];
    }
    return source.is_comment(line)
               ? source.tree.lines[line] + static_cast<std::size_t>(source.lines[line].indent)
               : yaml::k_npos;
  }

  void add_comment(Comments& comments, const Fragment& source, std::size_t line) const {
    if (const std::size_t at = comment_at(source, line); at != yaml::k_npos) {
      std::string text = source.text.substr(at, source.line_end(line) - at);
      text.erase(text.find_last_not_of("\r\n") + 1);
      comments.push_back(std::move(text));
    } else if (source.is_blank(line)) {
      comments.emplace_back();
    }
  }

  Comments comments_in(const Fragment& source, std::size_t first, std::size_t end) const {
    Comments comments;
    for (std::size_t line = first; line < end; ++line) {
      add_comment(comments, source, line);
    }
    return comments;
  }

  // Everything that is said in and around an item, in the order of its lines.
  Comments comments_of(const Item& item) const {
    if (!item.body) {
      return comments_in(*item.source, item.first_line, item.end_line);
    }
    Comments comments = comments_in(*item.source, item.first_line, item.body_line);
    for (const ItemPtr& inner : item.body->items) {
      append(comments, comments_of(*inner));
    }
    append(comments, comments_in(*item.source, item.foot_line, item.end_line));
    return comments;
  }

  // The comments that wait for a node at [id, end).
  Comments take_heads(std::size_t id, std::size_t end) {
    Comments comments;
    auto head = m_heads.lower_bound(id);
    while (head != m_heads.end() && head->first < end) {
      append(comments, head->second);
      head = m_heads.erase(head);
    }
    return comments;
  }

  ItemPtr make_filler(const Comments& comments, bool blank_line_after) {
    std::string text;
    for (const std::string& line : comments) {
      text += line + "\n";
    }
    Fragment& fragment = make_fragment(text + (blank_line_after ? "\n" : ""));
    auto item = std::make_unique<Item>();
    item->source = &fragment;
    item->body_line = item->foot_line = item->end_line = fragment.lines.size();
    return item;
  }

  Fragment& make_fragment(std::string_view lines) {
    m_fragments.push_back(std::make_unique<Fragment>(yaml::with_line_breaks(lines, m_line_break)));
    return *m_fragments.back();
  }

  // --- first pass: every item that leaves its block waits in m_moved, what is gone leaves its
  // comments

  void take_apart(Body& body, std::size_t old) {
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
      close_gap(body, i + 1 < items.size() ? items[i + 1].get() : nullptr);
    }
  }

  // An earlier one of duplicate keys does nothing; it stays as long as the last one does.
  void keep_shadowed(Body& body, ItemPtr item, std::size_t old, std::size_t owner) {
    const std::size_t id = m_pairing.target[old];
    if (id != k_none && owner != k_none && m_after[id].parent == owner && m_pairing.whole[id] &&
        m_after[id].step == m_before[old].step) {
      body.items.push_back(std::move(item));
    } else {
      leave_comments(body, comments_of(*item), m_before.path(old));
    }
  }

  // The blank lines that led to an entry must not join those that follow it.
  static void close_gap(Body& body, const Item* next) {
    if (!body.items.empty() && is_separator(*body.items.back()) &&
        (next == nullptr || !next->is_entry)) {
      body.items.pop_back();
    }
  }

  static bool is_separator(const Item& item) {
    for (std::size_t line = item.first_line; line < item.end_line; ++line) {
      if (!item.source->is_blank(line)) {
        return false;
      }
    }
    return !item.is_entry;
  }

  void announce(std::size_t id) {
    for (std::size_t above = id; above != k_none && !m_has_moved[above];
         above = m_after[above].parent) {
      m_has_moved[above] = true;
    }
  }

  // Who speaks for an old value now: the first node that came from it or from something in it.
  std::size_t heir_of(std::size_t old) const {
    for (std::size_t id = old; id < m_before[old].end; ++id) {
      if (m_pairing.target[id] != k_none) {
        return m_pairing.target[id];
      }
    }
    for (std::size_t id = old; id < m_before[old].end; ++id) {
      if (m_pairing.heir[id] != k_none) {
        return m_pairing.heir[id];
      }
    }
    return k_none;
  }

  void dissolve(Body& body, const Item& item, std::size_t old) {
    const std::size_t heir = old == k_none ? k_none : heir_of(old);
    const values::Path path = old == k_none ? values::Path() : m_before.path(old);
    if (heir == k_none) {
      leave_comments(body, comments_of(item), path);
      return;
    }
    if (!item.body || is_opaque(*item.body)) {
      append(m_heads[heir], comments_of(item));
      return;
    }
    // What is said about the block goes with the first that came out of it; what stood free in it
    // stays.
    append(m_heads[heir], comments_in(*item.source, item.first_line, item.body_line));
    Comments rest;
    for (const ItemPtr& inner : item.body->items) {
      append(rest, comments_of(*inner));
    }
    append(rest, comments_in(*item.source, item.foot_line, item.end_line));
    leave_comments(body, rest, path);
  }

  void leave_comments(Body& body, Comments comments, const values::Path& path) {
    comments = trimmed(comments);
    if (comments.empty()) {
      return;
    }
    m_orphans.push_back(path);
    body.items.push_back(make_filler(comments, true));
    m_ours.insert(body.items.back().get());
  }

  // --- second pass: every block gets what belongs into it

  void fill(Body& body, std::size_t id) {
    if (body.is_sequence) {
      fill_sequence(body, id);
    } else {
      fill_mapping(body, id);
    }
  }

  void fill_mapping(Body& body, std::size_t id) {
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

  // What came from the file first, as it stood there; then what is new.
  std::vector<std::size_t> in_order_of_coming(std::size_t id) const {
    std::vector<std::size_t> children = m_after.children(id);
    const auto rank = [&](std::size_t child) { return first_source(child); };
    std::stable_sort(children.begin(), children.end(),
                     [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
    return children;
  }

  std::size_t first_source(std::size_t id) const {
    std::size_t first = k_none;
    for (std::size_t below = id; below < m_after[id].end; ++below) {
      first = std::min(first, m_pairing.source[below]);
    }
    return first;
  }

  // Whether the entries of a block stand apart.
  static bool has_blank_lines(const Body& body, bool otherwise) {
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

  void add_last(Body& body, std::size_t id, bool spaced) {
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

  void add_first(Body& body, std::size_t id) {
    std::size_t at = 0;
    while (at < body.items.size() && !body.items[at]->is_entry) {
      ++at;
    }
    if (at == body.items.size()) {
      at = 0;
    }
    put(body, at, take_item(id), id);
  }

  static bool ends_blank(const Item& item) {
    return item.end_line > item.first_line && item.source->is_blank(item.end_line - 1);
  }

  // The list's order is the plan's. What stood free behind an item stays behind it.
  void fill_sequence(Body& body, std::size_t id) {
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

  // Comments of ours need no blank line behind them where one stands already, or nothing follows.
  void tidy(Body& body) {
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

  static bool item_begins_blank(const Item& item) {
    return item.first_line < item.end_line && item.source->is_blank(item.first_line);
  }

  // Puts an item (or what is written in its place) at `at`, with the comments that wait for it.
  void put(Body& body, std::size_t at, ItemPtr item, std::size_t id) {
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

  // Comments that wait for something within a block that stays as it is.
  void place_heads(Body& body, std::size_t id) {
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

  bool can_descend(std::size_t id, const Item& item) const {
    return item.body && !m_pairing.whole[id];
  }

  // The waiting item of a node, or nothing.
  ItemPtr take_item(std::size_t id) {
    const auto found = m_moved.find(id);
    if (found == m_moved.end()) {
      return nullptr;
    }
    ItemPtr item = std::move(found->second);
    m_moved.erase(found);
    return item;
  }

  // Makes the item say what the node is. Returns comments that have lost their lines by it.
  std::optional<Comments> shape(ItemPtr& item, std::size_t id) {
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
    if (is_whole(*item, id)) {
      rename();
      if (item->body) {
        place_heads(*item->body, id);
      }
      return std::nullopt;
    }
    const std::size_t old = old_of(*item);
    if (can_fill(*item, id)) {
      rename();
      fill(*item->body, id);
      return std::nullopt;
    }
    const bool plain = !holds_alias(*item) || m_grain == Grain::fine;
    if (plain && patch(*item->source, item->value, *m_before[old].value, *m_after[id].value)) {
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

  // Fresh text for a node. Where lines of the file belong below it, they are used.
  std::optional<Comments> write(ItemPtr& item, std::size_t id) {
    const bool in_map = !m_after[id].step.is_index();
    const Value& value = *m_after[id].value;
    if (in_map && m_has_moved[id] && !value.is_leaf()) {
      item = from_text(yaml::inline_text(m_after[id].step.key) + ":\n");
      item->body = std::make_unique<Body>();
      item->body->is_sequence = value.is_list();
      item->body->column =
          static_cast<long>(value.is_list() ? m_style.sequence_step : m_style.step);
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

  ItemPtr from_text(const std::string& text) {
    Fragment& fragment = make_fragment(text);
    const auto body = yaml::tile(fragment, fragment.tree.roots.at(0), 0, fragment.lines.size());
    ItemPtr item = std::move(body->items.front());
    item->body_line = item->foot_line;
    item->body = nullptr;
    return item;
  }

  // --- the result

  std::string printed() {
    bool completed = false;
    std::string block = yaml::print(*m_body, m_line_break, completed);
    const bool last = m_lines.end == m_file.lines.size();
    if (completed && last) {
      yaml::keep_last_value(m_file);
      block = yaml::print(*m_body, m_line_break, completed);
    }
    const std::string& text = m_file.text;
    const std::size_t begin = m_file.tree.lines[m_lines.first];
    const std::size_t end = m_lines.end == 0 ? 0 : m_file.line_end(m_lines.end - 1);
    if (!last && !block.ends_with('\n')) {
      block += m_line_break;
    }
    return text.substr(0, begin) + block + text.substr(end);
  }

  Fragment& m_file;
  const Outline& m_before;
  const Outline& m_after;
  const Pairing& m_pairing;
  Grain m_grain;
  values::YamlStyle m_style;
  std::string_view m_line_break;
  std::vector<std::size_t> m_comment_at;
  Lines m_lines;
  std::unique_ptr<Body> m_body;
  std::vector<std::unique_ptr<Fragment>> m_fragments;

  std::vector<std::size_t> m_aliases;                       // offsets, ascending
  std::unordered_map<const Item*, std::size_t> m_old_of;    // item -> old node
  std::unordered_map<const Item*, std::size_t> m_shadowed;  // an earlier duplicate -> old node
  std::unordered_map<const Body*, bool> m_spaced;           // whether its entries stood apart
  std::map<std::size_t, ItemPtr> m_moved;                   // by new node
  std::vector<bool> m_has_moved;                            // something at or below it waits
  std::map<std::size_t, Comments> m_heads;                  // by new node
  std::set<const Item*> m_ours;                             // fillers that we made
  std::vector<values::Path> m_orphans;
};

}  // namespace

Weaving weave(Fragment& file, yaml::NodeId root, const Outline& before, const Outline& after,
              const Pairing& pairing, const Annotations& annotations, Grain grain) {
  Weaver weaver(file, root, before, after, pairing, grain);
  weaver.annotate(annotations);
  return weaver.weave();
}

}  // namespace convert
