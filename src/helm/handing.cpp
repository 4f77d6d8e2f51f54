#include "base/utf8.hpp"
#include "helm/set_words.hpp"
#include "helm/sources.hpp"
#include "process/memfd.hpp"
#include "values/yaml_writer.hpp"

#include <fmt/format.h>

namespace helm {
namespace {

// From here on a float64 is printed with an exponent: 1e+06.
constexpr std::int64_t k_exponent = 1'000'000;

bool is_large(const values::Value& value) {
  return value.kind() == values::Kind::integer &&
         (value.as_integer() >= k_exponent || value.as_integer() <= -k_exponent);
}

bool is_binary(const values::Value& value) {
  return value.is_text() && base::find_invalid_utf8(value.as_text()) != std::string::npos;
}

}  // namespace

Handed hand_values(const values::Value& values) {
  values::Value written = values;
  Handed handed;
  std::vector<std::string> extra;
  values::for_each_leaf(values, [&](const values::Path& path, const values::Value& leaf) {
    const bool large = is_large(leaf);
    if (!large && !is_binary(leaf)) {
      return;
    }
    const auto target = set_path(path);
    if (!target) {
      return;
    }
    if (large) {
      extra.insert(extra.end(), {"--set", fmt::format("{}={}", *target, leaf.as_integer())});
      return;
    }
    // The YAML gets a place for it, so that lists keep their length.
    *values::find(written, path) = values::Value::text("");
    const int descriptor = process::make_memfd("set-file", leaf.as_text());
    extra.insert(extra.end(), {"--set-file", fmt::format("{}={}", *target,
                                                         process::descriptor_path(descriptor))});
  });
  handed.descriptor = process::make_memfd("values", values::to_yaml(written));
  handed.words = {"-f", process::descriptor_path(handed.descriptor)};
  handed.words.insert(handed.words.end(), extra.begin(), extra.end());
  return handed;
}

}  // namespace helm
