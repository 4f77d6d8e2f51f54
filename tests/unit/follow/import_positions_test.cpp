#include "follow/import_positions.hpp"

#include "base/base64.hpp"
#include "unit/kube/fake_kubectl.hpp"
#include "unit/upgrade/manifests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace follow {
namespace {

using kube::FakeKubectl;
using testing::HasSubstr;
using upgrade::manifest;

constexpr const char* k_brokers = R"(---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: camunda-zeebe
  labels: {app.kubernetes.io/component: zeebe-broker}
spec:
  template:
    spec:
      containers:
        - name: orchestration
          env:
            - name: VALUES_ELASTICSEARCH_PASSWORD
              PASSWORD
      volumes: [{name: config, configMap: {name: camunda-zeebe-configuration-unified}}]
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: camunda-zeebe-configuration-unified
data:
  application.yaml: |
    camunda:
      data:
        secondary-storage:
          elasticsearch: {username: elastic, password: "${VALUES_ELASTICSEARCH_PASSWORD:}"}
)";

kube::Login login_of(const std::string& password) {
  std::string yaml = k_brokers;
  yaml.replace(yaml.find("PASSWORD\n      volumes"), 8, password);
  return search_login(kube::Client("n"), manifest(yaml));
}

TEST(ImportPositions, the_login_is_that_of_the_brokers) {
  const FakeKubectl kubectl("echo '{\"kind\": \"Secret\", \"data\": {\"pw\": \"" +
                            base::encode_base64("s3cret") + "\"}}'");
  const kube::Login login = login_of("valueFrom: {secretKeyRef: {name: es, key: pw}}");
  EXPECT_EQ(login.user, "elastic");
  EXPECT_EQ(login.password, "s3cret");
  EXPECT_THAT(kubectl.calls(), HasSubstr("get secret es"));
  EXPECT_EQ(login_of("value: inline").password, "inline");
  EXPECT_EQ(search_login(kube::Client("n"), {}).user, "");
}

TEST(ImportPositions, the_number_of_hits) {
  EXPECT_EQ(hits_of(R"({"hits": {"total": {"value": 36, "relation": "eq"}, "hits": []}})"), 36);
  EXPECT_EQ(hits_of(R"({"error": {"type": "x"}})"), std::nullopt);
  EXPECT_EQ(hits_of("<html>"), std::nullopt);
}

std::string answering(const std::string& tasklist_pending) {
  return "case \"$*\" in\n*tasklist*completed*) n=" + tasklist_pending +
         " ;;\n*completed*) n=0 ;;\n*) n=36 ;;\nesac\n"
         "echo \"{\\\"hits\\\": {\\\"total\\\": {\\\"value\\\": $n}}}\"";
}

TEST(ImportPositions, what_is_read_and_what_is_not) {
  {
    const FakeKubectl kubectl(answering("6"));
    const Item item = ImportPositions(kube::Site("http://e")).look();
    EXPECT_EQ(item.detail, "operate 36 of 36 completed, tasklist 30 of 36 completed");
    EXPECT_EQ(item.phase, Phase::waiting);
  }
  const FakeKubectl kubectl(answering("0"));
  EXPECT_EQ(ImportPositions(kube::Site("http://e")).look().phase, Phase::done);
}

TEST(ImportPositions, what_cannot_be_asked_holds_nothing_up) {
  const FakeKubectl kubectl(
      "echo 'error: You must be logged in to the server (the server has asked for the client to "
      "provide credentials)' >&2; exit 1");
  const Item item = ImportPositions(kube::Site("http://e")).look();
  EXPECT_EQ(item.phase, Phase::done);
  EXPECT_THAT(item.detail, HasSubstr("not known: You must be logged in"));
}

}  // namespace
}  // namespace follow
