#include "values/path.hpp"

#include "base/failure.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace values {
namespace {

// A key without a single character could not be told from a missing one.
constexpr std::string_view k_empty_key = "\"\"";

[[noreturn]] void malformed(std::string_view text) {
  throw base::InternalError(fmt::format("malformed path \"{}\"", text));
}

// Reads one key from `at` on and leaves `at` behind it.
std::string read_key(std::string_view text, std::size_t& at) {
  const std::size_t start = at;
  std::string key;
  while (at < text.size() && text[at] != '.' && text[at] != '[') {
    if (text[at] == ']') {
      malformed(text);
    }
    if (text[at] == '\\') {
      ++at;
      if (at == text.size()) {
        malformed(text);
      }
    }
    key += text[at];
    ++at;
  }
  if (key.empty()) {
    malformed(text);
  }
  return text.substr(start, at - start) == k_empty_key ? std::string() : key;
}

std::size_t read_index(std::string_view text, std::size_t& at) {
  const auto close = text.find(']', at);
  if (close == std::string_view::npos) {
    malformed(text);
  }
  std::size_t index = 0;
  const char* end = text.data() + close;
  const auto parsed = std::from_chars(text.data() + at + 1, end, index);
  if (parsed.ec != std::errc() || parsed.ptr != end || index == Step::k_no_index) {
    malformed(text);
  }
  at = close + 1;
  return index;
}

}  // namespace

Path::Path(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] == '[') {
      m_steps.push_back({std::string(), read_index(text, at)});
      continue;
    }
    if (text[at] == '.') {
      if (m_steps.empty()) {
        malformed(text);
      }
      ++at;
    } else if (!m_steps.empty()) {
      malformed(text);  // "a[0]b"
    }
    m_steps.push_back({read_key(text, at), Step::k_no_index});
  }
}

Path Path::key(std::string_view name) const {
  Path result = *this;
  result.m_steps.push_back({std::string(name), Step::k_no_index});
  return result;
}

Path Path::at(std::size_t index) const {
  Path result = *this;
  result.m_steps.push_back({std::string(), index});
  return result;
}

Path Path::join(const Path& rest) const {
  Path result = *this;
  result.m_steps.insert(result.m_steps.end(), rest.m_steps.begin(), rest.m_steps.end());
  return result;
}

Path Path::parent() const {
  return first(m_steps.empty() ? 0 : m_steps.size() - 1);
}

bool Path::starts_with(const Path& prefix) const {
  return prefix.size() <= size() &&
         std::equal(prefix.m_steps.begin(), prefix.m_steps.end(), m_steps.begin());
}

Path Path::after(std::size_t count) const {
  Path result;
  if (count < m_steps.size()) {
    result.m_steps.assign(m_steps.begin() + static_cast<std::ptrdiff_t>(count), m_steps.end());
  }
  return result;
}

Path Path::first(std::size_t count) const {
  Path result = *this;
  result.m_steps.resize(std::min(count, m_steps.size()));
  return result;
}

std::string Path::text() const {
  std::string result;
  for (const Step& step : m_steps) {
    if (step.is_index()) {
      result += fmt::format("[{}]", step.index);
      continue;
    }
    if (!result.empty()) {
      result += '.';
    }
    if (step.key.empty()) {
      result += k_empty_key;
    } else if (step.key == k_empty_key) {
      result += "\\\"\"";
    }
    for (const char c : step.key == k_empty_key ? std::string() : step.key) {
      if (c == '.' || c == '[' || c == ']' || c == '\\') {
        result += '\\';
      }
      result += c;
    }
  }
  return result;
}

}  // namespace values
