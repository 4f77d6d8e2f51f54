#include "translate.hpp"

#include <gtest/gtest.h>

namespace {

using decisions_test::at;
using decisions_test::fate;
using decisions_test::names;
using decisions_test::told;
using decisions_test::translate;
using rules::FateKind;

std::string service(const rules::Plan& plan, const std::string& key) {
  return at(plan, "orchestration.service." + key);
}

TEST(Services, GatewayIsTheMainOne) {
  const auto plan = translate(
      R"({"zeebeGateway":{"service":{"type":"LoadBalancer","annotations":{"a":"b"},
          "loadBalancerSourceRanges":["10.0.0.0/8"],"restPort":8090,"httpPort":9700,"grpcPort":26600}}})");
  EXPECT_EQ(service(plan, "type"), R"("LoadBalancer")");
  EXPECT_EQ(service(plan, "annotations"), R"({"a":"b"})");
  EXPECT_EQ(service(plan, "loadBalancerSourceRanges"), R"(["10.0.0.0/8"])");
  EXPECT_EQ(service(plan, "httpPort"), "8090");
  EXPECT_EQ(service(plan, "managementPort"), "9700");
  EXPECT_EQ(service(plan, "grpcPort"), "26600");
}

TEST(Services, BrokersIsTheHeadlessOne) {
  const auto plan = translate(
      R"({"zeebe":{"service":{"annotations":{"a":"b"},"httpPort":9600,"httpName":"http"}}})");
  EXPECT_EQ(service(plan, "headless.annotations"), R"({"a":"b"})");
  EXPECT_EQ(service(plan, "managementPort"), "9600");
  EXPECT_EQ(service(plan, "managementName"), "nothing");  // the main port is called http in 8.8
  EXPECT_EQ(fate(plan, "zeebe.service.httpName")->kind, FateKind::dropped);
}

TEST(Services, NamesOfTheUsersOwnStay) {
  const auto plan = translate(
      R"({"zeebe":{"service":{"httpName":"mgmt"}},"zeebeGateway":{"service":{"gatewayName":"g","restName":"r"}}})");
  EXPECT_EQ(service(plan, "managementName"), R"("mgmt")");
  EXPECT_EQ(service(plan, "grpcName"), R"("g")");
  EXPECT_EQ(service(plan, "httpName"), R"("r")");
}

TEST(Services, ANameIsNeverGivenTwice) {
  const auto plan = translate(R"({"zeebeGateway":{"service":{"httpName":"grpc"}}})");
  EXPECT_EQ(service(plan, "managementName"), "nothing");
  EXPECT_TRUE(names(plan, "service-port-conflict", "zeebeGateway.service.httpName"));
}

TEST(Services, BrokersPortWinsAndTheOtherIsTold) {
  const auto plan = translate(
      R"({"zeebe":{"service":{"httpPort":9601}},"zeebeGateway":{"service":{"httpPort":9602}}})");
  EXPECT_EQ(service(plan, "managementPort"), "9601");
  EXPECT_TRUE(names(plan, "service-port-conflict", "zeebeGateway.service.httpPort"));
}

TEST(Services, ExtraPortsAreToldWhereTheyAreOpen) {
  const char* ports = R"("zeebe":{"service":{"extraPorts":[{"name":"x","port":1}]}})";
  EXPECT_FALSE(told(translate("{" + std::string(ports) + "}"), "extra-ports-exposed"));
  const auto open =
      translate("{" + std::string(ports) + R"(,"zeebeGateway":{"service":{"type":"NodePort"}}})");
  EXPECT_TRUE(told(open, "extra-ports-exposed"));
  EXPECT_EQ(service(open, "extraPorts"), R"([{"name":"x","port":1}])");
}

TEST(Services, TemplatesInAnnotationsComeOutAsTheyWere) {
  const auto plan =
      translate(R"({"zeebeGateway":{"service":{"annotations":{"t":"{{ x }}","n":5}}}})");
  EXPECT_EQ(service(plan, "annotations.t"), R"("{{`{{ x }}`}}")");
  EXPECT_EQ(service(plan, "annotations.n"), R"("5")");
}

TEST(Services, OneThatWasOpenIsRebuilt) {
  const auto plan = translate(R"({"operate":{"service":{"type":"LoadBalancer","port":8000}}})");
  EXPECT_EQ(at(plan, "global.extraManifests[0].kind"), R"("Service")");
  EXPECT_EQ(at(plan, "global.extraManifests[0].spec.type"), R"("LoadBalancer")");
  EXPECT_EQ(at(plan, "global.extraManifests[0].spec.ports[0].port"), "8000");
  EXPECT_EQ(at(plan, "global.extraManifests[0].spec.selector.app\\.kubernetes\\.io/component"),
            R"("zeebe-broker")");
  EXPECT_TRUE(names(plan, "separated-service", "camunda-operate"));
}

TEST(Services, OthersOfOperateAreGone) {
  const auto plan =
      translate(R"({"operate":{"service":{"port":81}},"tasklist":{"service":{"port":80}}})");
  EXPECT_EQ(at(plan, "operate"), "nothing");
  EXPECT_TRUE(names(plan, "former-service-settings", "operate.service.port"));
  EXPECT_FALSE(names(plan, "former-service-settings", "tasklist.service.port"));
}

TEST(InCluster, UrlsOfFormerServicesAreRewritten) {
  const auto plan = translate(
      R"({"operate":{"contextPath":"/operate"},"connectors":{"extraConfiguration":{
          "a":"url=http://camunda-operate:80/operate/x",
          "b":"http://{{ .Release.Name }}-tasklist.ns.svc.cluster.local/v1/tasks, end",
          "c":"https://camunda-operate.example.com/operate",
          "d":"http://camunda-operate:9600/operate/actuator/health"}}})");
  const auto text = [&](const char* key) {
    return at(plan, std::string("connectors.extraConfiguration.") + key);
  };
  EXPECT_EQ(text("a"), R"("url=http://camunda-zeebe-gateway:8080/operate/x")");
  EXPECT_EQ(
      text("b"),
      R"("http://{{ .Release.Name }}-zeebe-gateway.ns.svc.cluster.local:8080/v1/tasks, end")");
  EXPECT_EQ(text("c"), R"("https://camunda-operate.example.com/operate")");
  EXPECT_EQ(text("d"), R"("http://camunda-zeebe-gateway:9600/actuator/health")");
  EXPECT_TRUE(names(plan, "in-cluster-address", "camunda-operate:80/operate/x"));
  EXPECT_EQ(fate(plan, "connectors.extraConfiguration.a")->kind, FateKind::converted);
}

TEST(InCluster, RestApiFollowsTheContextPath) {
  rules::Request request;
  request.context_path = "/c8";
  const auto plan = translate(
      R"({"connectors":{"extraConfiguration":{"a":"http://camunda-zeebe-gateway:8080/v2 http://camunda-zeebe-gateway:26500"}}})",
      request);
  EXPECT_EQ(at(plan, "connectors.extraConfiguration.a"),
            R"("http://camunda-zeebe-gateway:8080/c8/v2 http://camunda-zeebe-gateway:26500")");
}

TEST(InCluster, BackendsOfTheUsersIngressesAreRewritten) {
  const auto plan = translate(
      R"({"global":{"extraManifests":[{"kind":"Ingress","spec":{"rules":[{"host":"x","http":{"paths":[
          {"path":"/operate","backend":{"service":{"name":"camunda-operate","port":{"name":"http"}}}}]}}]}},
          {"kind":"NetworkPolicy","spec":{"podSelector":{"matchLabels":{"app.kubernetes.io/component":"tasklist"}}}}]}})");
  EXPECT_EQ(at(plan, "global.extraManifests[0].spec.rules[0].http.paths[0].backend.service"),
            R"({"name":"camunda-zeebe-gateway","port":{"number":8080}})");
  EXPECT_TRUE(told(plan, "in-cluster-address"));
  EXPECT_TRUE(names(plan, "in-cluster-address-gone", "camunda-tasklist"));
}

TEST(InCluster, MonitorsThatNameAPortAreTold) {
  const auto monitor = [](const std::string& port) {
    return translate(
        R"({"zeebe":{"clusterSize":"3"},"global":{"extraManifests":[{"kind":"ServiceMonitor",
        "spec":{"endpoints":[{"port":")" +
        port + R"("}]}}]}})");
  };
  EXPECT_TRUE(names(monitor("http"), "port-name-changed", "global.extraManifests[0]"));
  EXPECT_FALSE(told(monitor("metrics"), "port-name-changed"));
}

TEST(Services, GlobalAnnotationsWithTemplatesAreTold) {
  const auto plan = translate(
      R"({"zeebe":{"clusterSize":"3"},"global":{"annotations":{"a":"{{ x }}","b":"plain"}}})");
  EXPECT_TRUE(names(plan, "annotation-evaluated", "global.annotations.a"));
  EXPECT_FALSE(names(plan, "annotation-evaluated", "global.annotations.b"));
}

}  // namespace
