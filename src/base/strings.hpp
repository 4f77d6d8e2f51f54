// Small operations on text that the standard library lacks.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace base {

// "a,b,,c" at ',' gives four parts; "" gives one empty part. The parts are views into `text`.
std::vector<std::string_view> split(std::string_view text, char separator);
// Lines without their line ends ("\n" or "\r\n"); a final line end opens no further line.
std::vector<std::string_view> split_lines(std::string_view text);
std::string join(std::span<const std::string> parts, std::string_view separator);
// Without spaces, tabs and line ends at both ends.
std::string_view trim(std::string_view text);
std::string replace_all(std::string_view text, std::string_view from, std::string_view to);
// ASCII only: names of flags, keys and environment variables.
std::string lower(std::string_view text);
bool contains(std::string_view text, std::string_view part);

// Insertions, deletions, replacements and swaps of neighbours needed to turn one into the other.
std::size_t edit_distance(std::string_view a, std::string_view b);
// The word a person most likely meant, or "" when none is near: at most one edit for every three
// letters. Of equally near words the first one.
std::string_view nearest_word(std::string_view word, std::span<const std::string_view> words);

// "a, b and c"
std::string enumerate(std::span<const std::string> parts);

}  // namespace base
