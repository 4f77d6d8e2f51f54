#include "upgrade/owners.hpp"

#include "unit/upgrade/manifests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace upgrade {
namespace {

using testing::HasSubstr;

Objects labelled(const std::string& label) {
  return brokers({.labels = "{app.kubernetes.io/component: zeebe-broker, " + label + "}"});
}

TEST(Owners, nobody) {
  EXPECT_TRUE(
      check_owners(brokers(), labelled("app.kubernetes.io/instance: camunda"), "camunda").empty());
}

TEST(Owners, flux_by_its_labels_live_or_in_the_manifest) {
  const Objects owned = labelled(
      "helm.toolkit.fluxcd.io/name: camunda, helm.toolkit.fluxcd.io/namespace: flux-system");
  for (const auto& findings :
       {check_owners({}, owned, "camunda"), check_owners(owned, {}, "camunda")}) {
    ASSERT_EQ(rules_of(findings), "owned-by-flux");
    EXPECT_EQ(findings[0].severity, text::Severity::error);
    EXPECT_THAT(findings[0].message, HasSubstr("HelmRelease flux-system/camunda"));
  }
  EXPECT_EQ(
      rules_of(check_owners({}, labelled("kustomize.toolkit.fluxcd.io/name: apps"), "camunda")),
      "owned-by-flux");
}

TEST(Owners, argo_cd_by_annotation_and_by_its_own_label) {
  const Objects tracked = manifest(R"(---
kind: StatefulSet
metadata:
  name: camunda-zeebe
  annotations: {argocd.argoproj.io/tracking-id: "shop:apps/StatefulSet:prod/camunda-zeebe"}
)");
  const text::Sink findings = check_owners({}, tracked, "camunda");
  ASSERT_EQ(rules_of(findings), "owned-by-argo-cd");
  EXPECT_THAT(findings[0].message, HasSubstr("Application shop"));
  EXPECT_EQ(rules_of(check_owners({}, labelled("argocd.argoproj.io/instance: shop"), "camunda")),
            "owned-by-argo-cd");
}

TEST(Owners, argo_cds_default_label_shows_by_the_pods_that_kept_the_charts) {
  const Objects tracked = manifest(R"(---
kind: StatefulSet
metadata:
  name: camunda-zeebe
  labels: {app.kubernetes.io/instance: shop}
spec:
  template: {metadata: {labels: {app.kubernetes.io/instance: camunda}}}
)");
  EXPECT_EQ(rules_of(check_owners({}, tracked, "camunda")), "owned-by-argo-cd");
  EXPECT_EQ(rules_of(check_owners({}, tracked, "other")), "");
}

}  // namespace
}  // namespace upgrade
