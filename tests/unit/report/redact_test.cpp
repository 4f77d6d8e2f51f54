#include "report/redact.hpp"

#include <gtest/gtest.h>

namespace {

using report::names_secret;
using report::redacted;
using values::Value;

TEST(NamesSecret, KnowsKeysAndVariables) {
  for (const char* key : {"password", "adminPassword", "inlineSecret", "apiToken", "api-key",
                          "SPRING_DATASOURCE_PASSWORD", "secretKey", "AWS_SECRET_ACCESS_KEY"}) {
    EXPECT_TRUE(names_secret(key)) << key;
  }
  for (const char* key : {"existingSecret", "existingSecretKey", "existingSecretPasswordKey",
                          "secretName", "pullSecrets", "tokenUrl", "username", "host", ""}) {
    EXPECT_FALSE(names_secret(key)) << key;
  }
}

TEST(Redacted, HidesTextsBelowASecretsName) {
  const Value secret = Value::map({{"inlineSecret", Value::text("s3cret")},
                                   {"existingSecret", Value::text("name")},
                                   {"existingSecretKey", Value::text("key")}});
  EXPECT_EQ(redacted("identity.secret", secret),
            Value::map({{"inlineSecret", Value::text("(hidden)")},
                        {"existingSecret", Value::text("name")},
                        {"existingSecretKey", Value::text("key")}}));
  EXPECT_EQ(redacted("a.password", Value::text("x")), Value::text("(hidden)"));
  EXPECT_EQ(redacted("a.passwords[0]", Value::text("x")), Value::text("(hidden)"));
  EXPECT_EQ(redacted("a.credentials.user", Value::text("x")), Value::text("(hidden)"));
}

TEST(Redacted, KeepsWhatIsNoText) {
  EXPECT_EQ(redacted("a.password", Value::text("")), Value::text(""));
  EXPECT_EQ(redacted("a.secrets", Value::map({{"enabled", Value::boolean(true)}})),
            Value::map({{"enabled", Value::boolean(true)}}));
  EXPECT_EQ(redacted("a.size", Value::text("32Gi")), Value::text("32Gi"));
}

TEST(Redacted, HidesTheValueOfAVariableThatIsNamedSo) {
  const auto variable = [](const char* name, const char* value) {
    return Value::map({{"name", Value::text(name)}, {"value", Value::text(value)}});
  };
  EXPECT_EQ(redacted("orchestration.env",
                     Value::list({variable("DB_PASSWORD", "x"), variable("DB_HOST", "h")})),
            Value::list({variable("DB_PASSWORD", "(hidden)"), variable("DB_HOST", "h")}));
}

TEST(Redacted, HidesThePasswordOfAUrl) {
  EXPECT_EQ(redacted("a.url", Value::text("https://me:p@ss@host:9200/x")),
            Value::text("https://me:(hidden)@host:9200/x"));
  EXPECT_EQ(redacted("a.url", Value::text("https://host:9200/x@y")),
            Value::text("https://host:9200/x@y"));
  EXPECT_EQ(redacted("a.url", Value::text("https://me@host:9200")),
            Value::text("https://me@host:9200"));
}

}  // namespace
