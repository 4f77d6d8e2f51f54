// Random streams of manifests: whatever stands in them, the documents are tiles of the stream, and
// those that were put together come out again.
#include "postrender/stream.hpp"

#include "base/failure.hpp"
#include "postrender/manifests.hpp"

#include <gtest/gtest.h>
#include <random>
#include <string>
#include <vector>

namespace {

using postrender::Document;

std::string joined(const std::vector<Document>& documents) {
  std::string all;
  for (const Document& document : documents) {
    all += document.bytes;
  }
  return all;
}

class Dice {
 public:
  explicit Dice(unsigned seed) : m_engine(seed) {}
  std::size_t below(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(m_engine);
  }
  template <typename T>
  const T& of(const std::vector<T>& choices) {
    return choices[below(choices.size())];
  }

 private:
  std::mt19937 m_engine;
};

TEST(StreamProperty, TilesOfAnyBytes) {
  const std::vector<std::string> pieces = {"---",
                                           "\n",
                                           "...",
                                           "--- ",
                                           "\r\n",
                                           "kind: A",
                                           "metadata:",
                                           "  name: b",
                                           " ",
                                           "\t",
                                           "#",
                                           "- x",
                                           "\xEF\xBB\xBF",
                                           "labels:",
                                           "    app.kubernetes.io/instance: c",
                                           "{a: 1}",
                                           "|",
                                           "\"---\"",
                                           "----",
                                           "--",
                                           "\xFF",
                                           std::string("\0", 1),
                                           "..",
                                           "%YAML 1.1"};
  for (unsigned seed = 0; seed < 1000; ++seed) {
    Dice dice(seed);
    std::string stream;
    for (std::size_t i = dice.below(40); i > 0; --i) {
      stream += dice.of(pieces);
    }
    const auto documents = postrender::split(stream);
    ASSERT_EQ(joined(documents), stream) << seed;
    for (const Document& document : documents) {
      ASSERT_FALSE(document.bytes.empty());
    }
    // Refused or taken, but never a crash.
    try {
      postrender::require_manifests(stream, documents);
      (void)postrender::camunda_objects(documents);
    } catch (const base::InternalError& error) {
      FAIL() << seed << ": " << error.what();
    } catch (const base::Failure&) {
    }
  }
}

TEST(StreamProperty, WhatWasPutTogetherComesOutAgain) {
  const std::vector<std::string> bodies = {"data:\n  text: |\n    ---\n    kind: Wrong\n    ...\n",
                                           "data: {text: '--- no'}\n",
                                           "data:\n  text: >-\n\n    a\n\n    --- b\n",
                                           "# ---\n# kind: Wrong\n",
                                           "spec:\n- ---\n- a\n",
                                           "\n\n"};
  const std::vector<std::string> separators = {"---\n", "--- # next\n", "---\t\n",
                                               "---\n# Source: a/b.yaml\n", "...\n---\n"};
  for (unsigned seed = 0; seed < 300; ++seed) {
    Dice dice(seed);
    std::string stream;
    std::vector<std::string> names;
    for (std::size_t i = 1 + dice.below(8); i > 0; --i) {
      names.push_back("n" + std::to_string(dice.below(1000)));
      const std::string kind =
          "kind: " + dice.of(std::vector<std::string>{"A", "\"A\"", "'A' # x"});
      const std::string metadata = "metadata:\n  labels:\n    name: wrong\n  name: " + names.back();
      stream += (names.size() == 1 ? dice.of(std::vector<std::string>{"", "---\n", "# begin\n"})
                                   : dice.of(separators));
      stream += kind + "\n" + metadata + "\n" + dice.of(bodies);
    }
    if (dice.below(2) == 0) {
      for (std::size_t at = 0; (at = stream.find('\n', at)) != std::string::npos; at += 2) {
        stream.insert(at, "\r");
      }
    }
    std::vector<std::string> found;
    const auto documents = postrender::split(stream);
    for (const Document& document : documents) {
      if (document.has_content) {
        ASSERT_EQ(document.kind, "A") << seed;
        found.emplace_back(document.name);
      }
    }
    ASSERT_EQ(found, names) << seed;
    ASSERT_EQ(joined(documents), stream) << seed;
    ASSERT_NO_THROW(postrender::require_manifests(stream, documents)) << seed << '\n' << stream;
  }
}

// Cut off anywhere inside its last document a stream is refused, or what is left is whole.
TEST(StreamProperty, HalfADocumentNeverCountsAsWhole) {
  const std::string first = "kind: A\nmetadata:\n  name: a\n";
  const std::string last = "---\nkind: B\nmetadata:\n  name: b\ndata: {secret: \"value\"}\n";
  for (std::size_t length = first.size() + 12; length < first.size() + last.size() - 2; ++length) {
    const std::string stream = (first + last).substr(0, length);
    const auto documents = postrender::split(stream);
    const std::string tail = stream.substr(first.size());
    const bool whole_lines = tail.ends_with("kind: B\n") || tail.ends_with("kind: B") ||
                             tail.find("\"") == std::string::npos;
    if (!whole_lines) {
      EXPECT_THROW(postrender::require_manifests(stream, documents), base::Failure) << tail;
    }
  }
}

}  // namespace
