// How Go writes a float64, in the two forms that Helm's users see. Both write whole numbers below
// 1e21 as integers.
#pragma once

#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace values {

// The shortest digits that read back as the same number, without an exponent.
inline std::string fixed_number(double number) {
  std::array<char, 400> buffer{};
  const auto done =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::fixed);
  return std::string(buffer.data(), done.ptr);
}

// The same with an exponent of at least two digits: 1e+21, 2.5e-07.
inline std::string scientific_number(double number) {
  std::array<char, 64> buffer{};
  const auto done = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                  std::chars_format::scientific);
  return std::string(buffer.data(), done.ptr);
}

// As encoding/json writes it, but for whole numbers it never needs to: 3, 1000000, 1e+21, 2.5e-07.
// Infinities and not-a-number are no JSON; they give "null".
inline std::string json_number(double number) {
  if (!std::isfinite(number)) {
    return "null";
  }
  const double size = std::fabs(number);
  return size != 0 && (size < 1e-6 || size >= 1e21) ? scientific_number(number)
                                                    : fixed_number(number);
}

// As a template's toString prints it (%v), except that large numbers are written out.
inline std::string template_number(double number) {
  if (std::isnan(number)) {
    return "NaN";
  }
  if (std::isinf(number)) {
    return number < 0 ? "-Inf" : "+Inf";
  }
  const double size = std::fabs(number);
  if (size < 1e21 && number == std::trunc(number)) {
    return fixed_number(number);
  }
  return size < 1e-4 || size >= 1e21 ? scientific_number(number) : fixed_number(number);
}

}  // namespace values
