// What is written as YAML or JSON reads back as the same values, whatever they are.
#include "values/json.hpp"
#include "values/yaml_reader.hpp"
#include "values/yaml_writer.hpp"

#include <array>
#include <gtest/gtest.h>
#include <random>
#include <string>

namespace values {
namespace {

// Pieces that mean something to YAML, alone or together.
constexpr std::array<std::string_view, 76> k_pieces = {"a",
                                                       "b ",
                                                       "y",
                                                       "no",
                                                       "on",
                                                       "true",
                                                       "null",
                                                       "~",
                                                       "1",
                                                       "0",
                                                       "0777",
                                                       "0x1F",
                                                       "1_000",
                                                       "1e3",
                                                       ".5",
                                                       "1.",
                                                       "-",
                                                       "- ",
                                                       "? ",
                                                       ": ",
                                                       ":",
                                                       " #",
                                                       "#",
                                                       "'",
                                                       "\"",
                                                       "\\",
                                                       "\n",
                                                       "\n\n",
                                                       " ",
                                                       "  ",
                                                       "\t",
                                                       "\r",
                                                       "\r\n",
                                                       "{",
                                                       "}",
                                                       "[",
                                                       "]",
                                                       ",",
                                                       "&",
                                                       "*",
                                                       "!",
                                                       "|",
                                                       ">",
                                                       "%",
                                                       "@",
                                                       "`",
                                                       "---",
                                                       "...",
                                                       "\n---\n",
                                                       "<<",
                                                       "=",
                                                       "\u00e9",
                                                       "\U0001F600",
                                                       "\u0085",
                                                       "\u2028",
                                                       "\ufeff",
                                                       "\u00a0",
                                                       "\ufffe",
                                                       "\x01",
                                                       "\x1b",
                                                       "\x7f",
                                                       "\u0080",
                                                       "2001-01-01",
                                                       "12:30",
                                                       "+",
                                                       ".inf",
                                                       ".nan",
                                                       "_",
                                                       "key: value",
                                                       "{{ x }}",
                                                       "\u65e5\u672c",
                                                       "\u0301",
                                                       "\\u0041",
                                                       "\\/",
                                                       "\n  x",
                                                       "\n\t"};

class Generator {
 public:
  explicit Generator(unsigned seed) : m_random(seed) {}

  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(m_random);
  }

  std::string text() {
    std::string result;
    for (std::size_t count = below(6); count > 0; --count) {
      result += k_pieces.at(below(k_pieces.size()));
    }
    return result;
  }

  double number() {
    constexpr std::array<double, 14> k_numbers = {
        0,    1,   -1,  3,          1000000, 9007199254740992.0,    18446744073709551616.0, 1e21,
        1e22, 0.1, 1.5, 12345678.9, 5e-324,  1.7976931348623157e308};
    switch (below(3)) {
      case 0:
        return k_numbers.at(below(k_numbers.size()));
      case 1:
        return std::uniform_real_distribution<double>(-1e9, 1e9)(m_random);
      default:
        return static_cast<double>(static_cast<std::int64_t>(below(2000000))) - 1000000;
    }
  }

  Value value(int depth) {
    const std::size_t kind = below(depth > 0 ? 10 : 7);
    if (kind > 8) {
      std::vector<Value> items;
      for (std::size_t count = below(5); count > 0; --count) {
        items.push_back(value(depth - 1));
      }
      return Value::list(std::move(items));
    }
    if (kind > 6) {
      return map(depth - 1);
    }
    if (kind > 1) {
      return Value::text(text());
    }
    if (kind == 1) {
      return Value::number(number());
    }
    return below(2) == 0 ? Value() : Value::boolean(below(2) == 0);
  }

  Value map(int depth) {
    Value result = Value::map();
    for (std::size_t count = below(6); count > 0; --count) {
      result[text()] = value(depth);
    }
    return result;
  }

 private:
  std::mt19937 m_random;
};

TEST(Values, YamlReadsBackAsWritten) {
  for (unsigned seed = 0; seed < 1000; ++seed) {
    const Value value = Generator(seed).map(4);
    const std::string yaml = to_yaml(value);
    const Value again = read_yaml(text::Source("values", yaml));
    ASSERT_EQ(again, value) << "seed " << seed << "\n" << yaml << "\n" << to_json(again, 2);
    ASSERT_EQ(to_yaml(again), yaml) << "seed " << seed;
  }
}

TEST(Values, YamlOfAnythingReadsBackAsADocument) {
  for (unsigned seed = 0; seed < 400; ++seed) {
    const Value value = Generator(seed).value(3);
    const auto documents = read_documents(to_yaml(value));
    if (value.is_null()) {
      ASSERT_TRUE(documents.empty());
    } else {
      ASSERT_EQ(documents.size(), 1U) << "seed " << seed << "\n" << to_yaml(value);
      ASSERT_EQ(documents[0], value) << "seed " << seed << "\n" << to_yaml(value);
    }
  }
}

TEST(Values, JsonReadsBackAsWritten) {
  for (unsigned seed = 0; seed < 400; ++seed) {
    const Value value = Generator(seed).value(4);
    ASSERT_EQ(from_json(to_json(value)), value) << "seed " << seed;
    ASSERT_EQ(from_json(to_json(value, 2)), value) << "seed " << seed;
  }
}

// JSON is YAML: what JSON writes, Helm can be given as a values file too.
TEST(Values, JsonReadsAsYaml) {
  for (unsigned seed = 0; seed < 400; ++seed) {
    const Value value = Generator(seed).map(3);
    ASSERT_EQ(read_yaml(text::Source("values", to_json(value))), value) << "seed " << seed << "\n"
                                                                        << to_json(value);
  }
}

TEST(Values, PathsReachWhatTheyName) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    Value value = Generator(seed).map(3);
    Value copy = Value::map();
    for_each_leaf(value, [&](const Path& path, const Value& leaf) {
      ASSERT_EQ(Path(path.text()), path);
      ASSERT_EQ(find(value, path), &leaf);
      if (!path.empty()) {
        reach(copy, path) = leaf;
      }
    });
    ASSERT_EQ(copy, value) << "seed " << seed;
  }
}

}  // namespace
}  // namespace values
