#include "text/render.hpp"

#include "base/strings.hpp"
#include "base/utf8.hpp"
#include "text/colour.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace text {
namespace {

// Lines longer than this are shown around the caret only.
constexpr std::size_t k_widest_line = 160;
constexpr std::size_t k_before_caret = 60;

Colour colour_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return Colour::red;
    case Severity::warning:
      return Colour::yellow;
    case Severity::note:
      return Colour::blue;
  }
  return Colour::plain;
}

// What a terminal would obey must not come from a file.
std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const base::Character character = base::character_at(text, at);
    const std::uint32_t code = character.code;
    const bool control = (code < 0x20 && code != '\t') || (code >= 0x7F && code <= 0x9F);
    base::append_utf8(out, control ? 0xFFFD : code);
    at += character.length;
  }
  return out;
}

// Length in bytes of the word that starts at `at`: what the carets stand under.
std::size_t word_length(std::string_view line, std::size_t at) {
  if (at >= line.size()) {
    return 1;
  }
  if (line[at] == '"' || line[at] == '\'') {
    const auto close = line.find(line[at], at + 1);
    return close == std::string_view::npos ? line.size() - at : close + 1 - at;
  }
  std::size_t end = at;
  while (end < line.size() &&
         std::string_view(" \t,[]{}").find(line[end]) == std::string_view::npos &&
         !(line[end] == ':' && (end + 1 == line.size() || line[end + 1] == ' '))) {
    ++end;
  }
  return std::max<std::size_t>(end - at, 1);
}

struct Marked {
  std::string line;
  std::size_t caret = 0;   // byte
  std::size_t length = 1;  // bytes
};

// Cuts a long line down to what stands around the caret.
Marked shorten(Marked marked) {
  if (marked.line.size() <= k_widest_line) {
    return marked;
  }
  const auto at_character = [&](std::size_t byte) {
    while (byte < marked.line.size() &&
           (static_cast<unsigned char>(marked.line[byte]) & 0xC0U) == 0x80U) {
      ++byte;
    }
    return std::min(byte, marked.line.size());
  };
  const std::size_t begin =
      marked.caret > k_before_caret ? at_character(marked.caret - k_before_caret) : 0;
  const std::size_t end = at_character(begin + k_widest_line);
  const std::string_view front = begin > 0 ? "…" : "";
  const std::string_view back = end < marked.line.size() ? "…" : "";
  Marked result;
  result.line = fmt::format("{}{}{}", front, marked.line.substr(begin, end - begin), back);
  result.caret = marked.caret - begin + front.size();
  result.length = std::min(marked.length, end - std::min(end, marked.caret));
  return result;
}

Marked mark(const Source& source, const Location& location) {
  const std::string_view original = source.line(location.line);
  Marked marked;
  marked.line = redacted_line(source, location.line);
  const std::size_t line_begin = source.offset({location.line, 1});
  marked.caret = source.offset({location.line, location.column}) - line_begin;
  const auto differ =
      std::mismatch(original.begin(), original.end(), marked.line.begin(), marked.line.end());
  const auto common = static_cast<std::size_t>(differ.first - original.begin());
  // A caret behind the start of something hidden stands under what hides it.
  marked.caret = std::min(marked.caret, common);
  marked.length = word_length(marked.line, marked.caret);
  return shorten(std::move(marked));
}

// Tabs stay tabs, so that the caret stands right whatever their width.
std::string padding(std::string_view before) {
  std::string out;
  for (const std::string_view part : base::split(before, '\t')) {
    if (part.data() != before.data()) {
      out += '\t';
    }
    out.append(base::display_width(part), ' ');
  }
  return out;
}

std::string indented(std::string_view lines, const std::string& indent) {
  std::string out;
  for (const std::string_view line : base::split(lines, '\n')) {
    out += indent + printable(line) + "\n";
  }
  return out;
}

}  // namespace

std::string_view name(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "note";
}

std::string excerpt(const Location& location, const Source* source, Look look) {
  if (location.file.empty()) {
    return {};
  }
  const std::string indent(static_cast<std::size_t>(look.indent), ' ');
  std::string place = location.file;
  if (location.line > 0) {
    place += fmt::format(":{}", location.line);
    if (location.column > 0) {
      place += fmt::format(":{}", location.column);
    }
  }
  std::string out = indent + coloured(printable(place), Colour::bold, look.colour) + "\n";
  if (source == nullptr || location.line < 1 || location.line > source->line_count()) {
    return out;
  }
  const std::string number = std::to_string(location.line);
  const std::string no_number(number.size(), ' ');
  const Marked marked = mark(*source, location);
  out += indent + coloured(number + " |", Colour::dim, look.colour) + " " + printable(marked.line) +
         "\n";
  if (location.column > 0) {
    const std::string_view line = marked.line;
    const std::size_t width = base::display_width(line.substr(marked.caret, marked.length));
    out += indent + coloured(no_number + " |", Colour::dim, look.colour) + " " +
           padding(line.substr(0, marked.caret)) +
           coloured(std::string(std::max<std::size_t>(width, 1), '^'), Colour::green, look.colour) +
           "\n";
  }
  return out;
}

std::string render(const Diagnostic& diagnostic, const Source* source, Look look) {
  const std::string indent(static_cast<std::size_t>(look.indent), ' ');
  const std::string deeper = indent + "  ";
  const std::string severity = std::string(name(diagnostic.severity)) + ":";
  std::string text = diagnostic.message;
  if (!diagnostic.rule.empty()) {
    text += fmt::format(" [{}]", diagnostic.rule);
  }
  // The first line follows the severity, further ones stand below it.
  const std::string lines = indented(text, deeper);
  std::string out = indent + coloured(severity, colour_of(diagnostic.severity), look.colour) + " " +
                    lines.substr(deeper.size());
  look.indent += 2;
  out += excerpt(diagnostic.location, source, look);
  if (!diagnostic.next.empty()) {
    out += indented(diagnostic.next, deeper);
  }
  return out;
}

}  // namespace text
