#include "values/yaml_reader.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "values/json.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <sstream>

namespace values {
namespace {

Value read(std::string text, text::Sink* notes = nullptr) {
  return read_yaml(text::Source("values.yaml", std::move(text)), {.source = 2, .notes = notes});
}

std::string json(std::string text) {
  return to_json(read(std::move(text)));
}

std::string failure(std::string text) {
  try {
    read(std::move(text));
  } catch (const base::Failure& failure) {
    return failure.what();
  }
  return "none";
}

std::vector<std::pair<std::string, std::string>> fixture(const std::string& name) {
  std::ifstream file(std::string(C8UPGRADE_TESTS) + "/fixtures/" + name);
  std::vector<std::pair<std::string, std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    const auto tab = line.rfind('\t');
    if (!line.starts_with("# ") && tab != std::string::npos) {
      rows.emplace_back(line.substr(0, tab), line.substr(tab + 1));
    }
  }
  return rows;
}

// Compared as trees: the order of a map's keys is not Helm's.
void expect_verdict(const std::string& text, const std::string& verdict) {
  if (verdict == "!") {
    EXPECT_NE(failure(text), "none") << text;
    return;
  }
  try {
    EXPECT_EQ(read(text), from_json(verdict)) << text << "\nis " << to_json(read(text));
  } catch (const base::Failure& failure) {
    ADD_FAILURE() << text << "\nis refused: " << failure.what();
  }
}

TEST(YamlReader, ScalarsAreWhatHelmReads) {
  const auto rows = fixture("helm-scalars.tsv");
  ASSERT_GT(rows.size(), 150U);
  for (const auto& [scalar, verdict] : rows) {
    expect_verdict("k: " + scalar + "\n", verdict == "!" ? verdict : "{\"k\":" + verdict + "}");
  }
}

TEST(YamlReader, DocumentsAreWhatHelmReads) {
  // Where Helm loses something without a word, or readers disagree, this reader refuses.
  const std::map<std::string, std::string> refused = {
      {"  a: 1\nk: 2", "Helm drops k"},
      {"k: a\rj: b", "a return alone is a line break for some readers only"},
      {"k: &a:b c", "yaml-cpp takes the colon into the anchor"},
  };
  const auto rows = fixture("helm-documents.tsv");
  ASSERT_GT(rows.size(), 40U);
  for (const auto& [document, verdict] : rows) {
    const std::string text = from_json(document).as_text();
    expect_verdict(text, refused.contains(text) ? "!" : verdict);
  }
}

TEST(YamlReader, Origins) {
  const Value value = read("# c\nzeebe:\n  env:\n    - name: A\n      value: \"1\"\n  size: 3\n");
  EXPECT_EQ(find(value, "zeebe")->origin, (Origin{2, 2, 1}));
  EXPECT_EQ(find(value, "zeebe.env")->origin, (Origin{2, 3, 3}));
  EXPECT_EQ(find(value, "zeebe.env[0]")->origin, (Origin{2, 4, 7}));
  EXPECT_EQ(find(value, "zeebe.env[0].value")->origin, (Origin{2, 5, 7}));
  EXPECT_EQ(find(value, "zeebe.size")->origin, (Origin{2, 6, 3}));
}

TEST(YamlReader, OriginsWithinOneLineAndBehindAliases) {
  const Value value = read("{a: {\u00e9: [1, \u20ac, 3]}, b: &x {c: 1}, d: *x, e: 2}\n");
  EXPECT_EQ(find(value, "a.\u00e9[0]")->origin, (Origin{2, 1, 10}));
  EXPECT_EQ(find(value, "a.\u00e9[2]")->origin, (Origin{2, 1, 16}));
  EXPECT_EQ(find(value, "d")->origin, (Origin{2, 1, 35}));
  EXPECT_EQ(find(value, "d.c")->origin, (Origin{2, 1, 28}));
  EXPECT_EQ(find(value, "e")->origin, (Origin{2, 1, 42}));
}

TEST(YamlReader, Nothing) {
  EXPECT_TRUE(read("").is_null());
  EXPECT_TRUE(read("# only a comment\n").is_null());
  EXPECT_TRUE(read("---\n").is_null());
  EXPECT_TRUE(read("null\n").is_null());
  EXPECT_EQ(json("{}"), "{}");
}

TEST(YamlReader, MergeKeysApplyAtTheirPlace) {
  const std::string base = "x: &x {q: 1, r: 2}\n";
  EXPECT_EQ(to_json(*read(base + "k: {q: 3, <<: *x}").find("k")), R"({"q":1,"r":2})");
  EXPECT_EQ(to_json(*read(base + "k: {<<: *x, q: 3}").find("k")), R"({"q":3,"r":2})");
  EXPECT_EQ(to_json(*read(base + "k: {<<: [{q: 8}, *x]}").find("k")), R"({"q":8,"r":2})");
  EXPECT_EQ(to_json(*read(base + "k: {<<: {q: 8}}").find("k")), R"({"q":8})");
  EXPECT_EQ(to_json(*read(base + "k: {\"<<\": 1}").find("k")), R"({"<<":1})");
  EXPECT_NE(failure(base + "k: {<<: 1}"), "none");
  EXPECT_NE(failure("y: &y [1]\nk: {<<: *y}"), "none");
}

TEST(YamlReader, DuplicateKeysAreTold) {
  text::Sink notes;
  const Value value = read("a:\n  k: 1\n  b: 2\n  k: 3\n", &notes);
  EXPECT_EQ(find(value, "a.k")->as_number(), 3);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].location, (text::Location{"values.yaml", 4, 3}));
  EXPECT_EQ(notes[0].next, "Remove one of them; the other is in line 2.");
}

TEST(YamlReader, OverridingAMergedKeyIsNoDuplicate) {
  text::Sink notes;
  read("x: &x {q: 1}\nk:\n  <<: *x\n  q: 2\n", &notes);
  EXPECT_TRUE(notes.empty());
  read("x: &x {q: 1, q: 2}\ny: *x\nz: *x\n", &notes);
  EXPECT_EQ(notes.size(), 1U);
}

TEST(YamlReader, SeveralDocumentsAreTold) {
  text::Sink notes;
  EXPECT_EQ(to_json(read("a: 1\n---\nb: 2\n", &notes)), R"({"a":1})");
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].location.line, 3);
}

// Both Helms read to the second root and say nothing about what follows.
TEST(YamlReader, WhatHelmLeavesOutIsTold) {
  text::Sink notes;
  EXPECT_EQ(to_json(read("  a: 1\n  b: 2\nc: 3\nd: [\n", &notes)), R"({"a":1,"b":2})");
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].rule, "rest-unread");
  EXPECT_EQ(notes[0].location, (text::Location{"values.yaml", 3, 1}));
  EXPECT_EQ(notes[0].message,
            "Helm reads values.yaml to line 2 only and leaves out the rest without a word");
  EXPECT_EQ(to_json(read("{a: 1}\nc: 3\n", &notes)), R"({"a":1})");
  EXPECT_EQ(notes.size(), 2U);
  EXPECT_EQ(failure("  a: 1\nc: 3\n"),
            "values.yaml is not valid YAML: this stands outside of what the file begins with; Helm "
            "reads no further\n"
            "  values.yaml:2:1\n"
            "  2 | c: 3\n"
            "    | ^");
  // Found by fuzzing: what stands before the rest is cut off as well.
  EXPECT_THROW(read("... |\n \n", &notes), base::Failure);
}

TEST(YamlReader, FailuresShowThePlace) {
  EXPECT_EQ(failure("a: 1\nb: c: d\n"),
            "values.yaml is not valid YAML: a ':' stands where no value can begin\n"
            "  values.yaml:2:5\n"
            "  2 | b: c: d\n"
            "    |     ^");
  EXPECT_EQ(failure("a: 1\nb\n"),
            "values.yaml is not valid YAML: a ':' is missing behind this key\n"
            "  values.yaml:2:1\n"
            "  2 | b\n"
            "    | ^");
  EXPECT_EQ(failure("- a\n"),
            "values.yaml holds no map of values\n"
            "  values.yaml:1:1");
  EXPECT_EQ(failure("hunter2\n").find("hunter2"), std::string::npos);
}

TEST(YamlReader, FailuresHideSecrets) {
  EXPECT_EQ(failure("password: hunter2: x\n").find("hunter2"), std::string::npos);
  EXPECT_EQ(failure("token: \"hunter2\nb: 1\n").find("hunter2"), std::string::npos);
}

TEST(YamlReader, RefusesBombsAndLoops) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int j = 1; j < 10; ++j) {
      bomb += ", " + before;
    }
    bomb += "]\n";
  }
  EXPECT_NE(failure(bomb).find("too many values"), std::string::npos);
  EXPECT_NE(failure("a: &a [*a]\n").find("contains itself"), std::string::npos);
  EXPECT_NE(failure("a: &a {b: {<<: *a}}\n").find("contains itself"), std::string::npos);
  EXPECT_NE(failure("a: *nothing\n"), "none");
}

TEST(YamlReader, RefusesDepth) {
  const auto nested = [](std::size_t depth) {
    return "a: " + std::string(depth, '[') + std::string(depth, ']') + "\n";
  };
  EXPECT_EQ(failure(nested(200)), "none");
  EXPECT_NE(failure(nested(10000)).find("levels deep"), std::string::npos);
  std::string block;
  for (std::size_t i = 0; i < 3000; ++i) {
    block += std::string(i, ' ') + "a:\n";
  }
  EXPECT_NE(failure(block).find("levels deep"), std::string::npos);
  // Through aliases, each of which is one level in the text.
  std::string chain = "a0: &a0 [x]\n";
  for (int i = 1; i < 1500; ++i) {
    chain += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) +
             "]\n";
  }
  EXPECT_NE(failure(chain), "none");
}

TEST(YamlReader, RefusesWhatIsNoText) {
  EXPECT_NE(failure("a: \xff\n").find("values.yaml:1:4"), std::string::npos);
  EXPECT_NE(failure("\xFF\xFE").find("UTF-16"), std::string::npos);
  EXPECT_NE(failure(",\n"), "none");
}

TEST(YamlReader, LargeMaps) {
  std::string text;
  for (int i = 0; i < 2000; ++i) {
    text += "k" + std::to_string(i % 1500) + ": " + std::to_string(i) + "\n";
  }
  const Value value = read(text);
  EXPECT_EQ(value.entries().size(), 1500U);
  EXPECT_EQ(value.find("k499")->as_number(), 1999);
  EXPECT_EQ(value.find("k500")->as_number(), 500);
}

TEST(Documents, EveryDocumentWithContent) {
  const auto documents = read_documents(
      "---\n# Source: a.yaml\nkind: A\n---\n# nothing\n---\nkind: B\ndata:\n  x: |\n    ---\n    "
      "y\n");
  ASSERT_EQ(documents.size(), 2U);
  EXPECT_EQ(documents[0].find("kind")->as_text(), "A");
  EXPECT_EQ(find(documents[1], "data.x")->as_text(), "---\ny\n");
  EXPECT_TRUE(read_documents("").empty());
  EXPECT_EQ(read_documents("- 1\n").size(), 1U);
  EXPECT_THROW(read_documents("a: [\n"), base::Failure);
}

}  // namespace
}  // namespace values
