#include "decisions/templates_simple.hpp"

#include "base/strings.hpp"
#include "rules/translation.hpp"

#include <algorithm>

namespace decisions {
namespace {

std::optional<values::Path> path_of(std::string_view dotted) {
  values::Path path;
  for (const std::string_view step : base::split(dotted, '.')) {
    const bool name = !step.empty() && std::all_of(step.begin(), step.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (!name) {
      return {};
    }
    path = path.key(step);
  }
  return path;
}

std::optional<std::string> action(const rules::Translation& t, std::string_view inside) {
  if (inside.starts_with('-')) {
    inside.remove_prefix(1);
  }
  if (inside.ends_with('-')) {
    inside.remove_suffix(1);
  }
  inside = base::trim(inside);
  if (inside.starts_with('$')) {
    inside.remove_prefix(1);
  }
  if (inside == ".Release.Name") {
    return t.request().release;
  }
  if (inside == ".Release.Namespace") {
    return t.request().release_namespace;
  }
  if (!inside.starts_with(".Values.")) {
    return {};
  }
  const auto path = path_of(inside.substr(8));
  if (!path) {
    return {};
  }
  const values::Value value = t.effective(*path);
  if (value.is_map() || value.is_list() || value.is_null()) {
    return {};
  }
  return value.plain();
}

}  // namespace

std::optional<std::string> render_simple(const rules::Translation& t, const std::string& text) {
  std::string out;
  std::size_t at = 0;
  while (true) {
    const std::size_t open = text.find("{{", at);
    if (open == std::string::npos) {
      return out + text.substr(at);
    }
    const std::size_t close = text.find("}}", open);
    if (close == std::string::npos) {
      return {};
    }
    const auto put_in = action(t, std::string_view(text).substr(open + 2, close - open - 2));
    if (!put_in || base::contains(*put_in, "{{")) {
      return {};
    }
    out += text.substr(at, open - at) + *put_in;
    at = close + 2;
  }
}

}  // namespace decisions
