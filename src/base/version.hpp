// Semantic versions as Helm uses them for charts ("13.12.7", "v13.4.2", "13.0.0-alpha4.2").
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace base {

struct Version {
  int major = 0;
  int minor = 0;
  int patch = 0;
  std::string pre;  // what follows '-', without build metadata; empty for a release

  // Accepts a leading "v" and missing minor or patch ("13" is 13.0.0); nothing for other text.
  static std::optional<Version> parse(std::string_view text);
  std::string text() const;

  friend bool operator==(const Version&, const Version&) = default;
  // Semantic versioning 2.0 precedence, §11.
  friend std::strong_ordering operator<=>(const Version&, const Version&);
};

}  // namespace base
