#include "postrender/manifests.hpp"

#include "base/failure.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace {

using testing::HasSubstr;

std::string refusal(const std::string& stream) {
  try {
    postrender::require_manifests(stream, postrender::split(stream));
  } catch (const base::Failure& failure) {
    return failure.what();
  }
  return "";
}

std::string titles(const std::string& stream) {
  std::string all;
  const auto documents = postrender::split(stream);
  for (const auto& object : postrender::camunda_objects(documents)) {
    all += object.title() + "; ";
  }
  return all;
}

const std::string k_service = "---\nkind: Service\nmetadata:\n  name: a\n";

TEST(Manifests, TakesWhatHelmRenders) {
  EXPECT_EQ(refusal(k_service + "---\n# only a comment\n" + k_service), "");
  EXPECT_EQ(refusal("kind: Service\nmetadata: {name: a}"), "");  // no final line end
  EXPECT_EQ(refusal("{\"kind\": \"Service\", \"metadata\": {\"name\": \"a\"}}\n" + k_service), "");
  EXPECT_EQ(refusal("kind: List\nitems: []\n" + k_service), "");
}

TEST(Manifests, RefusesNothing) {
  for (const std::string stream : {"", "\n", "---\n# nothing\n---\n"}) {
    EXPECT_THAT(refusal(stream), HasSubstr("there are no manifests")) << stream;
  }
}

TEST(Manifests, RefusesWhatIsNoManifest) {
  EXPECT_THAT(refusal(k_service + "---\nError: no chart\n"), HasSubstr("line 5"));
  EXPECT_THAT(refusal("just words"), HasSubstr("no Kubernetes object"));
  EXPECT_THAT(refusal("- kind: Service\n"), HasSubstr("no Kubernetes object"));
  EXPECT_THAT(refusal("kind: 1\nmetadata: {name: a}\n"), HasSubstr("no Kubernetes object"));
  EXPECT_THAT(refusal("<html>\n<body>: x: y\n"), HasSubstr("not YAML"));
  EXPECT_THAT(refusal(k_service + "data: {a: \"" + std::string("\0", 1) + "\"}\n" + k_service),
              HasSubstr("NUL byte"));
}

TEST(Manifests, RefusesHalfADocument) {
  EXPECT_THAT(refusal(k_service + "---\nkind: Secret\nmetadata:\n  name: b\ndata: {a: \"secr"),
              HasSubstr("line 5"));
  EXPECT_THAT(refusal(k_service + "---\nkind: Secret\nmetadata:\n  name: b\nda"),
              HasSubstr("only half"));
  EXPECT_THAT(refusal(k_service + "---\napiVersion: v1\n"), HasSubstr("no kind"));
}

TEST(Manifests, NeverRepeatWhatStandsInThem) {
  EXPECT_THAT(refusal(k_service + "---\nkind: Secret\nmetadata:\n  name: b\ndata: {a: \"hunter2"),
              testing::Not(HasSubstr("hunter2")));
}

TEST(Manifests, PickCamundasObjects) {
  const std::string brokers =
      "---\nkind: StatefulSet\nmetadata:\n  name: prod-zeebe\n  labels:\n"
      "    app.kubernetes.io/component: zeebe-broker\n    app.kubernetes.io/instance: prod\n"
      "    app.kubernetes.io/part-of: camunda-platform\n"
      "spec: {template: {spec: {containers: [{name: orchestration, env: [{name: A, valueFrom: "
      "{secretKeyRef: {name: needed, key: k}}}]}]}}}\n";
  EXPECT_EQ(
      titles(brokers + k_service +
             "---\nkind: Secret\nmetadata:\n  name: needed\n"
             "---\nkind: Secret\nmetadata:\n  name: foreign\n"
             "---\nkind: StatefulSet\nmetadata:\n  name: prod-elasticsearch-master\n  labels:\n"
             "    app.kubernetes.io/instance: prod\n"
             "---\nkind: Certificate\nmetadata:\n  name: makes-a-secret\n"),
      "StatefulSet prod-zeebe; StatefulSet prod-elasticsearch-master; Secret needed; "
      "Certificate makes-a-secret; ");
}

TEST(Manifests, LookIntoListsAndFlowStyle) {
  EXPECT_EQ(titles("kind: List\nitems:\n- kind: Service\n  metadata: {name: camunda-a}\n"
                   "- {kind: Secret, metadata: {name: b}}\n---\n"
                   "{kind: ConfigMap, metadata: {name: camunda-c}}\n"),
            "Service camunda-a; Secret b; ConfigMap camunda-c; ");
}

TEST(Manifests, AreTheSameButForWhatIsMadeAnewEachTime) {
  const auto secret = [](const std::string& name, const std::string& data) {
    return "---\nkind: Secret\nmetadata: {name: " + name + "}\ndata: {a: " + data + "}\n";
  };
  const auto pods = [](const std::string& sum, const std::string& image) {
    return "---\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    metadata:\n"
           "      annotations: {checksum/secret: " +
           sum + "}\n    spec: {image: " + image + "}\n";
  };
  using postrender::same_manifests;
  EXPECT_TRUE(same_manifests(k_service, k_service));
  EXPECT_TRUE(same_manifests(secret("a", "x") + pods("1", "i"), secret("a", "y") + pods("2", "i")));
  EXPECT_TRUE(same_manifests("---\n# nothing\n" + k_service, k_service));
  EXPECT_FALSE(same_manifests(secret("a", "x"), secret("b", "x")));
  EXPECT_FALSE(same_manifests(pods("1", "i"), pods("1", "j")));
  EXPECT_FALSE(same_manifests(k_service + k_service, k_service));
  EXPECT_FALSE(same_manifests(k_service + pods("1", "i"), pods("1", "i") + k_service));
}

}  // namespace
