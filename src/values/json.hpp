// Values from JSON and to it, with Helm's two kinds of numbers.
#pragma once

#include "values/value.hpp"

#include <string>
#include <string_view>

namespace values {

enum class Numbers {
  // Helm's own JSON (`helm get values -o json`) and kubectl's: every number is Kind::number.
  plain,
  // The probe chart's: {"$i": n} is Kind::integer, what --set makes of a whole number.
  marked,
};

// Deeper values than this are refused, here and by the YAML reader: real ones have a dozen levels.
inline constexpr int k_max_depth = 1000;

// Reads one JSON document; of duplicate keys the last one wins. Throws base::Failure with the place
// when it is not JSON or nested too deeply.
Value from_json(std::string_view text, Numbers numbers = Numbers::plain);

// Prints JSON in the order of the entries. `indent` 0 is one line without spaces, else that many
// spaces a level. Whole numbers have neither exponent nor fraction: 3, 1000000. No final newline.
// Characters that are line breaks in YAML or JavaScript (U+0085, U+2028, U+2029), DEL, C1 and the
// byte order mark are escaped, so that the text can be put anywhere; bytes that are no UTF-8 become
// U+FFFD, as Helm does.
std::string to_json(const Value& value, int indent = 0);

}  // namespace values
