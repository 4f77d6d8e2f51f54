#include "text/colour.hpp"

#include <gtest/gtest.h>

namespace text {
namespace {

TEST(Colour, TheUsersWordComesFirst) {
  EXPECT_TRUE(wants_colour(ColourChoice::always, "1", nullptr, "dumb", false));
  EXPECT_FALSE(wants_colour(ColourChoice::never, nullptr, "1", "xterm", true));
}

TEST(Colour, EnvironmentAndTerminal) {
  const auto automatic = [](const char* no_color, const char* force, const char* term, bool tty) {
    return wants_colour(ColourChoice::automatic, no_color, force, term, tty);
  };
  EXPECT_TRUE(automatic(nullptr, nullptr, "xterm", true));
  EXPECT_FALSE(automatic(nullptr, nullptr, "xterm", false));
  EXPECT_FALSE(automatic(nullptr, nullptr, "dumb", true));
  EXPECT_FALSE(automatic(nullptr, nullptr, nullptr, true));
  EXPECT_FALSE(automatic("1", "1", "xterm", true));
  EXPECT_TRUE(automatic("", nullptr, "xterm", true));
  EXPECT_TRUE(automatic(nullptr, "1", nullptr, false));
  EXPECT_FALSE(automatic(nullptr, "0", "xterm", false));
}

TEST(Colour, Words) {
  EXPECT_EQ(parse_colour_choice("auto"), ColourChoice::automatic);
  EXPECT_EQ(parse_colour_choice("always"), ColourChoice::always);
  EXPECT_EQ(parse_colour_choice("never"), ColourChoice::never);
  EXPECT_EQ(parse_colour_choice("Always"), std::nullopt);
}

TEST(Colour, Text) {
  EXPECT_EQ(coloured("x", Colour::red, true), "\x1b[1;31mx\x1b[0m");
  EXPECT_EQ(coloured("x", Colour::red, false), "x");
  EXPECT_EQ(coloured("", Colour::red, true), "");
  EXPECT_EQ(coloured("x", Colour::plain, true), "x");
}

}  // namespace
}  // namespace text
