// The workbench of one translation, shared by the verbs of the catalogue and the named decisions.
// It owns the promise that every leaf of the input gets exactly one fate: a decision claims leaves
// by giving them a fate, the verbs take what is left, and finish() throws if a leaf has none.
#pragma once

#include "rules/catalogue.hpp"
#include "rules/plan.hpp"
#include "rules/request.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rules {

class Translation {
 public:
  Translation(const Catalogue&, const Request&, values::Value user);

  const Request& request() const { return m_request; }
  const Catalogue& catalogue() const { return m_catalogue; }

  // --- the 8.7 side. Paths are in the newest 8.7 spelling: older spellings (zeebe-gateway, …) have
  // been renamed before; fates are recorded under what the user wrote.
  const values::Value* user(const values::Path&) const;  // nullptr: the user did not write it
  // What the 8.7 chart worked with: the user's value over the chart's default, maps merged. A null
  // of the user deletes the default. Null when there is neither.
  values::Value effective(const values::Path&) const;
  bool on(const values::Path&) const;  // effective and truthy
  std::string text(
      const values::Path&) const;  // effective, as plain text; "" for null and containers
  // The user wrote it and it is not what the chart had by default anyway.
  bool changed(const values::Path&) const;

  // --- fates: every leaf at or below `from` that has none yet gets this one. `to` gets the rest of
  // each leaf's path appended when `extend` is true (a subtree that moved as it was).
  void claim(const values::Path& from, FateKind, const std::vector<values::Path>& to,
             std::string_view rule, bool extend = false);
  bool claimed(const values::Path& leaf) const;
  // The catalogue's rule for a leaf of the user's (newest spelling): looked up once for each.
  const Rule* rule_for(const values::Path& leaf) const;
  bool has_unclaimed(const values::Path& below) const;
  // The leaves (newest spelling) at or below that have no fate yet, in order.
  std::vector<values::Path> unclaimed(const values::Path& below = {}) const;

  // --- the 8.8 side.
  const values::Value* result(const values::Path&) const;
  // Writes a value that came from the user's values. When something is there already, the one of
  // the later source stays, and within one source the one that was written first (the user's own
  // 8.8 key). Maps are merged. Returns false when what was there stayed.
  bool put(const values::Path& to, values::Value);
  // Writes unconditionally (a value of ours, or a merged list).
  void set(const values::Path& to, values::Value);
  // Writes a value of ours if nothing is there, and records the pin. The rule's `because` is told.
  void pin(const values::Path& to, values::Value, std::string_view rule);
  void remove(const values::Path& at);
  // Moves the user's subtree as it is: put and claim in one. Conflicts are told (rule "overruled").
  void move(const values::Path& from, const values::Path& to, std::string_view rule,
            FateKind = FateKind::moved);
  void drop(const values::Path& from, std::string_view rule);  // claim as dropped, nothing told

  // --- findings. Severity, `next` and `source` come from the catalogue's rule of this id unless
  // given. One finding per (rule, message): a repeated one adds its subjects. A subject that is a
  // path in the newest spelling is told as the user wrote it. "{subjects}" in a message names them
  // all.
  struct Told {
    std::vector<std::string> subjects;
    std::string message;  // empty: the rule's message
    values::Path at;      // location is looked up in the user's values; may be empty
    std::string next;     // empty: the rule's
  };
  void tell(std::string_view rule, Told);
  bool told(std::string_view rule) const;

  // The location of what the user wrote at this path or the nearest parent they wrote.
  text::Location location(const values::Path&) const;

  Plan& plan() { return m_plan; }
  const Plan& plan() const { return m_plan; }

  // Ends the translation: every leaf must have a fate. Throws base::InternalError otherwise.
  Plan finish();

 private:
  struct Leaf {
    values::Path written;  // the user's spelling
    values::Origin origin;
    const Rule* rule = nullptr;
    bool claimed = false;
  };
  // The path in the newest spelling, and the rule for it.
  std::pair<values::Path, const Rule*> rename_old_spelling(const values::Path&) const;
  // A later source takes the place at `to`: the earlier word's fate becomes dropped, and is told.
  void overrule(const values::Path& to);

  const Catalogue& m_catalogue;
  Request m_request;
  values::Value m_user;                            // newest 8.7 spelling
  values::Value m_written;                         // as the user wrote it
  std::multimap<values::Path, Leaf> m_leaves;      // by the newest spelling
  std::map<std::string, std::string> m_respelled;  // newest spelling -> what the user wrote
  Plan m_plan;
  std::map<std::pair<std::string, std::string>, std::size_t> m_told;  // (rule, message) -> index
};

}  // namespace rules
