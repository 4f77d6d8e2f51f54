#include "base/secrets.hpp"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(Secrets, NamesOfSecrets) {
  for (const char* name : {"password",
                           "Password",
                           "smtpPassword",
                           "adminPassword",
                           "clientSecret",
                           "inlineSecret",
                           "secret",
                           "token",
                           "apiToken",
                           "accessToken",
                           "PASSWORD",
                           "DB_PASSWORD",
                           "db-password",
                           "SPRING_DATASOURCE_PASSWORD",
                           "CAMUNDA_CLIENT_SECRET",
                           "CAMUNDA_LICENSE_KEY",
                           "licenseKey",
                           "AWS_SECRET_ACCESS_KEY",
                           "AWS_ACCESS_KEY_ID",
                           "awsSecretAccessKey",
                           "awsAccessKeyId",
                           "apiKey",
                           "API_KEY",
                           "apikey",
                           "private-key",
                           "tls.key",
                           "accountKey",
                           "passphrase",
                           "DB_PASS",
                           "passwordValue",
                           "password.value",
                           "--password",
                           "AWSSecretKey",
                           "credentials",
                           "trustStorePassword",
                           "javax.net.ssl.keyStorePassword"}) {
    EXPECT_TRUE(names_secret(name)) << name;
  }
}

TEST(Secrets, NamesThatOnlyTalkAboutThem) {
  for (const char* name : {"",
                           "existingSecret",
                           "existingSecretKey",
                           "existingSecretPasswordKey",
                           "secretName",
                           "passwordSecretKey",
                           "adminPasswordKey",
                           "secretKeyRef",
                           "tokenUrl",
                           "tokenScope",
                           "automountServiceAccountToken",
                           "pullSecrets",
                           "imagePullSecrets",
                           "passwordPolicy",
                           "TOKEN_EXPIRATION",
                           "DB_PASSWORD_FILE",
                           "key",
                           "topologyKey",
                           "keycloak",
                           "compass",
                           "bypass",
                           "secretAccessKeyKey",
                           "accessKeyIdKey",
                           "credentialsKey",
                           "usePasswordFiles",
                           "existingSecretsMustBeSet",
                           "secrets",
                           "name",
                           "certKeyFilename",
                           "authorization"}) {
    EXPECT_FALSE(names_secret(name)) << name;
  }
}

TEST(Secrets, PasswordsInUrls) {
  EXPECT_EQ(hide_url_passwords("postgres://user:hunter2@db:5432/x"),
            "postgres://user:(hidden)@db:5432/x");
  EXPECT_EQ(hide_url_passwords("https://u:p@ss@h/ and http://a:b@c"),
            "https://u:(hidden)@h/ and http://a:(hidden)@c");
  EXPECT_EQ(hide_url_passwords("http://host:8080/path@x"), "http://host:8080/path@x");
  EXPECT_EQ(hide_url_passwords("http://user@host:80"), "http://user@host:80");
  EXPECT_EQ(hide_url_passwords("jdbc:postgresql://h/db?user=u&password=p&ssl=true"),
            "jdbc:postgresql://h/db?user=u&password=(hidden)&ssl=true");
  EXPECT_EQ(hide_url_passwords("jdbc:sqlserver://h;user=u;password=p"),
            "jdbc:sqlserver://h;user=u;password=(hidden)");
  EXPECT_EQ(hide_url_passwords("no url"), "no url");
}

TEST(Secrets, WhatFollowsAName) {
  EXPECT_EQ(hide_secrets("  password: hunter2, x"), "  password: (hidden)");
  EXPECT_EQ(hide_secrets("{password: \"a\\\"b\", user: c}"), "{password: (hidden), user: c}");
  EXPECT_EQ(hide_secrets("{\"password\":\"a\",\"user\":\"c\"}"),
            "{\"password\":(hidden),\"user\":\"c\"}");
  EXPECT_EQ(hide_secrets("'token': 'it''s', a: b"), "'token': (hidden), a: b");
  EXPECT_EQ(hide_secrets("-Dx.trustStorePassword=changeit -Xmx1g"),
            "-Dx.trustStorePassword=(hidden) -Xmx1g");
  EXPECT_EQ(hide_secrets("a: 1\nclient-secret: x y\nb: 2\n"),
            "a: 1\nclient-secret: (hidden)\nb: 2\n");
  EXPECT_EQ(hide_secrets("password:"), "password:");
  EXPECT_EQ(hide_secrets("password:\n  user: x"), "password:\n  user: x");
  EXPECT_EQ(hide_secrets("existingSecret: my-secret"), "existingSecret: my-secret");
  EXPECT_EQ(hide_secrets("the password is good"), "the password is good");
}

TEST(Secrets, KeysAndManifestsAreHiddenWhole) {
  EXPECT_EQ(hide_secrets("-----BEGIN RSA PRIVATE KEY-----\nMII\n"), "(hidden)");
  EXPECT_EQ(hide_secrets("apiVersion: v1\nkind: Secret\nstringData: {a: b}\n"), "(hidden)");
  EXPECT_EQ(hide_secrets("kind: ConfigMap\n"), "kind: ConfigMap\n");
}

}  // namespace
}  // namespace base
