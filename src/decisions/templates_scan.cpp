#include "decisions/templates_scan.hpp"

#include "base/strings.hpp"

#include <algorithm>

namespace decisions {
namespace {

bool in_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Behind the string that begins at `at`.
std::size_t string_end(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      return i + 1;
    }
  }
  return text.size();
}

bool opens_string(char c) {
  return c == '"' || c == '`';
}

std::size_t action_end(std::string_view text, std::size_t open) {
  std::size_t at = open + 2;
  while (at < text.size()) {
    if (opens_string(text[at])) {
      at = string_end(text, at);
    } else if (text.substr(at, 2) == "}}") {
      return at + 2;
    } else {
      ++at;
    }
  }
  return std::string_view::npos;
}

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] == ' ') {
    ++at;
  }
  return at;
}

// Keys in quotes that follow as further words of `index`.
std::size_t take_constant_keys(std::string_view inside, std::size_t at, values::Path& path) {
  for (std::size_t next = skip_spaces(inside, at);
       next > at && next < inside.size() && opens_string(inside[next]);
       next = skip_spaces(inside, at)) {
    const std::size_t end = string_end(inside, next);
    if (end - next < 2) {
      break;
    }
    path = path.key(inside.substr(next + 1, end - next - 2));
    at = end;
  }
  return at;
}

}  // namespace

bool is_template_name(std::string_view word) {
  return !word.empty() && !(word[0] >= '0' && word[0] <= '9') &&
         std::all_of(word.begin(), word.end(), in_name);
}

std::optional<TemplateAction> next_action(const std::string& text, std::size_t from) {
  while (true) {
    const std::size_t open = text.find("{{", from);
    if (open == std::string::npos) {
      return {};
    }
    std::string_view rest = std::string_view(text).substr(open + 2);
    if (rest.starts_with("- ")) {
      rest.remove_prefix(2);
    }
    if (rest.starts_with("/*")) {
      const std::size_t close = text.find("*/", open);
      if (close == std::string::npos) {
        return {};
      }
      from = close + 2;
      continue;
    }
    const std::size_t end = action_end(text, open);
    if (end == std::string_view::npos) {
      return {};
    }
    return TemplateAction{open, end, text.substr(open + 2, end - open - 4)};
  }
}

std::optional<TemplateReference> next_reference(const std::string& inside, std::size_t from) {
  static constexpr std::string_view k_values = ".Values";
  std::size_t at = from;
  while (at < inside.size()) {
    if (opens_string(inside[at])) {
      at = string_end(inside, at);
      continue;
    }
    const char before = at > 0 ? inside[at - 1] : ' ';
    const bool here =
        std::string_view(inside).substr(at).starts_with(k_values) && !in_name(before) &&
        before != '.' && before != ')' &&
        (at + k_values.size() == inside.size() || !in_name(inside[at + k_values.size()]));
    if (!here) {
      ++at;
      continue;
    }
    TemplateReference out;
    out.from_root = before == '$';
    out.begin = out.from_root ? at - 1 : at;
    out.end = at + k_values.size();
    while (out.end < inside.size() && inside[out.end] == '.') {
      std::size_t name_end = out.end + 1;
      while (name_end < inside.size() && in_name(inside[name_end])) {
        ++name_end;
      }
      if (name_end == out.end + 1) {
        break;
      }
      out.path = out.path.key(std::string_view(inside).substr(out.end + 1, name_end - out.end - 1));
      out.end = name_end;
    }
    // "index .Values "a" "b"" and "index .Values.a "b"".
    const std::string_view left = base::trim(std::string_view(inside).substr(0, out.begin));
    if (left.ends_with("index") && (left.size() == 5 || !in_name(left[left.size() - 6]))) {
      const std::size_t end = take_constant_keys(inside, out.end, out.path);
      if (end > out.end) {
        out.end = end;
        out.begin = static_cast<std::size_t>(left.data() - inside.data()) + left.size() - 5;
      }
    }
    if (!out.path.empty()) {
      return out;
    }
    at = out.end;
  }
  return {};
}

bool TemplateReference::is_all_of(std::string_view inside) const {
  std::string_view left = base::trim(inside.substr(0, begin));
  std::string_view right = base::trim(inside.substr(end));
  if (left.starts_with('-')) {
    left.remove_prefix(1);
  }
  if (right.ends_with('-')) {
    right.remove_suffix(1);
  }
  left = base::trim(left);
  right = base::trim(right);
  return (left.empty() && right.empty()) || (left == "(" && right == ")");
}

}  // namespace decisions
