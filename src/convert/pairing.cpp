#include "convert/pairing.hpp"

#include "decisions/environment_parts.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace convert {
namespace {

using values::Step;

using Place = std::pair<int, int>;  // line, column

bool same_step(const Step& a, const Step& b) {
  return a.is_index() ? b.is_index() : !b.is_index() && a.key == b.key;
}

class Pairer {
 public:
  Pairer(const Outline& before, const Outline& after, const std::vector<rules::Fate>& fates,
         int layer)
      : m_before(before), m_after(after), m_layer(layer) {
    m_pairing.source.assign(after.size(), k_none);
    m_pairing.target.assign(before.size(), k_none);
    m_pairing.whole.assign(after.size(), false);
    m_pairing.heir.assign(before.size(), k_none);
    read_fates(fates);
    read_origins();
  }

  Pairing pair() {
    find_leaf_pairs();
    count_votes();
    join(0, 0);
    for (std::size_t id = 1; id < m_after.size(); ++id) {
      if (!m_after.is_leaf(id)) {
        pair_container(id);
      }
    }
    pair_leaves();
    find_wholes(0);
    return std::move(m_pairing);
  }

 private:
  void read_fates(const std::vector<rules::Fate>& fates) {
    for (const rules::Fate& fate : fates) {
      const std::size_t old = fate.origin.source == m_layer ? m_before.find(fate.path) : k_none;
      if (old == k_none) {
        continue;
      }
      for (const values::Path& to : fate.to) {
        const std::size_t id = m_after.find_nearest(to);
        if (id != 0 && m_pairing.heir[old] == k_none) {
          m_pairing.heir[old] = id;
        }
        if (id != 0 && m_after.is_leaf(id)) {
          m_by_fate[id].push_back(old);
        }
      }
    }
  }

  void read_origins() {
    for (std::size_t id = 1; id < m_before.size(); ++id) {
      if (m_before.is_leaf(id)) {
        const values::Origin& origin = m_before[id].value->origin;
        m_by_place[{origin.line, origin.column}].push_back(id);
      }
    }
  }

  // The old leaves that a new leaf may have come from: by its place first, then by the fates.
  void find_leaf_pairs() {
    for (std::size_t id = 1; id < m_after.size(); ++id) {
      if (!m_after.is_leaf(id)) {
        continue;
      }
      const values::Origin& origin = m_after[id].value->origin;
      const auto place = m_by_place.find({origin.line, origin.column});
      const auto& told = m_by_fate[id];
      std::vector<std::size_t>& found = m_candidates[id];
      if (origin.source == m_layer && place != m_by_place.end()) {
        // Through aliases several leaves have one place; the fates tell them apart.
        for (const std::size_t old : place->second) {
          if (std::find(told.begin(), told.end(), old) != told.end()) {
            found.push_back(old);
          }
        }
        if (found.empty()) {
          found = place->second;
        }
      }
      for (const std::size_t old : told) {
        if (std::find(found.begin(), found.end(), old) == found.end()) {
          found.push_back(old);
        }
      }
    }
  }

  // A block moved as a whole when what is below it has the same names on both sides.
  void count_votes() {
    for (const auto& [id, olds] : m_candidates) {
      if (olds.empty()) {
        continue;
      }
      std::size_t a = id;
      std::size_t b = olds.front();
      while (m_after[a].parent != k_none && m_before[b].parent != k_none &&
             same_step(m_after[a].step, m_before[b].step)) {
        a = m_after[a].parent;
        b = m_before[b].parent;
        ++m_votes[a][b];
        ++m_votes_of_old[b][a];
      }
    }
  }

  bool fits(std::size_t id, std::size_t old) const {
    return m_pairing.target[old] == k_none && !m_before.is_leaf(old) &&
           m_before[old].value->kind() == m_after[id].value->kind();
  }

  bool is_below_list(std::size_t id) const {
    for (; id != k_none; id = m_after[id].parent) {
      if (m_after[id].step.is_index()) {
        return true;
      }
    }
    return false;
  }

  // An old block whose path is a block in the new values, too, stays where it is.
  bool stays(std::size_t old) {
    const std::size_t there = m_after.find(m_before.path(old));
    return there != k_none && !m_after.is_leaf(there) && !is_below_list(there) &&
           m_after[there].value->kind() == m_before[old].value->kind();
  }

  void pair_container(std::size_t id) {
    if (!is_below_list(id)) {
      const std::size_t same = m_before.find(m_after.path(id));
      if (same != k_none && fits(id, same)) {
        join(id, same);
        return;
      }
    }
    const auto votes = m_votes.find(id);
    if (votes == m_votes.end()) {
      return;
    }
    const std::size_t above = m_pairing.source[m_after[id].parent];
    std::size_t best = k_none;
    std::tuple<bool, int, int> best_rank;
    for (const auto& [old, count] : votes->second) {
      if (!fits(id, old) || stays(old) || !is_favourite(id, old)) {
        continue;
      }
      const bool beside = m_before[old].parent == above && above != k_none &&
                          same_step(m_before[old].step, m_after[id].step);
      const std::tuple<bool, int, int> rank{beside, seniority(old), count};
      if (best == k_none || rank > best_rank) {
        best = old;
        best_rank = rank;
      }
    }
    if (best != k_none) {
      join(id, best);
    }
  }

  // Where several blocks become one, it is the brokers' that goes on, with its place and comments.
  int seniority(std::size_t old) const {
    const auto& former = decisions::k_former;
    return m_before[old].step.is_index()
               ? 0
               : static_cast<int>(former.end() -
                                  std::find(former.begin(), former.end(), m_before[old].step.key));
  }

  // Of two copies of a block, that is the original which the fates name first.
  bool is_favourite(std::size_t id, std::size_t old) {
    const auto& favours = m_votes_of_old[old];
    const int mine = favours.at(id);
    return std::none_of(favours.begin(), favours.end(), [&](const auto& other) {
      return other.second > mine ||
             (other.second == mine && leads_to(old, other.first) && !leads_to(old, id));
    });
  }
  bool leads_to(std::size_t old, std::size_t id) const {
    std::size_t leaf = old;
    while (leaf + 1 < m_before[old].end && !m_before.is_leaf(leaf)) {
      ++leaf;
    }
    const std::size_t heir = m_pairing.heir[leaf];
    return heir != k_none && heir >= id && heir < m_after[id].end;
  }

  // Those that stay in their block first; those whose place says where they came from before those
  // of which only the fates know.
  void pair_leaves() {
    for (const bool by_place : {true, false}) {
      for (const bool beside : {true, false}) {
        for (const auto& [id, olds] : m_candidates) {
          if (m_pairing.source[id] == k_none) {
            pair_leaf(id, olds, by_place, beside);
          }
        }
      }
    }
  }

  void pair_leaf(std::size_t id, const std::vector<std::size_t>& olds, bool by_place, bool beside) {
    const values::Origin& origin = m_after[id].value->origin;
    const std::size_t above = m_pairing.source[m_after[id].parent];
    for (const std::size_t old : olds) {
      const bool has_place = origin.source == m_layer && origin == m_before[old].value->origin;
      const bool is_beside = above != k_none && m_before[old].parent == above;
      if (m_pairing.target[old] == k_none && (has_place || !by_place) && (is_beside || !beside)) {
        join(id, old);
        return;
      }
    }
  }

  void join(std::size_t id, std::size_t old) {
    m_pairing.source[id] = old;
    m_pairing.target[old] = id;
  }

  void find_wholes(std::size_t id) {
    const std::size_t old = m_pairing.source[id];
    if (old != k_none && *m_after[id].value == *m_before[old].value) {
      m_pairing.whole[id] = true;
      for (std::size_t below = id + 1; below < m_after[id].end; ++below) {
        separate(below);
      }
      for (std::size_t below = old + 1; below < m_before[old].end; ++below) {
        if (m_pairing.target[below] != k_none) {
          separate(m_pairing.target[below]);
        }
      }
      return;
    }
    for (const std::size_t child : m_after.children(id)) {
      find_wholes(child);
    }
  }

  void separate(std::size_t id) {
    if (m_pairing.source[id] != k_none) {
      m_pairing.target[m_pairing.source[id]] = k_none;
      m_pairing.source[id] = k_none;
    }
  }

  const Outline& m_before;
  const Outline& m_after;
  int m_layer;
  Pairing m_pairing;
  std::map<std::size_t, std::vector<std::size_t>> m_by_fate;  // new leaf -> old leaves
  std::map<Place, std::vector<std::size_t>> m_by_place;
  std::map<std::size_t, std::vector<std::size_t>> m_candidates;  // new leaf -> old leaves
  std::map<std::size_t, std::map<std::size_t, int>> m_votes;     // new -> old -> leaves
  std::map<std::size_t, std::map<std::size_t, int>> m_votes_of_old;
};

}  // namespace

Pairing pair_up(const Outline& before, const Outline& after, const std::vector<rules::Fate>& fates,
                int layer) {
  return Pairer(before, after, fates, layer).pair();
}

}  // namespace convert
