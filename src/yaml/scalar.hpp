// What Helm reads from a scalar. Both Helms read values with sigs.k8s.io/yaml, that is go-yaml v2
// with the types of YAML 1.1: `yes` is true, 0777 is 511, 1_000 is 1000, 12:30 is a string.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yaml {

struct Resolved {
  enum class Type {
    null,
    boolean,
    integer,  // fits an int64
    number,   // everything else that is a number
    text,
    rejected,  // Helm refuses it: .inf, .nan, `!!int abc`, broken !!binary; `text` says why
  };
  Type type = Type::null;
  bool boolean = false;
  std::int64_t integer = 0;
  double number = 0;  // also of an integer: what a values file makes of it
  std::string text;
};

// `plain` is false for quoted and block scalars. `tag` is written as in the source: "", "!",
// "!!str", "!<tag:yaml.org,2002:int>", "!custom".
Resolved resolve(std::string_view text, bool plain, std::string_view tag = {});

// The key that Helm makes of a scalar: `y:` is "true", 0x10 is "16". Nothing when Helm refuses it
// (null, .nan of a tag it cannot decode, numbers above an int64).
std::optional<std::string> resolve_key(std::string_view text, bool plain,
                                       std::string_view tag = {});

// True when the text can stand plain in block context, as a value and as a key, and every YAML
// reader that people use takes it for this text: stricter than Helm needs.
bool is_safe_plain(std::string_view text);

}  // namespace yaml
