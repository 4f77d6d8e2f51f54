#include "helm/json_cut.hpp"

namespace helm {
namespace {

constexpr std::size_t k_none = std::string_view::npos;

// Behind the string that begins at `at`; k_none when it does not end.
std::size_t behind_string(std::string_view json, std::size_t at) {
  for (std::size_t end = json.find('"', at + 1); end != k_none; end = json.find('"', end + 1)) {
    std::size_t escapes = 0;
    while (json[end - 1 - escapes] == '\\') {
      ++escapes;
    }
    if (escapes % 2 == 0) {
      return end + 1;
    }
  }
  return k_none;
}

// Behind the value that begins at `at`, which is an object or a list.
std::size_t behind_container(std::string_view json, std::size_t at) {
  int depth = 0;
  while (at < json.size()) {
    at = json.find_first_of("{}[]\"", at);
    if (at == k_none) {
      return k_none;
    }
    if (json[at] == '"') {
      at = behind_string(json, at);
      continue;
    }
    depth += json[at] == '{' || json[at] == '[' ? 1 : -1;
    ++at;
    if (depth == 0) {
      return at;
    }
  }
  return k_none;
}

}  // namespace

std::string without_member(std::string_view json, std::string_view name) {
  int depth = 0;
  std::size_t at = 0;
  while ((at = json.find_first_of("{}[]\"", at)) != k_none) {
    if (json[at] != '"') {
      depth += json[at] == '{' || json[at] == '[' ? 1 : -1;
      ++at;
      continue;
    }
    const std::size_t end = behind_string(json, at);
    if (end == k_none) {
      break;
    }
    const bool named = depth == 1 && json.substr(at + 1, end - at - 2) == name;
    const std::size_t colon = json.find_first_not_of(" \t\r\n", end);
    if (named && colon != k_none && json[colon] == ':') {
      const std::size_t begin = json.find_first_not_of(" \t\r\n", colon + 1);
      const bool container = begin != k_none && (json[begin] == '{' || json[begin] == '[');
      const std::size_t behind = container ? behind_container(json, begin) : k_none;
      if (behind == k_none) {
        break;
      }
      return std::string(json.substr(0, begin)) + "null" + std::string(json.substr(behind));
    }
    at = end;
  }
  return std::string(json);
}

}  // namespace helm
