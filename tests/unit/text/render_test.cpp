#include "text/render.hpp"

#include <gtest/gtest.h>

namespace text {
namespace {

Diagnostic ingress() {
  return {"separated-ingress",
          Severity::warning,
          {"operate"},
          "operate had an Ingress of its own, 8.8 has none for it",
          {"values.yaml", 2, 3},
          "Check its TLS Secret operate-tls.",
          ""};
}

TEST(Render, LooksAsDesigned) {
  const Source source("values.yaml", "operate:\n  ingress: {enabled: true, host: a.example.com}\n");
  EXPECT_EQ(render(ingress(), &source, {.colour = false, .indent = 2}),
            R"(  warning: operate had an Ingress of its own, 8.8 has none for it [separated-ingress]
    values.yaml:2:3
    2 |   ingress: {enabled: true, host: a.example.com}
      |   ^^^^^^^
    Check its TLS Secret operate-tls.
)");
}

TEST(Render, LeavesOutWhatIsNotThere) {
  Diagnostic diagnostic = ingress();
  EXPECT_EQ(render(diagnostic, nullptr),
            "warning: operate had an Ingress of its own, 8.8 has none for it [separated-ingress]\n"
            "  values.yaml:2:3\n"
            "  Check its TLS Secret operate-tls.\n");
  diagnostic = {"", Severity::error, {}, "no cluster", {}, "", ""};
  EXPECT_EQ(render(diagnostic), "error: no cluster\n");
  diagnostic.location = {"--set a.b", 0, 0};
  EXPECT_EQ(render(diagnostic), "error: no cluster\n  --set a.b\n");
}

TEST(Render, SeveralLinesAreIndented) {
  const Diagnostic diagnostic = {"", Severity::note, {}, "one\ntwo", {}, "three\nfour", ""};
  EXPECT_EQ(render(diagnostic), "note: one\n  two\n  three\n  four\n");
}

TEST(Render, Colour) {
  const Diagnostic diagnostic = {"r", Severity::error, {}, "m", {}, "", ""};
  EXPECT_EQ(render(diagnostic, nullptr, {.colour = true, .indent = 0}),
            "\x1b[1;31merror:\x1b[0m m [r]\n");
}

TEST(Excerpt, CaretSurvivesTabsAndWideCharacters) {
  const Source tabs("f", "a:\t\tb: c\n");
  EXPECT_EQ(excerpt({"f", 1, 5}, &tabs), "f:1:5\n1 | a:\t\tb: c\n  |   \t\t^\n");
  const Source wide("f", "\u65e5\u672c: \u00e9x y\n");
  EXPECT_EQ(excerpt({"f", 1, 5}, &wide), "f:1:5\n1 | \u65e5\u672c: \u00e9x y\n  |       ^^\n");
}

TEST(Excerpt, MarksTheWord) {
  const Source source("f", "k: [\"a b\", cd]\n");
  EXPECT_EQ(excerpt({"f", 1, 5}, &source), "f:1:5\n1 | k: [\"a b\", cd]\n  |     ^^^^^\n");
  EXPECT_EQ(excerpt({"f", 1, 12}, &source), "f:1:12\n1 | k: [\"a b\", cd]\n  |            ^^\n");
  EXPECT_EQ(excerpt({"f", 1, 99}, &source), "f:1:99\n1 | k: [\"a b\", cd]\n  |               ^\n");
  EXPECT_EQ(excerpt({"f", 7, 1}, &source), "f:7:1\n");
}

TEST(Excerpt, LongLinesAreCutAroundTheCaret) {
  const Source source("f", std::string(500, 'x') + " here " + std::string(500, 'y'));
  const std::string text = excerpt({"f", 1, 502}, &source);
  EXPECT_NE(text.find("x here y"), std::string::npos) << text;
  EXPECT_LT(text.size(), 400U);
  const auto caret = text.find('^');
  const auto word = text.find("here");
  // Both stand at the same distance from their line's start; the cut mark is three bytes.
  const auto line_of = [&](std::size_t at) { return at - text.rfind('\n', at); };
  EXPECT_EQ(line_of(caret) + 2, line_of(word));
}

TEST(Excerpt, TerminalCommandsAreDefused) {
  const Source source("f", "a: \x1b[2J\n");
  EXPECT_EQ(excerpt({"f", 1, 1}, &source), "f:1:1\n1 | a: \ufffd[2J\n  | ^\n");
}

std::string shown(std::string bytes, int line) {
  return redacted_line(Source("f", std::move(bytes)), line);
}

TEST(RedactedLine, ValuesOfSecrets) {
  EXPECT_EQ(shown("  password: hunter2 # c\n", 1), "  password: (hidden)");
  EXPECT_EQ(shown("a: {password: x, b: c}\n", 1), "a: {password: (hidden)");
  EXPECT_EQ(shown("url: https://u:p@h/x\n", 1), "url: https://u:(hidden)@h/x");
  EXPECT_EQ(shown("secretName: tls\n", 1), "secretName: tls");
  EXPECT_EQ(shown("existingSecret: maybe-plain\n", 1), "existingSecret: (hidden)");
  EXPECT_EQ(shown("existingSecret: {name: x}\n", 1), "existingSecret: {name: x}");
  EXPECT_EQ(shown("zeebe: {clientId: c, existingSecret: maybe-plain, tokenScope: t}\n", 1),
            "zeebe: {clientId: c, existingSecret: (hidden)");
  EXPECT_EQ(shown("{\"existingSecret\": \"maybe-plain\"}\n", 1), "{\"existingSecret\": (hidden)");
  EXPECT_EQ(shown("\n", 1), "");
}

TEST(RedactedLine, LinesBelowASecret) {
  EXPECT_EQ(shown("tls.key: |\n  MIIE\n  abc\nb: 1\n", 3), "  (hidden)");
  EXPECT_EQ(shown("tls.key: |\n  MIIE\n  abc\nb: 1\n", 4), "b: 1");
  EXPECT_EQ(shown("password:\n  hunter2\n", 2), "  (hidden)");
  EXPECT_EQ(shown("a:\n  secret:\n    existingSecretKey: k\n", 3), "    existingSecretKey: k");
  EXPECT_EQ(shown("license: >-\n  x\ntoken: >-\n\n  # no comment: x\n", 5), "  (hidden)");
}

TEST(RedactedLine, EnvironmentVariables) {
  const std::string item =
      "env:\n  - name: DB_PASSWORD\n    value: hunter2\n  - name: U\n    value: u\n";
  EXPECT_EQ(shown(item, 2), "  - name: DB_PASSWORD");
  EXPECT_EQ(shown(item, 3), "    value: (hidden)");
  EXPECT_EQ(shown(item, 5), "    value: u");
  EXPECT_EQ(shown("  - value: x\n    name: API_TOKEN\n", 1), "  - value: (hidden)");
  EXPECT_EQ(shown("- {name: DB_PASSWORD, value: x}\n", 1), "- {(hidden)");
  EXPECT_EQ(shown("args:\n  - --password\n  - x\n", 3), "    (hidden)");
}

TEST(RedactedLine, ManifestsOfSecrets) {
  const std::string manifest = "- apiVersion: v1\n  kind: Secret\n  data:\n    a: eA==\n";
  EXPECT_EQ(shown(manifest, 4), "    (hidden)");
  EXPECT_EQ(shown("kind: ConfigMap\ndata:\n  a: eA==\n", 3), "  a: eA==");
  EXPECT_EQ(shown("stringData:\n  a: x\n", 2), "  (hidden)");
}

TEST(Excerpt, CaretStaysAtWhatIsHidden) {
  const Source source("f", "password: hunter2 and more\n");
  EXPECT_EQ(excerpt({"f", 1, 19}, &source),
            "f:1:19\n1 | password: (hidden)\n  |           ^^^^^^^^\n");
}

}  // namespace
}  // namespace text
