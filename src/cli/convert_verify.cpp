#include "cli/convert_verify.hpp"

#include "base/failure.hpp"
#include "helm/sources.hpp"
#include "values/yaml_reader.hpp"

#include <fmt/format.h>
#include <optional>

namespace cli {
namespace {

using values::Path;
using values::Value;

// The first place where two trees differ.
std::optional<Path> difference(const Value& a, const Value& b, const Path& at = {}) {
  if (a == b || (a.is_leaf() && b.is_leaf() && at.empty())) {
    return std::nullopt;
  }
  if (a.is_map() && b.is_map()) {
    for (const auto& [key, value] : a.entries()) {
      const Value* other = b.find(key);
      if (other == nullptr) {
        return at.key(key);
      }
      if (const auto found = difference(value, *other, at.key(key))) {
        return found;
      }
    }
    for (const auto& [key, value] : b.entries()) {
      if (a.find(key) == nullptr) {
        return at.key(key);
      }
    }
  }
  return at;
}

// An anchor may stand in the file around the values.
void require_readable(const text::Source& text) {
  try {
    (void)values::read_yaml(text);
  } catch (const base::Failure&) {
    throw base::Failure(
        fmt::format("Helm cannot be asked about {}: it is not complete by itself", text.name()),
        "Leave out --verify, or write out the alias that stands in it.");
  }
}

}  // namespace

void verify(const std::vector<convert::Reading>& readings) {
  std::vector<text::Source> texts;
  for (const convert::Reading& reading : readings) {
    require_readable(reading.text);
    texts.push_back(reading.text);
  }
  const std::vector<Value> found = helm::read_each(texts);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (const auto path = difference(found[i], readings[i].wanted)) {
      throw base::InternalError(fmt::format("Helm reads {} of {} otherwise than it was meant",
                                            path->empty() ? "the whole" : path->text(),
                                            readings[i].text.name()));
    }
  }
}

}  // namespace cli
