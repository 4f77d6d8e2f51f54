#include "convert/weave.hpp"

#include "convert/style.hpp"
#include "convert/weaver.hpp"
#include "yaml/comments.hpp"
#include "yaml/edit.hpp"

#include <algorithm>
#include <utility>

namespace convert {
namespace {

bool is_merge(const Item& item) {
  return item.key != yaml::k_none && item.source->node(item.key).value == "<<";
}

}  // namespace

void append(Comments& to, const Comments& more) {
  to.insert(to.end(), more.begin(), more.end());
}

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

Weaver::Weaver(Fragment& file, yaml::NodeId root, const Outline& before, const Outline& after,
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
  m_body = yaml::tile(file, root, 0, file.lines.size());
  read_aliases();
  name_items(*m_body, 0);
}

void Weaver::annotate(const Annotations& annotations) {
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
    m_heads[heir][0].push_back(comment);
  }
}

Weaving Weaver::weave() {
  if (is_opaque(*m_body)) {
    throw yaml::EditError("the values begin with a merge key");
  }
  take_apart(*m_body, 0);
  fill(*m_body, 0);
  std::string text = printed();
  return {std::move(text), std::move(m_orphans)};
}

void Weaver::read_aliases() {
  for (const yaml::Node& node : m_file.tree.nodes) {
    const bool merges = node.kind == yaml::Kind::scalar && node.value == "<<";
    if (node.kind == yaml::Kind::alias || merges) {
      m_aliases.push_back(node.span.begin);
    }
  }
}

bool Weaver::holds_alias(const Item& item) const {
  const yaml::Node& value = item.source->node(item.value);
  const auto found = std::lower_bound(m_aliases.begin(), m_aliases.end(), value.span.begin);
  return found != m_aliases.end() && *found < std::max(value.span.end, value.span.begin + 1);
}

bool Weaver::is_opaque(const Body& body) {
  return std::any_of(body.items.begin(), body.items.end(),
                     [](const ItemPtr& item) { return item->is_entry && is_merge(*item); });
}

void Weaver::name_items(const Body& body, std::size_t old) {
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

std::size_t Weaver::old_of(const Item& item) const {
  const auto found = m_old_of.find(&item);
  return found == m_old_of.end() ? k_none : found->second;
}

std::size_t Weaver::target_of(std::size_t old) const {
  return old == k_none ? k_none : m_pairing.target[old];
}

bool Weaver::is_whole(const Item& item, std::size_t id) const {
  return m_pairing.whole[id] && !(m_grain == Grain::no_alias && holds_alias(item));
}

bool Weaver::can_fill(const Item& item, std::size_t id) const {
  const Value& value = *m_after[id].value;
  return item.body && !is_opaque(*item.body) && !value.is_leaf() &&
         item.body->is_sequence == value.is_list() && !m_pairing.whole[id];
}

std::size_t Weaver::comment_at(const Fragment& source, std::size_t line) const {
  if (&source == &m_file) {
    return m_comment_at[line];
  }
  return source.is_comment(line)
             ? source.tree.lines[line] + static_cast<std::size_t>(source.lines[line].indent)
             : yaml::k_npos;
}

void Weaver::add_comment(Comments& comments, const Fragment& source, std::size_t line) const {
  if (const std::size_t at = comment_at(source, line); at != yaml::k_npos) {
    std::string text = source.text.substr(at, source.line_end(line) - at);
    text.erase(text.find_last_not_of("\r\n") + 1);
    comments.push_back(std::move(text));
  } else if (source.is_blank(line)) {
    comments.emplace_back();
  }
}

Comments Weaver::comments_in(const Fragment& source, std::size_t first, std::size_t end) const {
  Comments comments;
  for (std::size_t line = first; line < end; ++line) {
    add_comment(comments, source, line);
  }
  return comments;
}

Comments Weaver::comments_of(const Item& item) const {
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

Comments Weaver::take_heads(std::size_t id, std::size_t end) {
  Comments comments;
  auto head = m_heads.lower_bound(id);
  while (head != m_heads.end() && head->first < end) {
    for (const auto& [line, lines] : head->second) {
      append(comments, lines);
    }
    head = m_heads.erase(head);
  }
  return comments;
}

ItemPtr Weaver::make_filler(const Comments& comments, bool blank_line_after) {
  std::string text;
  for (const std::string& line : comments) {
    text += line + "\n";
  }
  text = yaml::with_line_breaks(text + (blank_line_after ? "\n" : ""), m_line_break);
  yaml::Tree lines = yaml::lines_of(text);
  m_fragments.push_back(std::make_unique<Fragment>(std::move(text), std::move(lines)));
  Fragment& fragment = *m_fragments.back();
  auto item = std::make_unique<Item>();
  item->source = &fragment;
  item->body_line = item->foot_line = item->end_line = fragment.lines.size();
  return item;
}

Fragment& Weaver::make_fragment(std::string_view lines) {
  m_fragments.push_back(std::make_unique<Fragment>(yaml::with_line_breaks(lines, m_line_break)));
  return *m_fragments.back();
}

std::size_t Weaver::heir_of(std::size_t old) const {
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

std::string Weaver::printed() {
  bool completed = false;
  std::string text = yaml::print(*m_body, m_line_break, completed);
  if (completed) {
    yaml::keep_last_value(m_file);
    text = yaml::print(*m_body, m_line_break, completed);
  }
  return text;
}

Weaving weave(Fragment& file, yaml::NodeId root, const Outline& before, const Outline& after,
              const Pairing& pairing, const Annotations& annotations, Grain grain) {
  Weaver weaver(file, root, before, after, pairing, grain);
  weaver.annotate(annotations);
  return weaver.weave();
}

}  // namespace convert
