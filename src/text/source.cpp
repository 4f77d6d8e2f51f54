#include "text/source.hpp"

#include "base/failure.hpp"
#include "base/utf8.hpp"
#include "text/render.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace text {
namespace {

constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";

[[noreturn]] void refuse(const Source& source, const std::string& message,
                         const std::string& next) {
  throw base::Failure(source.name() + " " + message, next);
}

[[noreturn]] void refuse_at(const Source& source, std::size_t offset, const std::string& message,
                            const std::string& next) {
  const Location location = source.location(offset);
  throw base::Failure(
      fmt::format("{}:{}:{}: {}", location.file, location.line, location.column, message), next);
}

// A text of ASCII characters in UTF-16 has a zero in every other byte.
bool looks_like_utf16(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") ||
         (bytes.size() > 1 && (bytes[0] == '\0') != (bytes[1] == '\0'));
}

}  // namespace

Source::Source(std::string name, std::string bytes)
    : m_name(std::move(name)), m_bytes(std::move(bytes)) {
  m_line_starts.push_back(0);
  for (std::size_t at = m_bytes.find('\n'); at != std::string::npos;
       at = m_bytes.find('\n', at + 1)) {
    m_line_starts.push_back(at + 1);
  }
  if (m_line_starts.back() == m_bytes.size() && m_line_starts.size() > 1) {
    m_line_starts.pop_back();  // a final line end opens no further line
  }
}

std::string_view Source::line(int number) const {
  if (number < 1 || number > line_count()) {
    return {};
  }
  const std::size_t begin = m_line_starts[static_cast<std::size_t>(number - 1)];
  std::string_view line = std::string_view(m_bytes).substr(begin);
  line = line.substr(0, line.find('\n'));
  if (line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  if (number == 1 && line.starts_with(k_byte_order_mark)) {
    line.remove_prefix(k_byte_order_mark.size());
  }
  return line;
}

Source::Position Source::position(std::size_t offset) const {
  offset = std::min(offset, m_bytes.size());
  const auto next = std::upper_bound(m_line_starts.begin(), m_line_starts.end(), offset);
  const std::size_t begin = *(next - 1);
  std::string_view before = std::string_view(m_bytes).substr(begin, offset - begin);
  if (begin == 0 && before.starts_with(k_byte_order_mark)) {
    before.remove_prefix(k_byte_order_mark.size());
  }
  return {static_cast<int>(next - m_line_starts.begin()),
          static_cast<int>(base::count_characters(before)) + 1};
}

std::size_t Source::offset(Position position) const {
  const std::string_view text = line(position.line);
  if (text.data() == nullptr) {
    return m_bytes.size();
  }
  std::size_t at = 0;
  for (int column = 1; column < position.column && at < text.size(); ++column) {
    at += base::character_at(text, at).length;
  }
  return static_cast<std::size_t>(text.data() - m_bytes.data()) + at;
}

Location Source::location(std::size_t offset) const {
  const Position at = position(offset);
  return {m_name, at.line, at.column};
}

void require_text(const Source& source) {
  const std::string_view bytes = source.bytes();
  if (looks_like_utf16(bytes)) {
    refuse(source, "is UTF-16, not UTF-8", "Convert it: iconv -f UTF-16 -t UTF-8.");
  }
  if (const auto bad = base::find_invalid_utf8(bytes); bad != std::string_view::npos) {
    refuse_at(source, bad,
              fmt::format("byte 0x{:02x} is no UTF-8", static_cast<unsigned char>(bytes[bad])),
              "Save the file as UTF-8.");
  }
  for (std::size_t at = 0; at < bytes.size();) {
    if (bytes[at] >= ' ' && bytes[at] <= '~') {  // nearly all of a file
      ++at;
      continue;
    }
    const base::Character character = base::character_at(bytes, at);
    const std::uint32_t code = character.code;
    const bool white = code == '\t' || code == '\n' || code == '\r' || code == 0x85;
    if ((code < 0x20 && !white) || (code >= 0x7F && code <= 0x9F && !white) || code == 0xFFFE ||
        code == 0xFFFF) {
      refuse_at(source, at, fmt::format("control character U+{:04X}", code),
                "Helm reads none: remove it, or write it as an escape between double quotes.");
    }
    at += character.length;
  }
}

}  // namespace text
