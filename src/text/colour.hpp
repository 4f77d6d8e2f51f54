// When output has colours: the user's word first, then NO_COLOR, then CLICOLOR_FORCE, then whether
// it goes to a terminal.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace text {

enum class ColourChoice { never, automatic, always };

// "never", "auto" or "always"; nothing for another word.
std::optional<ColourChoice> parse_colour_choice(std::string_view word);

// The decision for a descriptor (1 or 2) in this process's environment.
bool wants_colour(ColourChoice choice, int descriptor);

// The same from plain facts: variables are unset (nullptr) or what they hold.
bool wants_colour(ColourChoice choice, const char* no_color, const char* clicolor_force,
                  const char* term, bool is_terminal);

enum class Colour { plain, bold, red, yellow, green, blue, dim };

// `text` in that colour when `enabled`, else `text`.
std::string coloured(std::string_view text, Colour colour, bool enabled);

}  // namespace text
