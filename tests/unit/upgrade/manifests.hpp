// Small manifests for the tests of the checks.
#pragma once

#include "text/diagnostic.hpp"
#include "upgrade/objects.hpp"

#include <fmt/format.h>
#include <string>

namespace upgrade {

struct BrokerManifest {
  std::string name = "camunda-zeebe";
  int replicas = 3;
  std::string storage = "32Gi";
  std::string image = "camunda/zeebe:8.7.37";
  std::string container = "zeebe";
  std::string partitions = "3";
  std::string env = {};  // flow style: "{name: A, value: b}"
  std::string labels = "{app.kubernetes.io/component: zeebe-broker}";
};

// The brokers of 8.7 with their ConfigMap, cut down to what the checks read.
inline std::string brokers_yaml(const BrokerManifest& facts = {}) {
  return fmt::format(R"(---
# Source: camunda-platform/templates/zeebe/statefulset.yaml
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {name}
  labels: {labels}
spec:
  replicas: {replicas}
  serviceName: camunda-zeebe
  podManagementPolicy: Parallel
  selector:
    matchLabels: {{app.kubernetes.io/component: zeebe-broker}}
  template:
    spec:
      containers:
        - name: {container}
          image: "{image}"
          env: [{env}]
          readinessProbe: {{initialDelaySeconds: 30}}
      volumes:
        - name: config
          configMap: {{name: camunda-zeebe-configuration}}
  volumeClaimTemplates:
    - metadata: {{name: data}}
      spec:
        accessModes: [ReadWriteOnce]
        resources: {{requests: {{storage: "{storage}"}}}}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: camunda-zeebe-configuration
data:
  application.yaml: |
    zeebe:
      broker:
        cluster:
          partitionsCount: "{partitions}"
          replicationFactor: "3"
)",
                     fmt::arg("name", facts.name), fmt::arg("labels", facts.labels),
                     fmt::arg("replicas", facts.replicas), fmt::arg("container", facts.container),
                     fmt::arg("image", facts.image), fmt::arg("env", facts.env),
                     fmt::arg("storage", facts.storage), fmt::arg("partitions", facts.partitions));
}

inline Objects brokers(const BrokerManifest& facts = {}) {
  return objects_of(std::string_view(brokers_yaml(facts)));
}

// A migration Job; `status` in flow style ("{conditions: [{type: Complete, status: 'True'}]}").
inline std::string job_yaml(const std::string& kind, const std::string& image = "camunda:8.8.36",
                            const std::string& status = "{}") {
  return fmt::format(R"(---
apiVersion: batch/v1
kind: Job
metadata:
  name: camunda-zeebe-migration-{}
  labels:
    app.kubernetes.io/component: orchestration-migration
spec:
  template:
    spec:
      containers:
        - name: migration
          image: {}
status: {}
)",
                     kind, image, status);
}

inline Objects manifest(const std::string& yaml) {
  return objects_of(std::string_view(yaml));
}

// Rules of findings, in order, with a blank between them.
inline std::string rules_of(const text::Sink& findings) {
  std::string rules;
  for (const text::Diagnostic& one : findings) {
    rules += (rules.empty() ? "" : " ") + one.rule;
  }
  return rules;
}

}  // namespace upgrade
