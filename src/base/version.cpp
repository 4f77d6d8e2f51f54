#include "base/version.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace base {
namespace {

constexpr std::string_view k_digits = "0123456789";

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of(k_digits) == std::string_view::npos;
}

// Takes the number in front of `text`; false when there is none or it does not fit.
bool take_number(std::string_view& text, int& number) {
  const auto length = std::min(text.find_first_not_of(k_digits), text.size());
  const char* end = text.data() + length;
  const auto parsed = std::from_chars(text.data(), end, number);
  if (length == 0 || parsed.ec != std::errc() || parsed.ptr != end) {
    return false;
  }
  text.remove_prefix(length);
  return true;
}

// Dot separated identifiers of [0-9A-Za-z-], none of them empty.
bool is_identifiers(std::string_view text) {
  bool empty = true;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    if (c == '.' ? empty : !(letter || digit || c == '-')) {
      return false;
    }
    empty = c == '.';
  }
  return !empty;
}

std::string_view take_identifier(std::string_view& text) {
  const auto dot = text.find('.');
  const auto identifier = text.substr(0, dot);
  text = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
  return identifier;
}

// Compares numbers of any length: "10" is above "9".
std::strong_ordering compare_digits(std::string_view a, std::string_view b) {
  a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
  b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
  return a.size() != b.size() ? a.size() <=> b.size() : a <=> b;
}

std::strong_ordering compare_pre(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) {
    return a.empty() <=> b.empty();  // a release is above its pre-releases
  }
  while (!a.empty() && !b.empty()) {
    const auto left = take_identifier(a);
    const auto right = take_identifier(b);
    const bool left_number = is_digits(left);
    const bool right_number = is_digits(right);
    std::strong_ordering order = std::strong_ordering::equal;
    if (left_number && right_number) {
      order = compare_digits(left, right);
    } else if (left_number != right_number) {
      order = right_number <=> left_number;  // numbers are below words
    } else {
      order = left <=> right;
    }
    if (order != std::strong_ordering::equal) {
      return order;
    }
  }
  return b.empty() <=> a.empty();  // the longer one is above
}

}  // namespace

std::optional<Version> Version::parse(std::string_view text) {
  if (text.starts_with('v')) {
    text.remove_prefix(1);
  }
  Version version;
  if (const auto plus = text.find('+'); plus != std::string_view::npos) {
    if (!is_identifiers(text.substr(plus + 1))) {
      return std::nullopt;
    }
    text = text.substr(0, plus);
  }
  if (const auto dash = text.find('-'); dash != std::string_view::npos) {
    version.pre = text.substr(dash + 1);
    text = text.substr(0, dash);
    if (!is_identifiers(version.pre)) {
      return std::nullopt;
    }
  }
  for (int* part : {&version.major, &version.minor, &version.patch}) {
    if (!take_number(text, *part)) {
      return std::nullopt;
    }
    if (text.empty()) {
      return version;
    }
    if (part == &version.patch || text.front() != '.') {
      return std::nullopt;
    }
    text.remove_prefix(1);
  }
  return std::nullopt;
}

std::string Version::text() const {
  const auto numbers = fmt::format("{}.{}.{}", major, minor, patch);
  return pre.empty() ? numbers : numbers + "-" + pre;
}

std::strong_ordering operator<=>(const Version& a, const Version& b) {
  if (const auto order = a.major <=> b.major; order != 0) {
    return order;
  }
  if (const auto order = a.minor <=> b.minor; order != 0) {
    return order;
  }
  if (const auto order = a.patch <=> b.patch; order != 0) {
    return order;
  }
  return compare_pre(a.pre, b.pre);
}

}  // namespace base
