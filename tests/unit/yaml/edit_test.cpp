#include "yaml/edit.hpp"

#include <functional>
#include <gtest/gtest.h>

namespace yaml {
namespace {

constexpr std::string_view k_file = R"(# header of the file

# about zeebe
zeebe:  # the brokers
  clusterSize: "3"
  # about env
  env: []
  # last words about zeebe

# about the gateway
zeebeGateway:
  ingress:
    enabled: true
    # hosts
    host: a.example.com
  replicas: 2
  # commented: out

other: |
  text
    # no comment
)";

std::string after(std::string_view text, const std::function<void(Document&)>& edit) {
  Document document{std::string(text)};
  edit(document);
  return document.text();
}

std::string edited(const std::function<void(Document&)>& edit) {
  return after(k_file, edit);
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  text.replace(text.find(from), from.size(), to);
  return text;
}

TEST(Edit, NothingDoneNothingChanged) {
  for (const std::string_view text :
       {k_file, std::string_view("a: 1"), std::string_view("a: 1\r\nb:\r\n  c: 2\r\n"),
        std::string_view("\xEF\xBB\xBF"
                         "a:\n  b: 1\n"),
        std::string_view("---\na:\n- 1\n-\n  b: 2\n...\n"), std::string_view("a: {b: [1,\n  2]}\n"),
        std::string_view("? long\n: value\nb: 'x\n\n  y'\n\n\n# end")}) {
    EXPECT_EQ(after(text, [](Document&) {}), text);
  }
}

TEST(Edit, Rename) {
  EXPECT_EQ(edited([](Document& d) { d.rename({"zeebe"}, "orchestration"); }),
            replaced(std::string(k_file), "zeebe:", "orchestration:"));
  EXPECT_EQ(after("a: {x: 1}\n\"on\": 2\n", [](Document& d) { d.rename({"on"}, "off"); }),
            "a: {x: 1}\n\"off\": 2\n");
}

TEST(Edit, SetKeepsTheComment) {
  EXPECT_EQ(after("a: 1  # c\nb:\n",
                  [](Document& d) {
                    d.set({"a"}, "\"x\"");
                    d.set({"b"}, "2");
                  }),
            "a: \"x\"  # c\nb: 2\n");
}

TEST(Edit, MoveTakesItsCommentsAlong) {
  EXPECT_EQ(edited([](Document& d) {
              d.move({"zeebeGateway", "ingress"}, {"zeebe", "ingress"});
            }),
            R"(# header of the file

# about zeebe
zeebe:  # the brokers
  clusterSize: "3"
  # about env
  env: []
  # last words about zeebe
  ingress:
    enabled: true
    # hosts
    host: a.example.com

# about the gateway
zeebeGateway:
  replicas: 2
  # commented: out

other: |
  text
    # no comment
)");
}

TEST(Edit, MoveMakesTheWayAndIndents) {
  EXPECT_EQ(after("a:\n  # c\n  b: |\n    text\n\n    more\n  x: 1\nz: 2\n",
                  [](Document& d) {
                    d.move({"a", "b"}, {"new", "deep", "b"});
                  }),
            "a:\n  x: 1\nz: 2\nnew:\n  deep:\n    # c\n    b: |\n      text\n\n      more\n");
}

TEST(Edit, AnEmptiedMappingGoesToo) {
  EXPECT_EQ(after("a:\n  b:\n    c: 1\nz: 2\n",
                  [](Document& d) {
                    d.remove({"a", "b", "c"});
                  }),
            "z: 2\n");
  EXPECT_EQ(after("a:\n  b: 1\nz: 2\n",
                  [](Document& d) {
                    d.move({"a", "b"}, {"b"});
                  }),
            "z: 2\nb: 1\n");
  EXPECT_EQ(after("a:\n  - 1\nz: 2\n",
                  [](Document& d) {
                    d.remove({"a", Step::item(0)});
                  }),
            "a: []\nz: 2\n");
}

TEST(Edit, InsertAndAppend) {
  EXPECT_EQ(after("a:\n  b: 1\n\nlist: []\nitems:\n  - x\n",
                  [](Document& d) {
                    d.insert({"a"}, "# new\nc:\n  d: 2\n");
                    d.append({"list"}, "- name: N\n  value: v\n");
                    d.append({"items"}, "- y\n");
                    d.insert({}, "z: 3\n");
                  }),
            "a:\n  b: 1\n  # new\n  c:\n    d: 2\n\nlist:\n  - name: N\n    value: v\n"
            "items:\n  - x\n  - y\nz: 3\n");
}

TEST(Edit, InsertFollowsTheLineEndsOfTheFile) {
  EXPECT_EQ(after("a: 1\r\n", [](Document& d) { d.insert({}, "b: 2\n"); }), "a: 1\r\nb: 2\r\n");
}

TEST(Edit, AFileWithoutFinalBreakKeepsItsLastValue) {
  EXPECT_EQ(after("a: |\n  text", [](Document& d) { d.insert({}, "b: 2\n"); }),
            "a: |-\n  text\nb: 2\n");
}

TEST(Edit, Merge) {
  const auto merge = [](Document::OnConflict policy) {
    return after("a:\n  x: 1\n  m:\n    p: 1\nb:\n  x: 2\n  m:\n    q: 2\n",
                 [policy](Document& d) { d.merge({"a"}, {"b"}, policy); });
  };
  EXPECT_EQ(merge(Document::OnConflict::keep_target), "b:\n  x: 2\n  m:\n    q: 2\n    p: 1\n");
  EXPECT_EQ(merge(Document::OnConflict::keep_source), "b:\n  m:\n    q: 2\n    p: 1\n  x: 1\n");
  EXPECT_THROW(merge(Document::OnConflict::fail), EditError);
}

TEST(Edit, WhatCannotBeDone) {
  Document document{std::string(k_file)};
  EXPECT_FALSE(document.has({"nothing"}));
  EXPECT_FALSE(document.has({"zeebe", Step::item(0)}));
  EXPECT_THROW(document.rename({"nothing"}, "x"), EditError);
  EXPECT_THROW(document.set({"zeebe"}, "1"), EditError);
  EXPECT_THROW(document.remove({"zeebe", "nothing"}), EditError);
  EXPECT_THROW(document.move({"zeebe"}, {"zeebeGateway"}), EditError);
  EXPECT_THROW(document.move({"zeebe"}, {"zeebe", "inner"}), EditError);
  EXPECT_THROW(document.insert({"zeebe", "clusterSize"}, "a: 1\n"), EditError);
  EXPECT_THROW(document.append({"zeebe"}, "- 1\n"), EditError);
  EXPECT_EQ(document.text(), k_file);
  EXPECT_THROW(Document("- a\n"), EditError);
  EXPECT_THROW(Document("a: 1\n---\nb: 1\n"), EditError);
  EXPECT_THROW(Document("{a: 1}\n"), EditError);
  EXPECT_THROW(Document("a: [\n"), ParseError);
  EXPECT_THROW(Document("a:\n !x{}\nb: 1\n"), ParseError);      // Helm wants a space there
  EXPECT_THROW(Document("a:\r\n b:\r\n:\n    d"), ParseError);  // a key that stands nowhere
}

}  // namespace
}  // namespace yaml
