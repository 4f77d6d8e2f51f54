#include "upgrade/outlook.hpp"

#include "unit/upgrade/manifests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace upgrade {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string service(const std::string& name, const std::string& ports) {
  return fmt::format(R"(---
apiVersion: v1
kind: Service
metadata:
  name: {}
spec:
  ports: [{}]
)",
                     name, ports);
}

std::string ingress(const std::string& name, const std::string& paths, bool tls = true) {
  return fmt::format(R"(---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {}
spec:
{}  rules:
    - host: camunda.test
      http:
        paths: [{}]
)",
                     name, tls ? "  tls: [{hosts: [camunda.test]}]\n" : "", paths);
}

std::string deployment(const std::string& name, int replicas, const std::string& image) {
  return fmt::format(R"(---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {}
spec:
  replicas: {}
  template:
    spec:
      initContainers:
        - image: busybox:1
          resources: {{requests: {{cpu: "2"}}}}
      containers:
        - image: {}
          resources: {{requests: {{cpu: 500m, memory: 1Gi}}}}
)",
                     name, replicas, image);
}

// The lines under one title.
std::vector<std::string> lines(const std::string& before, const std::string& after,
                               const std::string& title, Prepared prepared = {}) {
  prepared.before = manifest(before);
  prepared.after = manifest(after);
  prepared.release_namespace = "prod";
  const auto changes = differences(prepared.before, prepared.after, prepared.changes, "prod");
  for (const Highlight& one : outlook_of(prepared, changes)) {
    if (one.title == title) {
      return one.lines;
    }
  }
  return {};
}

TEST(Outlook, pods_that_restart_start_and_end_with_their_number) {
  EXPECT_THAT(
      lines(brokers_yaml() + deployment("operate", 1, "operate:8.7"),
            brokers_yaml({.image = "camunda:8.8"}) + deployment("importer", 2, "c:8.8"), "pods"),
      ElementsAre("restart: StatefulSet camunda-zeebe (3)", "start: Deployment importer (2)",
                  "end: Deployment operate"));
}

TEST(Outlook, claims_that_stay_as_they_are_are_told_too) {
  EXPECT_THAT(lines(brokers_yaml(), brokers_yaml(), "claims"),
              ElementsAre("none is changed or deleted"));
  EXPECT_THAT(lines(brokers_yaml(), deployment("a", 1, "a"), "claims"),
              ElementsAre("those of StatefulSet camunda-zeebe stay, and nobody uses them"));
  Prepared prepared;
  prepared.report.findings.push_back(
      {"claims-change", text::Severity::error, {"camunda-zeebe"}, "", {}, "", ""});
  EXPECT_THAT(lines(brokers_yaml(), brokers_yaml({.storage = "64Gi"}), "claims", prepared),
              ElementsAre("those of StatefulSet camunda-zeebe would have to change: see below"));
}

TEST(Outlook, the_way_back_is_named_only_when_8_8_comes) {
  Prepared prepared;
  EXPECT_THAT(lines(brokers_yaml(), brokers_yaml(), "no way back", prepared), IsEmpty());
  prepared.running = Running::old_version;
  EXPECT_EQ(lines(brokers_yaml(), brokers_yaml(), "no way back", prepared).at(1),
            "back up what these hold: camunda-zeebe");
}

TEST(Outlook, secrets_are_told_by_what_becomes_of_them) {
  const std::string secrets =
      "---\nkind: Secret\nmetadata:\n  name: a\n---\nkind: Secret\nmetadata:\n  name: b\n";
  Prepared prepared;
  prepared.changes.keep = {{"b", "Deployment x", "k"}, {"b", "Deployment y", "k"}};
  prepared.changes.make = {{"m", {"k"}, "for the client of the identity migration"}};
  EXPECT_THAT(
      lines(secrets, deployment("x", 1, "x"), "Secrets", prepared),
      ElementsAre("deleted: a", "kept, which Helm alone would delete: b",
                  "made: m, for the client of the identity migration, with a random value"));
}

TEST(Outlook, services_tell_the_ports_that_change) {
  EXPECT_THAT(
      lines(service("g", "{name: rest, port: 8080}, {name: grpc, port: 26500}") + service("o", ""),
            service("g", "{name: http, port: 8080}, {name: grpc, port: 26500}"), "Services"),
      ElementsAre("deleted: o", "g serves http 8080 instead of rest 8080"));
}

TEST(Outlook, an_address_below_one_that_is_served_is_not_gone) {
  EXPECT_THAT(lines(ingress("a", "{path: /operate}, {path: /auth}"),
                    ingress("b", "{path: /}, {path: /auth}"), "addresses"),
              ElementsAre("new: https://camunda.test/", "Ingress deleted: a", "Ingress made: b"));
  EXPECT_THAT(
      lines(ingress("a", "{path: /operate}, {path: /auth}", false),
            ingress("a", "{path: /operation}, {path: /auth}", false), "addresses"),
      ElementsAre("gone: http://camunda.test/operate", "new: http://camunda.test/operation"));
}

TEST(Outlook, images_that_are_new_are_named) {
  EXPECT_THAT(lines(deployment("a", 1, "a:1"), deployment("a", 1, "a:2"), "images"),
              ElementsAre("1 of 2 are new: a:2"));
  EXPECT_THAT(lines(deployment("a", 1, "a:1"), deployment("a", 1, "a:1"), "images"), IsEmpty());
}

TEST(Outlook, requests_count_replicas_and_the_largest_init_container) {
  EXPECT_THAT(lines(deployment("a", 1, "a"), deployment("a", 3, "a") + brokers_yaml(), "requests"),
              ElementsAre("cpu 2 → 6, memory 1Gi → 3Gi, claims 0Gi → 96Gi"));
}

}  // namespace
}  // namespace upgrade
