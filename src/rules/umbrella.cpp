#include "rules/umbrella.hpp"

#include "rules/finding.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace rules {
namespace {

using values::Path;
using values::Value;

constexpr const char* k_global = "global";
constexpr const char* k_beside = "beside-the-block";

bool is_global(const Path& path) {
  return !path.empty() && path.steps()[0].key == k_global;
}

// The block with the root's `global` over its own, as the dependency's templates see it.
class Umbrella {
 public:
  Umbrella(std::string under, Value user) : m_under(std::move(under)), m_user(std::move(user)) {
    if (const Value* block = m_user.find(m_under); block != nullptr && block->is_map()) {
      m_inner = *block;
    }
    const Value* above = m_user.find(k_global);
    if (above == nullptr || !above->is_map()) {
      return;
    }
    values::for_each_leaf(*above, [&](const Path& leaf, const Value& value) {
      if (leaf.empty()) {
        return;
      }
      const Path path = Path().key(k_global).join(leaf);
      if (values::find(m_inner, path) != nullptr) {
        m_overruled.push_back(path);
      }
      values::reach(m_inner, path) = value;
      m_from_above.insert(path);
    });
  }

  const Value& inner() const { return m_inner; }

  // The plan of the block as one of the whole file.
  Plan outward(Plan plan) const {
    Value result = m_user;
    result.erase(m_under);
    result.erase(k_global);
    for (Fate& fate : plan.fates) {
      const bool above = m_from_above.contains(fate.path);
      fate.path = above ? fate.path : outer(fate.path);
      for (Path& to : fate.to) {
        if (above && is_global(to)) {
          if (Value* moved = values::find(plan.result, to)) {
            values::reach(result, to) = std::move(*moved);
            values::erase(plan.result, to);
          }
        } else {
          to = outer(to);
        }
      }
    }
    for (Pin& pin : plan.pins) {
      pin.path = outer(pin.path);
    }
    // Other charts read `global` as well.
    std::erase_if(plan.findings, [&](const text::Diagnostic& finding) {
      return finding.rule == "unknown-key" && !finding.subjects.empty() &&
             std::all_of(finding.subjects.begin(), finding.subjects.end(),
                         [&](const std::string& subject) {
                           return subject.starts_with(k_global) && names_from_above(subject);
                         });
    });
    for (text::Diagnostic& finding : plan.findings) {
      for (std::string& subject : finding.subjects) {
        if (is_inner_path(subject)) {
          subject = Path().key(m_under).text() + '.' + subject;
        }
      }
    }
    add_what_lies_beside(plan);
    Value block = std::move(plan.result);
    if (!block.is_map()) {
      block = Value::map();
    }
    block.origin = {};
    result[m_under] = std::move(block);
    std::sort(result.entries().begin(), result.entries().end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    plan.result = std::move(result);
    return plan;
  }

 private:
  Path outer(const Path& path) const { return Path().key(m_under).join(path); }

  bool names_from_above(const std::string& subject) const {
    return std::any_of(m_from_above.begin(), m_from_above.end(),
                       [&](const Path& path) { return path.text() == subject; });
  }

  // Subjects are names of many kinds; a path is one that leads somewhere in the block.
  bool is_inner_path(const std::string& subject) const {
    if (names_from_above(subject)) {
      return false;
    }
    bool found = false;
    values::for_each_leaf(m_inner, [&](const Path& leaf, const Value&) {
      const std::string text = leaf.text();
      found = found || (text.starts_with(subject) &&
                        (text.size() == subject.size() || text[subject.size()] == '.' ||
                         text[subject.size()] == '['));
    });
    return found;
  }

  void add_what_lies_beside(Plan& plan) const {
    const Value* block = m_user.find(m_under);
    for (const Path& path : m_overruled) {
      const Value* there = block == nullptr ? nullptr : values::find(*block, path);
      if (there != nullptr && there->is_leaf()) {
        plan.fates.push_back({outer(path), there->origin, FateKind::dropped, {}, "overruled"});
      }
    }
    for (const auto& [key, value] : m_user.entries()) {
      if (key == m_under || (key == k_global && value.is_map())) {
        continue;
      }
      const Path block_beside = Path().key(key);
      values::for_each_leaf(value, [&](const Path& leaf, const Value& item) {
        const Path path = block_beside.join(leaf);
        plan.fates.push_back({path, item.origin, FateKind::kept, {path}, k_beside});
      });
    }
    std::stable_sort(plan.fates.begin(), plan.fates.end(),
                     [](const Fate& a, const Fate& b) { return a.path < b.path; });
  }

  std::string m_under;
  Value m_user;
  Value m_inner = Value::map();
  std::set<Path> m_from_above;
  std::vector<Path> m_overruled;
};

bool knows(const Catalogue& catalogue, const std::string& key) {
  const Path path = Path().key(key);
  return catalogue.old_knows(path) || catalogue.new_knows(path);
}

// The block that looks like the chart's values when the root does not; "" if there is none.
std::string likely_block(const Catalogue& catalogue, const Value& user) {
  std::string found;
  for (const auto& [key, block] : user.entries()) {
    if (key == k_global) {
      continue;
    }
    if (knows(catalogue, key)) {
      return "";
    }
    const auto known = [&](const auto& entry) {
      return entry.first != k_global && entry.second.is_map() && knows(catalogue, entry.first) &&
             catalogue.rule_for(Path().key(entry.first)) != nullptr;
    };
    if (std::count_if(block.entries().begin(), block.entries().end(), known) > 0) {
      found = key;
    }
  }
  return found;
}

}  // namespace

Plan translate_under(const Catalogue& catalogue, std::span<const Decision> decisions,
                     const Request& request, const std::string& under, Value user) {
  if (under.empty()) {
    const std::string block = likely_block(catalogue, user);
    Plan plan = translate(catalogue, decisions, request, std::move(user));
    if (!block.empty()) {
      plan.findings.insert(plan.findings.begin(),
                           finding("umbrella-block", {block}, {{"block", block}}));
    }
    return plan;
  }
  const Umbrella umbrella(under, std::move(user));
  return umbrella.outward(translate(catalogue, decisions, request, umbrella.inner()));
}

}  // namespace rules
