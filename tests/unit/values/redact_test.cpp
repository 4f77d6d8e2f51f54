#include "values/redact.hpp"

#include "values/json.hpp"

#include <gtest/gtest.h>

namespace values {
namespace {

// JSON with single quotes, which raw strings take without escapes.
std::string json(std::string text) {
  for (char& c : text) {
    c = c == '\'' ? '"' : c;
  }
  return text;
}

std::string shown(const std::string& text, const Path& at = {}) {
  return to_json(redacted(at, from_json(json(text))));
}

TEST(Redact, PathsThatNameSecrets) {
  for (const char* path :
       {"global.elasticsearch.auth.password", "a.secret.inlineSecret", "global.license.key",
        "a.token.value", "a.password[0]", "secret", "users[0].password", "x.password.first"}) {
    EXPECT_TRUE(names_secret(Path(path))) << path;
  }
  for (const char* path :
       {"", "a.secret.existingSecret", "a.secret.existingSecretKey", "a.secret.key",
        "a.secret.name", "token.secretKeyRef.name", "a.topologyKey", "[0]",
        "ingress.tls.secretName", "postgresql.auth.secretKeys.adminPasswordKey",
        "a.secret.optional", "global.identity.auth.tokenUrl"}) {
    EXPECT_FALSE(names_secret(Path(path))) << path;
  }
}

TEST(Redact, HidesTextsOnly) {
  EXPECT_EQ(shown("{'password':'x','user':'u','token':'','secret':null,'clientSecret':5}"),
            json("{'password':'(hidden)','user':'u','token':'','secret':null,'clientSecret':5}"));
  EXPECT_EQ(shown("'x'", "auth.password"), json("'(hidden)'"));
  EXPECT_EQ(shown("{'key':'x'}", "global.license"), json("{'key':'(hidden)'}"));
  EXPECT_EQ(shown("{'value':'x','name':'n'}", "a.password"),
            json("{'value':'(hidden)','name':'n'}"));
}

TEST(Redact, EnvironmentVariables) {
  EXPECT_EQ(shown("[{'name':'DB_PASSWORD','value':'x'},{'name':'DB_USER','value':'u'}]"),
            json("[{'name':'DB_PASSWORD','value':'(hidden)'},{'name':'DB_USER','value':'u'}]"));
  const std::string reference =
      "[{'name':'DB_PASSWORD','valueFrom':{'secretKeyRef':{'name':'s','key':'k'}}}]";
  EXPECT_EQ(shown(reference), json(reference));
}

TEST(Redact, FlagsManifestsAndText) {
  EXPECT_EQ(shown("['--user','u','--password','x','--token=y']"),
            json("['--user','u','--password','(hidden)','--token=(hidden)']"));
  EXPECT_EQ(shown("{'kind':'Secret','metadata':{'name':'n'},'stringData':{'a':'x'}}"),
            json("{'kind':'Secret','metadata':{'name':'n'},'stringData':{'a':'(hidden)'}}"));
  EXPECT_EQ(shown("{'url':'http://u:p@h','conf':'a: 1\\npassword: x\\n'}"),
            json("{'url':'http://u:(hidden)@h','conf':'a: 1\\npassword: (hidden)\\n'}"));
}

TEST(Redact, KeepsOrigins) {
  Value value = Value::map({{"password", Value::text("x")}});
  set_origin(value, {1, 2, 3});
  EXPECT_EQ(redacted({}, value).find("password")->origin, (Origin{1, 2, 3}));
}

}  // namespace
}  // namespace values
