// Random command lines: none of them may crash, and no word may get lost or change its meaning.
#include "base/failure.hpp"
#include "helm/command_line.hpp"
#include "helm/flags.hpp"

#include <gtest/gtest.h>
#include <random>

namespace helm {
namespace {

using Words = std::vector<std::string>;

std::string shown(const Words& words) {
  std::string text;
  for (const auto& word : words) {
    text += '[' + word + "] ";
  }
  return text;
}

// What a line must be read as.
struct Expected {
  Words words;
  Words passed;
  Words positionals;
  std::vector<std::pair<ValueKind, std::string>> values;
  Words accepted;
};

class Generator {
 public:
  explicit Generator(unsigned seed) : m_random(seed) {}

  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(m_random);
  }
  const std::string& pick(const Words& words) { return words[below(words.size())]; }

  Expected line() {
    Expected line;
    const std::size_t pieces = below(9);
    const std::size_t release_at = below(pieces + 1);
    const std::size_t chart_at = release_at + below(pieces + 1 - release_at);
    for (std::size_t i = 0; i <= pieces; ++i) {
      if (i == release_at) {
        line.words.emplace_back("release");
        line.positionals.emplace_back("release");
      }
      if (i == chart_at) {
        line.words.emplace_back("./chart");
        line.positionals.emplace_back("./chart");
      }
      if (i < pieces) {
        piece(line);
      }
    }
    return line;
  }

  // Words that look like flags and often are none.
  Words garbage() {
    static const Words k_parts = {"-",        "--",        "=",           "f",    "i",   "n",
                                  "set",      "wait",      "accept",      "\"",   ",",   "x",
                                  "--values", "--dry-run", "\n",          "\xff", "-if", "-f=,",
                                  "a=b",      "-n",        "\xe2\x82\xac"};
    Words words(below(7));
    for (auto& word : words) {
      for (std::size_t parts = below(4); parts > 0; --parts) {
        word += pick(k_parts);
      }
    }
    return words;
  }

 private:
  void add(Expected& line, const Words& words, bool passed) {
    line.words.insert(line.words.end(), words.begin(), words.end());
    if (passed) {
      line.passed.insert(line.passed.end(), words.begin(), words.end());
    }
  }

  void piece(Expected& line) {
    switch (below(6)) {
      case 0: {  // a switch of Helm's
        static const Words k_switches = {"--install",        "-i",         "--wait",
                                         "--dry-run=server", "--no-hooks", "--devel=true",
                                         "--skip-crds",      "--verify"};
        add(line, {pick(k_switches)}, true);
        break;
      }
      case 1: {  // a flag of Helm's with a value, which may look like anything
        static const Words k_names = {"--description", "--repo", "--username", "--namespace"};
        static const Words k_values = {"",   "x",   "-f",      "--install",
                                       "--", "a b", "--set=x", "release"};
        const std::string name = pick(k_names);
        const std::string value = pick(k_values);
        add(line, below(2) == 0 ? Words{name, value} : Words{name + '=' + value}, true);
        break;
      }
      case 2: {  // a cluster of Helm's
        static const Words k_clusters = {"-ii", "-in", "-inprod", "-i=false"};
        const std::string cluster = pick(k_clusters);
        add(line, cluster == "-in" ? Words{cluster, "prod"} : Words{cluster}, true);
        break;
      }
      case 3: {  // a values file, with a switch in front of it or not
        static const Words k_files = {"a.yaml", "-", "--x", "=", "/dev/fd/9", "s3://b/c"};
        const std::string file = pick(k_files);
        line.values.emplace_back(ValueKind::file, file);
        if (below(4) == 0) {
          add(line, {"-if", file}, false);
          line.passed.emplace_back("-i");
        } else {
          add(line, below(2) == 0 ? Words{"-f", file} : Words{"--values=" + file}, false);
        }
        break;
      }
      case 4: {  // --set
        static const Words k_texts = {"a=1", "a=1,b=2", "", "-f", "x[0].y=a\\,b", "--"};
        const std::string text = pick(k_texts);
        line.values.emplace_back(ValueKind::set, text);
        add(line, below(2) == 0 ? Words{"--set", text} : Words{"--set=" + text}, false);
        break;
      }
      default: {  // one of ours
        const std::string id = below(2) == 0 ? "some-rule" : "--install";
        line.accepted.push_back(id);
        add(line, below(2) == 0 ? Words{"--accept", id} : Words{"--accept=" + id}, false);
      }
    }
  }

  std::mt19937 m_random;
};

TEST(RandomCommandLine, EveryWordArrivesWhereItBelongs) {
  Generator generator(20251124);
  for (int i = 0; i < 5000; ++i) {
    const Expected expected = generator.line();
    const CommandLine line = parse_command_line(Verb::upgrade, expected.words, [] { return 3; });
    ASSERT_EQ(line.passed, expected.passed) << shown(expected.words);
    ASSERT_EQ(line.positionals, expected.positionals) << shown(expected.words);
    ASSERT_EQ(line.own.accept, expected.accepted) << shown(expected.words);
    std::vector<std::pair<ValueKind, std::string>> values;
    for (const ValueWord& word : line.values) {
      values.emplace_back(word.kind, word.text);
    }
    ASSERT_EQ(values, expected.values) << shown(expected.words);
  }
}

TEST(RandomCommandLine, GarbageIsReadOrRefusedInAPlainSentence) {
  Generator generator(7);
  int refused = 0;
  constexpr int k_rounds = 5000;
  for (int i = 0; i < k_rounds; ++i) {
    const Words words = generator.garbage();
    const Verb verb = i % 3 == 0 ? Verb::upgrade : i % 3 == 1 ? Verb::template_ : Verb::values;
    try {
      const CommandLine line = parse_command_line(verb, words, [i] { return 3 + i % 2; });
      // What is passed on is read the same way again.
      Words again = line.passed;
      again.insert(again.end(), line.positionals.size(), "name");
      ASSERT_EQ(parse_command_line(verb, again, [i] { return 3 + i % 2; }).passed, line.passed)
          << shown(words);
    } catch (const base::InternalError& error) {
      FAIL() << error.what() << ": " << shown(words);
    } catch (const base::Failure& failure) {
      ++refused;
      ASSERT_NE(std::string(failure.what()), "") << shown(words);
    }
  }
  EXPECT_GT(refused, k_rounds / 10);
  EXPECT_LT(refused, k_rounds);
}

}  // namespace
}  // namespace helm
