#include "upgrade/surroundings.hpp"

#include "unit/upgrade/manifests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace upgrade {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Answer = kube::Client::Answer;

const std::string k_manifest = R"(---
kind: ServiceAccount
metadata:
  name: own
---
kind: StatefulSet
metadata:
  name: z
spec:
  template: {spec: {serviceAccountName: foreign, priorityClassName: high}}
  volumeClaimTemplates: [{spec: {storageClassName: fast}}]
---
kind: Deployment
metadata:
  name: d
spec:
  template: {spec: {serviceAccountName: own, priorityClassName: system-node-critical}}
---
kind: Ingress
metadata:
  name: i
spec:
  ingressClassName: nginx
  rules: [{host: camunda.test, http: {paths: [{path: /a}, {path: /b}]}}]
)";

text::Sink told(std::vector<Answer> answers) {
  const Objects after = manifest(k_manifest);
  return check_surroundings(surroundings_of({}, after), {}, after, "prod", answers);
}

Answer out(std::string text) {
  return {0, false, std::move(text), ""};
}

TEST(Surroundings, what_is_named_and_not_made_is_looked_at_in_one_call) {
  const Objects after = manifest(k_manifest);
  const auto calls = calls_for(surroundings_of({}, after), after);
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_THAT(calls[0].words, ElementsAre("get", "serviceaccount/foreign", "priorityclass/high",
                                          "storageclass/fast", "ingressclass/nginx",
                                          "--ignore-not-found", "-o", "name"));
  const Objects plain = manifest(brokers_yaml());
  EXPECT_THAT(calls_for(surroundings_of({}, plain), plain), IsEmpty());
}

TEST(Surroundings, what_is_missing_is_told_with_who_needs_it) {
  const text::Sink findings =
      told({out("serviceaccount/foreign\nstorageclass.storage.k8s.io/fast\n"), out("")});
  EXPECT_EQ(rules_of(findings), "pod-needs-missing class-missing");
  EXPECT_THAT(findings.at(0).message, HasSubstr("PriorityClass high"));
  EXPECT_THAT(findings.at(0).message, HasSubstr("StatefulSet z"));
  EXPECT_THAT(findings.at(1).message, HasSubstr("IngressClass nginx"));
}

TEST(Surroundings, what_the_release_names_already_is_no_change_but_what_it_made_goes) {
  const Objects after = manifest(k_manifest);
  EXPECT_THAT(surroundings_of(after, after), IsEmpty());
  const Objects before = manifest("---\nkind: ServiceAccount\nmetadata:\n  name: foreign\n");
  EXPECT_EQ(rules_of(check_surroundings(
                surroundings_of(before, after), before, after, "prod",
                {out("serviceaccount/foreign\npriorityclass.scheduling.k8s.io/high\n"
                     "storageclass.storage.k8s.io/fast\ningressclass.networking.k8s.io/nginx\n"),
                 out("")})),
            "pod-needs-missing");
}

TEST(Surroundings, secrets_that_no_pod_waits_for_are_told) {
  const Objects after = manifest(R"(---
kind: Deployment
metadata:
  name: d
spec:
  template: {spec: {imagePullSecrets: [{name: registry}, {name: there}]}}
---
kind: Ingress
metadata:
  name: i
spec:
  tls: [{hosts: [a.test], secretName: certificate}]
---
kind: Ingress
metadata:
  name: made
  annotations: {cert-manager.io/issuer: a}
spec:
  tls: [{hosts: [b.test], secretName: comes}]
)");
  const auto wanted = surroundings_of({}, after);
  const text::Sink findings =
      check_surroundings(wanted, {}, after, "prod", {out("secret/there\n"), out("")});
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].rule, "pull-secret-missing");
  EXPECT_THAT(findings[0].message, HasSubstr("Secret registry is not there; Deployment d"));
  EXPECT_THAT(findings[1].message, HasSubstr("Secret certificate is not there; Ingress i"));
  EXPECT_THAT(surroundings_of(after, after), IsEmpty());
}

TEST(Surroundings, what_may_not_be_looked_at_is_not_told) {
  EXPECT_THAT(told({{1, false, "", "Error from server (Forbidden): x"}, {1, false, "", "no"}}),
              IsEmpty());
}

TEST(Surroundings, a_place_that_another_ingress_serves_is_told) {
  const std::string all =
      "serviceaccount/foreign\npriorityclass.scheduling.k8s.io/high\n"
      "storageclass.storage.k8s.io/fast\ningressclass.networking.k8s.io/nginx\n";
  const auto ingress = [](const std::string& name, const std::string& place,
                          const std::string& path) {
    return out(fmt::format(
        R"({{"kind": "IngressList", "items": [{{"kind": "Ingress", "metadata": {{"name": "{}", )"
        R"("namespace": "{}"}}, "spec": {{"rules": [{{"host": "camunda.test", "http": )"
        R"({{"paths": [{{"path": "{}"}}]}}}}]}}}}]}})",
        name, place, path));
  };
  const text::Sink findings = told({out(all), ingress("other", "web", "/a")});
  ASSERT_EQ(rules_of(findings), "ingress-twice");
  EXPECT_THAT(findings[0].message, HasSubstr("camunda.test/a"));
  EXPECT_THAT(findings[0].message, HasSubstr("Ingress other in namespace web"));
  EXPECT_THAT(told({out(all), ingress("other", "web", "/c")}), IsEmpty());
  EXPECT_THAT(told({out(all), ingress("i", "prod", "/a")}), IsEmpty()) << "our own";
}

}  // namespace
}  // namespace upgrade
