#include "base/base64.hpp"

#include <cstdint>

namespace base {
namespace {

constexpr std::string_view k_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  std::size_t count = 0;
  std::size_t padding = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      continue;
    }
    const auto digit = k_alphabet.find(c);
    if (c == '=' ? count % 4 < 2 : digit == std::string_view::npos || padding > 0) {
      return std::nullopt;
    }
    padding += c == '=' ? 1 : 0;
    bits = (bits << 6U) | (c == '=' ? 0U : static_cast<std::uint32_t>(digit));
    if (++count % 4 == 0) {
      for (const std::uint32_t shift : {16U, 8U, 0U}) {
        bytes += static_cast<char>((bits >> shift) & 0xFFU);
      }
      bits = 0;
    }
  }
  if (count % 4 != 0 || padding > 2) {
    return std::nullopt;
  }
  bytes.resize(bytes.size() - padding);
  return bytes;
}

std::string encode_base64(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t count = bytes.size() - at < 3 ? bytes.size() - at : 3;
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      bits = (bits << 8U) | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      text += i <= count ? k_alphabet[(bits >> (18U - 6U * i)) & 0x3FU] : '=';
    }
  }
  return text;
}

}  // namespace base
