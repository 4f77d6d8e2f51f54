// The matches of all rules as one tree of steps, written as a flat table so that a look-up costs
// one binary search a step and start-up costs nothing.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rules::compile {

// "{a,b}.c[]" -> "a.c", "b.c": alternatives multiplied out, a trailing "[]" (the items of a list go
// the way of the list) removed. `chosen` is the last group's alternative: a rule's target repeats
// it where it says "{}".
struct Alternative {
  std::string match;
  std::string chosen;
};
std::vector<Alternative> expand_alternatives(const std::string& pattern);

class Trie {
 public:
  // `match` is a path in text form, "*" stands for any one step.
  void add(const std::string& match, int rule);
  // The rows of a MatchNode table, the root first, the children of a node side by side and sorted.
  std::string rows() const;

 private:
  struct Node {
    int rule = -1;
    std::map<std::string, Node> children;
  };
  Node m_root;
};

}  // namespace rules::compile
