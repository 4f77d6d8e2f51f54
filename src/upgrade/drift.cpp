#include "upgrade/drift.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

namespace upgrade {
namespace {

using values::Kind;
using values::Value;

// null, "", {}, [], and 0 and false, which the API omits where they are the default.
bool says_nothing(const Value& value) {
  switch (value.kind()) {
    case Kind::map:
      for (const auto& [key, inner] : value.entries()) {
        if (!says_nothing(inner)) {
          return false;
        }
      }
      return true;
    default:
      return !value.truthy();
  }
}

bool same_scalar(const Value& a, const Value& b) {
  if (a == b) {
    return true;
  }
  const bool comparable = (a.is_text() || a.is_number()) && (b.is_text() || b.is_number());
  return comparable && (a.plain() == b.plain() || same_quantity(a.plain(), b.plain()));
}

}  // namespace

std::optional<double> quantity(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, double>, 14> k_suffixes = {
      {{"", 1.0},
       {"m", 1e-3},
       {"u", 1e-6},
       {"n", 1e-9},
       {"k", 1e3},
       {"M", 1e6},
       {"G", 1e9},
       {"T", 1e12},
       {"P", 1e15},
       {"Ki", 1024.0},
       {"Mi", 1048576.0},
       {"Gi", 1073741824.0},
       {"Ti", 1099511627776.0},
       {"Pi", 1125899906842624.0}}};
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop == text.data()) {
    return std::nullopt;
  }
  const std::string_view suffix(stop, static_cast<std::size_t>(end - stop));
  for (const auto& [name, factor] : k_suffixes) {
    if (suffix == name) {
      return number * factor;
    }
  }
  return std::nullopt;
}

bool same_quantity(std::string_view a, std::string_view b) {
  const std::optional<double> left = quantity(a);
  const std::optional<double> right = quantity(b);
  // Both come from short decimal numbers: equal quantities differ in the last bits at most.
  return left && right && std::abs(*left - *right) <= 1e-9 * std::abs(*left);
}

bool covers(const Value& live, const Value& wanted) {
  if (wanted.is_map()) {
    for (const auto& [key, inner] : wanted.entries()) {
      const Value* there = live.find(key);
      if (there == nullptr ? !says_nothing(inner) : !covers(*there, inner)) {
        return false;
      }
    }
    return live.is_map() || says_nothing(wanted);
  }
  if (wanted.is_list()) {
    if (live.items().size() != wanted.items().size()) {
      return false;
    }
    for (std::size_t i = 0; i < wanted.items().size(); ++i) {
      if (!covers(live.items()[i], wanted.items()[i])) {
        return false;
      }
    }
    return true;
  }
  return wanted.is_null() || same_scalar(live, wanted);
}

bool takes_away(const Value& live, const Value& before, const Value& after) {
  if (before.is_map()) {
    for (const auto& [key, inner] : before.entries()) {
      const Value* there = live.find(key);
      if (there == nullptr || says_nothing(inner)) {
        continue;
      }
      const Value* still = after.find(key);
      if (still == nullptr || still->is_null() || takes_away(*there, inner, *still)) {
        return true;
      }
    }
    return false;
  }
  if (before.is_list() && after.is_list()) {
    const std::size_t count =
        std::min({live.items().size(), before.items().size(), after.items().size()});
    for (std::size_t i = 0; i < count; ++i) {
      if (takes_away(live.items()[i], before.items()[i], after.items()[i])) {
        return true;
      }
    }
  }
  return false;  // a scalar that changes is seen by covers(); a list's length as well
}

bool would_change(const Value& live, const Value* before, const Value& after) {
  return !covers(live, after) || (before != nullptr && takes_away(live, *before, after));
}

}  // namespace upgrade
