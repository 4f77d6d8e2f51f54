#include "helm/provenance.hpp"

#include <gtest/gtest.h>

namespace helm {
namespace {

using values::Origin;
using values::Value;

Value leaf(double number, Origin origin) {
  Value value = Value::number(number);
  value.origin = origin;
  return value;
}

Layer tree(int source, Value value) {
  return {source, true, std::move(value), {}};
}

TEST(Provenance, TheLaterFileWinsAndMapsMerge) {
  Value first = Value::map();
  first["a"]["x"] = leaf(1, {0, 2, 3});
  first["a"]["y"] = leaf(2, {0, 3, 3});
  Value second = Value::map();
  second["a"]["y"] = leaf(5, {1, 7, 3});
  Value merged = Value::map();
  merged["a"]["x"] = Value::number(1);
  merged["a"]["y"] = Value::number(5);
  EXPECT_TRUE(give_origins(merged, {tree(0, first), tree(1, second)}));
  EXPECT_EQ(values::find(merged, "a.x")->origin, (Origin{0, 2, 3}));
  EXPECT_EQ(values::find(merged, "a.y")->origin, (Origin{1, 7, 3}));
}

TEST(Provenance, AListReplacesAndNullsCount) {
  Value first = Value::map();
  first["l"] = Value::list({leaf(1, {0, 1, 1}), leaf(2, {0, 2, 1})});
  first["n"] = leaf(1, {0, 3, 1});
  Value second = Value::map();
  second["l"] = Value::list({leaf(9, {1, 1, 1})});
  second["n"].origin = {1, 2, 1};
  Value merged = Value::map();
  merged["l"] = Value::list({Value::number(9)});
  merged["n"] = Value();
  EXPECT_TRUE(give_origins(merged, {tree(0, first), tree(1, second)}));
  EXPECT_EQ(values::find(merged, "l[0]")->origin, (Origin{1, 1, 1}));
  EXPECT_EQ(values::find(merged, "n")->origin, (Origin{1, 2, 1}));
}

TEST(Provenance, ASetChangesOnlyItsOwnPath) {
  Value file = Value::map();
  file["l"] = Value::list({leaf(1, {0, 1, 1}), leaf(2, {0, 2, 1})});
  Value merged = Value::map();
  merged["l"] = Value::list({Value::number(1), Value::integer(8)});
  merged["new"]["deep"] = Value::integer(3);
  const Layer set{1, false, {}, {values::Path("l[1]"), values::Path("new.deep")}};
  EXPECT_TRUE(give_origins(merged, {tree(0, file), set}));
  EXPECT_EQ(values::find(merged, "l[0]")->origin, (Origin{0, 1, 1}));
  EXPECT_EQ(values::find(merged, "l[1]")->origin, (Origin{1, 0, 0}));
  EXPECT_EQ(values::find(merged, "new.deep")->origin, (Origin{1, 0, 0}));
}

TEST(Provenance, SaysWhenTheLayersCannotHaveBeenMerged) {
  Value file = Value::map();
  file["a"] = leaf(1, {0, 1, 1});
  Value other = Value::map();
  other["a"] = Value::number(2);
  EXPECT_FALSE(give_origins(other, {tree(0, file)}));
  Value more = Value::map();
  more["a"] = Value::number(1);
  more["b"] = Value::number(1);
  EXPECT_FALSE(give_origins(more, {tree(0, file)}));
  Value less = Value::map();
  EXPECT_FALSE(give_origins(less, {tree(0, file)}));
}

TEST(Provenance, PlacesAreTakenWhereBothHaveThem) {
  Value places = Value::map();
  places["a"] = leaf(1, {5, 4, 2});
  Value helms = Value::map();
  helms["a"] = Value::number(1);
  helms["b"] = Value::number(2);
  give_places(helms, places, 3);
  EXPECT_EQ(helms.find("a")->origin, (Origin{3, 4, 2}));
  EXPECT_EQ(helms.find("b")->origin, (Origin{3, 0, 0}));
}

}  // namespace
}  // namespace helm
