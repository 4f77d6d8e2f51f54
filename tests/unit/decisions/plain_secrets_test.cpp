#include "decisions/plain_secrets.hpp"

#include "values/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace decisions {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

Extraction extracted(const char* json, bool old_structure = true, const values::Path& under = {}) {
  return extract_secrets(values::from_json(json), under, old_structure, "s");
}

std::string as_json(const Extraction& one) {
  return values::to_json(one.values);
}

TEST(PlainSecrets, a_text_becomes_a_key_of_the_secret) {
  const Extraction one =
      extracted(R"({"global": {"elasticsearch": {"auth": {"username": "u", "password": "p"}}}})");
  EXPECT_EQ(one.values, values::from_json(R"({"global": {"elasticsearch": {"auth": {"username": "u",
      "existingSecret": "s", "existingSecretKey": "global.elasticsearch.auth.password"}}}})"))
      << as_json(one);
  EXPECT_THAT(one.data, ElementsAre(Pair("global.elasticsearch.auth.password", "p")));
  ASSERT_EQ(one.taken.size(), 1U);
  EXPECT_EQ(one.fates.size(), 2U);
  // Twice is once.
  EXPECT_THAT(extract_secrets(one.values, {}, true, "s").taken, IsEmpty());
}

TEST(PlainSecrets, a_text_in_place_of_a_name_is_one_in_8_7_only) {
  constexpr const char* k_text =
      R"({"global": {"identity": {"auth": {"zeebe": {"existingSecret": "pw"}}}}})";
  const Extraction old_one = extracted(k_text);
  EXPECT_EQ(old_one.values,
            values::from_json(R"({"global": {"identity": {"auth": {"zeebe": {"existingSecret":
      {"name": "s"}, "existingSecretKey": "global.identity.auth.zeebe"}}}}})"))
      << as_json(old_one);
  EXPECT_THAT(old_one.data, ElementsAre(Pair("global.identity.auth.zeebe", "pw")));
  EXPECT_THAT(extracted(k_text, false).taken, IsEmpty());
}

TEST(PlainSecrets, the_form_of_8_8) {
  const Extraction one =
      extracted(R"({"global": {"license": {"secret": {"inlineSecret": "k"}}}})", false);
  EXPECT_EQ(one.values, values::from_json(R"({"global": {"license": {"secret": {
      "existingSecret": "s", "existingSecretKey": "global.license"}}}})"))
      << as_json(one);
}

TEST(PlainSecrets, a_database_has_both_passwords_in_one_secret) {
  const Extraction half = extracted(R"({"postgresql": {"auth": {"password": "a"}}})");
  EXPECT_THAT(half.taken, IsEmpty());
  ASSERT_EQ(half.left.size(), 1U);
  EXPECT_EQ(half.left[0].path.text(), "postgresql.auth.password");
  const Extraction both =
      extracted(R"({"postgresql": {"auth": {"password": "a", "postgresPassword": "b"}}})");
  EXPECT_EQ(both.values, values::from_json(R"({"postgresql": {"auth": {"existingSecret": "s",
      "secretKeys": {"userPasswordKey": "postgresql.auth.password",
                     "adminPasswordKey": "postgresql.auth.postgresPassword"}}}})"))
      << as_json(both);
}

TEST(PlainSecrets, what_is_no_text_or_not_read_stays) {
  const Extraction one = extracted(R"({"global": {
    "license": {"key": "{{ .Values.key }}"},
    "elasticsearch": {"auth": {"password": "p", "existingSecret": "theirs"}},
    "opensearch": {"auth": {"password": ""}}}})");
  EXPECT_THAT(one.taken, IsEmpty());
  EXPECT_EQ(one.left.size(), 2U);
}

TEST(PlainSecrets, the_block_of_an_umbrella_chart) {
  const Extraction one = extracted(
      R"({"c8": {"identity": {"firstUser": {"password": 12345}}}, "identity": {"firstUser": {"password": "x"}}})",
      true, values::Path("c8"));
  EXPECT_THAT(one.data, ElementsAre(Pair("identity.firstUser.password", "12345")));
  EXPECT_EQ(values::find(one.values, "identity.firstUser.password")->plain(), "x");
}

}  // namespace
}  // namespace decisions
