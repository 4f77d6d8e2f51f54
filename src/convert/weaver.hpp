// The weaver behind weave(): reads which lines of the file hold which old value, takes apart what
// moves or is gone (weave_apart.cpp), and fills every block of the new values (weave_fill.cpp).
#pragma once

#include "convert/weave.hpp"
#include "values/yaml_writer.hpp"
#include "yaml/layout.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace convert {

using values::Value;
using yaml::Body;
using yaml::Fragment;
using yaml::Item;
using ItemPtr = std::unique_ptr<Item>;

// Comment lines, "# …" each, with the blank lines between them.
using Comments = std::vector<std::string>;

void append(Comments& to, const Comments& more);
// Without blank lines at both ends, and never two in a row.
Comments trimmed(const Comments& comments);

class Weaver {
 public:
  Weaver(Fragment& file, yaml::NodeId root, const Outline& before, const Outline& after,
         const Pairing& pairing, Grain grain);
  // Each goes above what its line has become, or above the block that it stood in.
  void annotate(const Annotations& annotations);
  Weaving weave();

 private:
  // --- the old file and its comments
  void read_aliases();
  bool holds_alias(const Item& item) const;
  static bool is_opaque(const Body& body);
  // Which old value each item holds. Of duplicate keys the last one is the value.
  void name_items(const Body& body, std::size_t old);
  std::size_t old_of(const Item& item) const;
  std::size_t target_of(std::size_t old) const;
  bool is_whole(const Item& item, std::size_t id) const;
  bool can_fill(const Item& item, std::size_t id) const;
  // In text of ours every comment has a line of its own.
  std::size_t comment_at(const Fragment& source, std::size_t line) const;
  void add_comment(Comments& comments, const Fragment& source, std::size_t line) const;
  Comments comments_in(const Fragment& source, std::size_t first, std::size_t end) const;
  // Everything that is said in and around an item, in the order of its lines.
  Comments comments_of(const Item& item) const;
  // The comments that wait for a node at [id, end).
  Comments take_heads(std::size_t id, std::size_t end);
  ItemPtr make_filler(const Comments& comments, bool blank_line_after);
  Fragment& make_fragment(std::string_view lines);
  // Who speaks for an old value now: the first node that came from it or from something in it.
  std::size_t heir_of(std::size_t old) const;
  std::string printed();

  // --- first pass: every item that leaves its block waits in m_moved, what is gone leaves its
  // comments
  void take_apart(Body& body, std::size_t old);
  // An earlier one of duplicate keys does nothing; it stays as long as the last one does.
  void keep_shadowed(Body& body, ItemPtr item, std::size_t old, std::size_t owner);
  // The blank lines that led to an entry must not join those that follow it. True when these go.
  static bool close_gap(Body& body, const Item* next);
  static bool is_separator(const Item& item);
  void announce(std::size_t id);
  void dissolve(Body& body, const Item& item, std::size_t old);
  void leave_comments(Body& body, Comments comments, const values::Path& path);

  // --- second pass: every block gets what belongs into it
  void fill(Body& body, std::size_t id);
  void fill_mapping(Body& body, std::size_t id);
  // What came from the file first, as it stood there; then what is new.
  std::vector<std::size_t> in_order_of_coming(std::size_t id) const;
  std::size_t first_source(std::size_t id) const;
  // Whether the entries of a block stand apart.
  static bool has_blank_lines(const Body& body, bool otherwise);
  void add_last(Body& body, std::size_t id, bool spaced);
  void add_first(Body& body, std::size_t id);
  static bool ends_blank(const Item& item);
  // The list's order is the plan's. What stood free behind an item stays behind it.
  void fill_sequence(Body& body, std::size_t id);
  // Comments of ours need no blank line behind them where one stands already, or nothing follows.
  void tidy(Body& body);
  static bool item_begins_blank(const Item& item);
  // Puts an item (or what is written in its place) at `at`, with the comments that wait for it.
  void put(Body& body, std::size_t at, ItemPtr item, std::size_t id);
  // Comments that wait for something within a block that stays as it is.
  void place_heads(Body& body, std::size_t id);
  bool can_descend(std::size_t id, const Item& item) const;
  // The waiting item of a node, or nothing.
  ItemPtr take_item(std::size_t id);
  // Makes the item say what the node is. Returns comments that have lost their lines by it.
  std::optional<Comments> shape(ItemPtr& item, std::size_t id);
  // Fresh text for a node. Where lines of the file belong below it, they are used.
  std::optional<Comments> write(ItemPtr& item, std::size_t id);
  ItemPtr from_text(const std::string& text);

  Fragment& m_file;
  const Outline& m_before;
  const Outline& m_after;
  const Pairing& m_pairing;
  Grain m_grain;
  values::YamlStyle m_style;
  std::string_view m_line_break;
  std::vector<std::size_t> m_comment_at;
  std::unique_ptr<Body> m_body;
  std::vector<std::unique_ptr<Fragment>> m_fragments;
  std::vector<std::size_t> m_aliases;                       // offsets, ascending
  std::unordered_map<const Item*, std::size_t> m_old_of;    // item -> old node
  std::unordered_map<const Item*, std::size_t> m_shadowed;  // an earlier duplicate -> old node
  std::unordered_map<const Body*, bool> m_spaced;           // whether its entries stood apart
  std::map<std::size_t, ItemPtr> m_moved;                   // by new node
  std::vector<bool> m_has_moved;                            // something at or below it waits
  std::map<std::size_t, std::map<std::size_t, Comments>> m_heads;  // by new node, then line
  std::set<const Item*> m_ours;                                    // fillers that we made
  std::vector<values::Path> m_orphans;
};

}  // namespace convert
