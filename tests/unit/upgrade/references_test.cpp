#include "upgrade/references.hpp"

#include "unit/upgrade/manifests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace upgrade {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

TEST(References, everything_that_a_pod_waits_for) {
  const Objects objects = manifest(R"(---
kind: Deployment
metadata:
  name: d
spec:
  template:
    spec:
      initContainers:
        - name: i
          envFrom: [{secretRef: {name: from-init}}, {configMapRef: {name: settings}}]
      containers:
        - name: c
          env:
            - {name: A, value: plain}
            - {name: B, valueFrom: {secretKeyRef: {name: passwords, key: b}}}
            - {name: C, valueFrom: {secretKeyRef: {name: passwords, key: b}}}
            - {name: D, valueFrom: {secretKeyRef: {name: maybe, key: d, optional: true}}}
            - {name: E, valueFrom: {configMapKeyRef: {name: settings, key: e}}}
      volumes:
        - {name: v, secret: {secretName: certificates, items: [{key: tls.crt, path: x}]}}
        - {name: w, projected: {sources: [{secret: {name: projected}}, {configMap: {name: more}}]}}
        - {name: o, secret: {secretName: optional, optional: true}}
        - {name: e, emptyDir: {}}
)");
  std::vector<std::string> found;
  for (const Reference& one : references_of(objects)) {
    EXPECT_EQ(one.needed_by, "Deployment d");
    found.push_back(one.kind + " " + one.name + " " + one.key);
  }
  EXPECT_THAT(found,
              ElementsAre("Secret from-init ", "ConfigMap settings ", "Secret passwords b",
                          "ConfigMap settings e", "Secret certificates ",
                          "Secret certificates tls.crt", "Secret projected ", "ConfigMap more "));
}

TEST(References, a_reference_without_a_name_is_one_too) {
  const auto found = references_of(manifest(
      "kind: Deployment\nmetadata:\n  name: d\nspec: {template: {spec: {containers: [{env: [{name: "
      "A, valueFrom: {secretKeyRef: {name: null, key: k}}}]}]}}}\n"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].name, "");
}

TEST(References, keys_of_data_in_every_form) {
  const Objects objects = manifest(
      "kind: Secret\nmetadata:\n  name: s\ndata: {a: eA==}\nstringData: {b: x}\nbinaryData: {c: "
      "eA==}\n");
  EXPECT_THAT(keys_of(objects[0]), UnorderedElementsAre("a", "b", "c"));
}

TEST(References, secrets_that_operators_make) {
  EXPECT_THAT(made_by_operators(manifest(
                  "---\nkind: ExternalSecret\nmetadata:\n  name: a\nspec: {target: {name: b}}\n"
                  "---\nkind: ExternalSecret\nmetadata:\n  name: c\n"
                  "---\nkind: SealedSecret\nmetadata:\n  name: d\n"
                  "---\nkind: Certificate\nmetadata:\n  name: e\nspec: {secretName: f}\n")),
              UnorderedElementsAre("b", "c", "d", "f"));
}

}  // namespace
}  // namespace upgrade
