#include "decisions/secret_names.hpp"

#include "rules/translation.hpp"

#include <fmt/format.h>

namespace decisions {
namespace {

using rules::Translation;
using values::Path;

std::string shortened(std::string name, std::size_t limit = 63) {
  name = name.substr(0, limit);
  if (name.ends_with('-')) {
    name.pop_back();
  }
  return name;
}

// What common.names.fullname and its copies do: a release whose name holds the component's name
// stands for it.
std::string full_name(const Translation& t, const std::string& full_override, std::string name) {
  if (!full_override.empty()) {
    return shortened(full_override);
  }
  const std::string& release = t.request().release;
  if (release.find(name) != std::string::npos) {
    return shortened(release);
  }
  return shortened(fmt::format("{}-{}", release, name));
}

std::string or_else(std::string text, std::string_view otherwise) {
  return text.empty() ? std::string(otherwise) : text;
}

std::string_view trimmed(std::string_view text) {
  const std::string_view spaces = " \t-";
  const std::size_t begin = text.find_first_not_of(spaces);
  if (begin == std::string_view::npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of(spaces) - begin + 1);
}

bool is_reference(std::string_view expression) {
  return expression.starts_with(".Values.") && expression.size() > 8 &&
         expression.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
             "0123456789._") == std::string_view::npos &&
         expression.find("..") == std::string_view::npos && expression.back() != '.';
}

std::string value_of(const Translation& t, std::string_view expression, std::string_view whole) {
  if (expression == ".Release.Name" || expression == "$.Release.Name") {
    return t.request().release;
  }
  if (expression == ".Release.Namespace" || expression == "$.Release.Namespace") {
    return t.request().release_namespace;
  }
  if (expression.starts_with("$.")) {
    expression.remove_prefix(1);
  }
  if (is_reference(expression)) {
    return t.text(Path(expression.substr(8)));
  }
  return std::string(whole);
}

}  // namespace

std::string client_secret_name(const Translation& t, std::string_view component) {
  return fmt::format("{}-{}-identity-secret", shortened(t.request().release), component);
}

std::string platform_name(const Translation& t) {
  return full_name(t, t.text("fullnameOverride"),
                   or_else(t.text("nameOverride"), "camunda-platform"));
}

std::string component_name(const Translation& t, std::string_view component, const Path& values) {
  return full_name(t, t.text(values.key("fullnameOverride")),
                   or_else(t.text(values.key("nameOverride")), component));
}

std::string web_modeler_secret_name(const Translation& t) {
  return shortened(component_name(t, "web-modeler", "webModeler"), 55) + "-restapi";
}

std::string web_modeler_database_name(const Translation& t) {
  return component_name(t, "postgresql", "postgresql");
}

std::string identity_database_name(const Translation& t) {
  return shortened(
      fmt::format("{}-{}", t.request().release, t.text("identityPostgresql.nameOverride")));
}

std::string evaluated(const Translation& t, std::string_view text) {
  std::string out;
  while (true) {
    const std::size_t open = text.find("{{");
    const std::size_t close = open == std::string_view::npos ? open : text.find("}}", open);
    if (close == std::string_view::npos) {
      return out.append(text);
    }
    const std::string_view whole = text.substr(open, close + 2 - open);
    out.append(text.substr(0, open));
    out.append(value_of(t, trimmed(whole.substr(2, whole.size() - 4)), whole));
    text.remove_prefix(close + 2);
  }
}

}  // namespace decisions
