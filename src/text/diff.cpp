#include "text/diff.hpp"

#include "text/colour.hpp"

#include <dtl/dtl.hpp>
#include <fmt/format.h>
#include <vector>

namespace text {
namespace {

constexpr std::string_view k_no_final_break = "\n\\ No newline at end of file";

// A last line without its break is another line than the same one with it, and says so.
std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) {
      lines.back() += k_no_final_break;
      break;
    }
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::string range(long long start, long long count) {
  return count == 1 ? fmt::format("{}", start)
                    : fmt::format("{},{}", count == 0 ? start - 1 : start, count);
}

}  // namespace

std::string unified_diff(std::string_view old_text, std::string_view new_text,
                         std::string_view old_name, std::string_view new_name, bool colour) {
  dtl::Diff<std::string> diff(lines_of(old_text), lines_of(new_text));
  diff.onHuge();
  diff.compose();
  diff.composeUnifiedHunks();
  if (diff.getUniHunks().empty()) {
    return {};
  }
  std::string out = coloured(fmt::format("--- {}", old_name), Colour::bold, colour) + "\n" +
                    coloured(fmt::format("+++ {}", new_name), Colour::bold, colour) + "\n";
  const auto add = [&](char sign, const std::string& line, Colour tint) {
    out += coloured(sign + line, tint, colour) + "\n";
  };
  for (const auto& hunk : diff.getUniHunks()) {
    out += coloured(fmt::format("@@ -{} +{} @@", range(hunk.a, hunk.b), range(hunk.c, hunk.d)),
                    Colour::blue, colour) +
           "\n";
    for (const auto& line : hunk.common[0]) {
      add(' ', line.first, Colour::plain);
    }
    for (const auto& [line, info] : hunk.change) {
      const bool added = info.type == dtl::SES_ADD;
      const bool removed = info.type == dtl::SES_DELETE;
      add(added     ? '+'
          : removed ? '-'
                    : ' ',
          line,
          added     ? Colour::green
          : removed ? Colour::red
                    : Colour::plain);
    }
    for (const auto& line : hunk.common[1]) {
      add(' ', line.first, Colour::plain);
    }
  }
  return out;
}

}  // namespace text
