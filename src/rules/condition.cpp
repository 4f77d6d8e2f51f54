#include "rules/condition.hpp"

#include "base/failure.hpp"
#include "rules/translation.hpp"

#include <string>

namespace rules {
namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') {
    text.remove_prefix(1);
  }
  while (!text.empty() && text.back() == ' ') {
    text.remove_suffix(1);
  }
  return text;
}

struct Term {
  bool in_new = false;
  std::string_view path;
};

Term term(std::string_view text) {
  Term out{false, trim(text)};
  if (out.path.starts_with("new:")) {
    out.in_new = true;
    out.path.remove_prefix(4);
  }
  if (out.path.empty() || out.path.find(' ') != std::string_view::npos) {
    throw base::InternalError("condition '" + std::string(text) + "' cannot be read");
  }
  return out;
}

values::Value value_of(const Translation& t, const Term& term) {
  const values::Path path(term.path);
  if (!term.in_new) {
    return t.effective(path);
  }
  const values::Value* found = t.result(path);
  return found != nullptr ? *found : t.catalogue().new_default(path);
}

bool is_set(const Translation& t, const Term& term) {
  const values::Path path(term.path);
  return (term.in_new ? t.result(path) : t.user(path)) != nullptr;
}

bool holds_one(const Translation& t, std::string_view text) {
  for (const bool equal : {true, false}) {
    const std::size_t at = text.find(equal ? "==" : "!=");
    if (at != std::string_view::npos) {
      std::string_view wanted = trim(text.substr(at + 2));
      if (wanted.size() >= 2 && wanted.front() == '"' && wanted.back() == '"') {
        wanted = wanted.substr(1, wanted.size() - 2);
      }
      return (value_of(t, term(text.substr(0, at))).plain() == wanted) == equal;
    }
  }
  if (text.starts_with("set ")) {
    return is_set(t, term(text.substr(4)));
  }
  if (text.starts_with("unset ")) {
    return !is_set(t, term(text.substr(6)));
  }
  if (text.starts_with("!")) {
    return !value_of(t, term(text.substr(1))).truthy();
  }
  return value_of(t, term(text)).truthy();
}

}  // namespace

bool holds(const Translation& t, std::string_view when) {
  std::size_t begin = 0;
  while (begin < when.size()) {
    const std::size_t end = std::min(when.find("&&", begin), when.size());
    if (!holds_one(t, trim(when.substr(begin, end - begin)))) {
      return false;
    }
    begin = end + 2;
  }
  return true;
}

}  // namespace rules
