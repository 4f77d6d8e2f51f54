#include "text/colour.hpp"

#include <cstdlib>
#include <unistd.h>

namespace text {
namespace {

bool is_set(const char* variable) {
  return variable != nullptr && *variable != '\0';
}

std::string_view escape(Colour colour) {
  switch (colour) {
    case Colour::plain:
      return "";
    case Colour::bold:
      return "\x1b[1m";
    case Colour::red:
      return "\x1b[1;31m";
    case Colour::yellow:
      return "\x1b[1;33m";
    case Colour::green:
      return "\x1b[32m";
    case Colour::blue:
      return "\x1b[1;34m";
    case Colour::dim:
      return "\x1b[2m";
  }
  return "";
}

}  // namespace

std::optional<ColourChoice> parse_colour_choice(std::string_view word) {
  if (word == "never") {
    return ColourChoice::never;
  }
  if (word == "auto") {
    return ColourChoice::automatic;
  }
  if (word == "always") {
    return ColourChoice::always;
  }
  return std::nullopt;
}

bool wants_colour(ColourChoice choice, int descriptor) {
  return wants_colour(choice, std::getenv("NO_COLOR"), std::getenv("CLICOLOR_FORCE"),
                      std::getenv("TERM"), ::isatty(descriptor) == 1);
}

bool wants_colour(ColourChoice choice, const char* no_color, const char* clicolor_force,
                  const char* term, bool is_terminal) {
  if (choice != ColourChoice::automatic) {
    return choice == ColourChoice::always;
  }
  if (is_set(no_color)) {
    return false;
  }
  if (is_set(clicolor_force) && std::string_view(clicolor_force) != "0") {
    return true;
  }
  return is_terminal && is_set(term) && std::string_view(term) != "dumb";
}

std::string coloured(std::string_view text, Colour colour, bool enabled) {
  if (!enabled || colour == Colour::plain || text.empty()) {
    return std::string(text);
  }
  return std::string(escape(colour)) + std::string(text) + "\x1b[0m";
}

}  // namespace text
