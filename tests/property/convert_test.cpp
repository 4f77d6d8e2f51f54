// Whatever the values are and however they are written: converted files hold what the plan says,
// with every comment, and a second time nothing changes.
#include "convert/convert.hpp"

#include "convert/layers.hpp"
#include "decisions/registry.hpp"
#include "property/random_values.hpp"
#include "rules/engine.hpp"
#include "values/yaml_reader.hpp"

#include <gtest/gtest.h>

namespace {

using property::Random;
using property::RandomFile;
using property::RandomValues;
using values::Value;

Value read(const std::string& text) {
  return values::read_yaml(text::Source("values.yaml", text));
}

// How many of "# 1 …" to "# count …" stand in the text.
std::size_t comments_in(const std::string& text, std::size_t count) {
  std::size_t found = 0;
  for (std::size_t i = 1; i <= count; ++i) {
    found +=
        text.find("# " + std::to_string(i) + " words: [of, nobody") == std::string::npos ? 0 : 1;
  }
  return found;
}

Value translated(const Value& values, const std::vector<std::string>& names) {
  rules::Request request;
  request.source_names = names;
  return rules::translate(rules::catalogue_8_7_to_8_8(), decisions::all(), request, values).result;
}

TEST(Convert, FilesHoldWhatThePlanSaysWithEveryComment) {
  for (unsigned seed = 0; seed < 150; ++seed) {
    SCOPED_TRACE(seed);
    const Value values = RandomValues(seed).file();
    RandomFile file(seed);
    const std::string text = file.write(values);
    ASSERT_TRUE(read(text) == values) << text;
    const auto first = convert::convert({text::Source("values.yaml", text)}, {});
    EXPECT_TRUE(read(first.texts[0]) == first.plan.result);
    EXPECT_EQ(comments_in(first.texts[0], file.comments()), file.comments()) << text << "\n=>\n"
                                                                             << first.texts[0];
    EXPECT_EQ(first.texts[0].find("\r\n") != std::string::npos,
              text.find("\r\n") != std::string::npos);
    const auto second = convert::convert({text::Source("values.yaml", first.texts[0])}, {});
    ASSERT_EQ(second.texts[0], first.texts[0]);
  }
}

// Parts of the values in two files: some in one of them, some in both, of which the later counts.
std::pair<Value, Value> split(const Value& values, Random& random) {
  Value base = Value::map();
  Value later = Value::map();
  values::for_each_leaf(values, [&](const values::Path& path, const Value& value) {
    std::size_t unit = 0;
    while (unit < path.size() && !path.steps()[unit].is_index()) {
      ++unit;
    }
    if (path.empty()) {
      return;
    }
    const values::Path place = path.first(unit);
    if (values::find(base, place) != nullptr || values::find(later, place) != nullptr) {
      return;
    }
    const Value whole = *values::find(values, place);
    const std::size_t where = random.pick(3);
    if (where != 0) {
      values::reach(base, place) = where == 2 && value.is_text() ? Value::text("other") : whole;
    }
    if (where != 1) {
      values::reach(later, place) = whole;
    }
  });
  return {base, later};
}

TEST(Convert, LayersAddUpToWhatTheirSumComesTo) {
  for (unsigned seed = 0; seed < 150; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    const auto [base, later] = split(RandomValues(seed).file(), random);
    RandomFile file(seed);
    const std::vector<text::Source> files = {text::Source("base.yaml", file.write(base)),
                                             text::Source("later.yaml", file.write(later))};
    const auto done = convert::convert(files, {});
    Value a = values::read_yaml(files[0], {0, nullptr});
    Value b = values::read_yaml(files[1], {1, nullptr});
    const Value wanted = translated(convert::merged({a, b}), {"base.yaml", "later.yaml"});
    const Value found = convert::merged({read(done.texts[0]), read(done.texts[1])});
    ASSERT_TRUE(found == wanted) << files[0].bytes() << "\n+\n" << files[1].bytes();
    EXPECT_EQ(comments_in(done.texts[0] + done.texts[1], file.comments()), file.comments());
  }
}

}  // namespace
