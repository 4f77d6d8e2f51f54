#include "translate.hpp"

#include <gtest/gtest.h>

namespace {

using decisions_test::at;
using decisions_test::fate;
using decisions_test::finding;
using decisions_test::names;
using decisions_test::told;
using decisions_test::translate;
using rules::FateKind;

std::string url_of(const std::string& elasticsearch) {
  return at(translate(R"({"global":{"elasticsearch":)" + elasticsearch + "}}"),
            "global.elasticsearch.url");
}

TEST(ElasticsearchUrl, IsTakenInEverySpelling) {
  const std::string whole = R"({"host":"es","port":9243,"protocol":"https"})";
  EXPECT_EQ(url_of(R"({"url":"https://user@es:9243/path"})"), whole);
  EXPECT_EQ(url_of(R"({"url":{"protocol":"https","host":"es","port":"9243"}})"), whole);
  EXPECT_EQ(url_of(R"({"url":null,"protocol":"https","host":"es","port":9243})"), whole);
  EXPECT_EQ(url_of(R"({"url":"","protocol":"https","host":"es","port":"9243"})"), whole);
  EXPECT_EQ(url_of(R"({"url":"https://es","port":9243})"), whole);
  EXPECT_EQ(url_of(R"({"url":"http://{{ .Release.Name }}-es:9200"})"),
            R"({"host":"{{ .Release.Name }}-es","port":9200,"protocol":"http"})");
}

TEST(ElasticsearchUrl, PartsBesideItCountedOnlyWithoutIt) {
  const auto plan = translate(R"({"global":{"elasticsearch":{"host":"ignored","port":1}}})");
  EXPECT_EQ(at(plan, "global.elasticsearch.url"), "nothing");
  EXPECT_EQ(at(plan, "global.elasticsearch.host"), "nothing");
  EXPECT_EQ(fate(plan, "global.elasticsearch.host")->kind, FateKind::dropped);
}

TEST(Exporters, AreOffInTwoRegionsThatBringTheirOwn) {
  const auto plan = translate(
      R"({"global":{"elasticsearch":{"disableExporter":true},"multiregion":{"regions":2}},
          "zeebe":{"env":[{"name":"ZEEBE_BROKER_EXPORTERS_ELASTICSEARCHREGION0_CLASSNAME","value":"x"}]}})");
  EXPECT_EQ(at(plan, "orchestration.exporters.camunda.enabled"), "false");
  EXPECT_EQ(at(plan, "global.elasticsearch.disableExporter"), "nothing");
}

TEST(Exporters, StayOnWhereSomebodyReadsThem) {
  const auto plan = translate(R"({"global":{"elasticsearch":{"disableExporter":true}}})");
  EXPECT_EQ(at(plan, "orchestration.exporters"), "nothing");
  EXPECT_TRUE(told(plan, "exporters-on"));
}

TEST(Exporters, AreOffWithoutReaders) {
  rules::Request request;
  request.data_migration = false;
  const auto plan = translate(
      R"({"global":{"elasticsearch":{"disableExporter":true}},"operate":{"enabled":false},
          "tasklist":{"enabled":false},"optimize":{"enabled":false}})",
      request);
  EXPECT_EQ(at(plan, "orchestration.exporters"),
            R"({"camunda":{"enabled":false},"zeebe":{"enabled":false}})");
}

TEST(Exporters, NeverMakeAnInvalidConfiguration) {
  const auto plan = translate(
      R"({"zeebe":{"clusterSize":"3"},"orchestration":{"exporters":{"camunda":{"enabled":false}}}})");
  EXPECT_EQ(at(plan, "orchestration.exporters.zeebe.enabled"), "true");
  EXPECT_TRUE(told(plan, "exporter-kept-valid"));
}

TEST(SecondaryStorage, ThereMayBeNone) {
  const auto plan = translate(
      R"({"global":{"elasticsearch":{"enabled":false}},"operate":{"enabled":false},
          "tasklist":{"enabled":false},"optimize":{"enabled":false}})");
  EXPECT_EQ(at(plan, "global.noSecondaryStorage"), "true");
  EXPECT_EQ(at(plan, "elasticsearch.enabled"), "false");
  EXPECT_TRUE(names(plan, "idle-elasticsearch", "elasticsearch-master"));
}

TEST(SecondaryStorage, BasicAuthenticationNeedsOne) {
  const auto plan = translate(
      R"({"global":{"elasticsearch":{"enabled":false},"identity":{"auth":{"enabled":false}}},
          "elasticsearch":{"enabled":false}})");
  ASSERT_TRUE(told(plan, "storage-for-basic"));
  EXPECT_EQ(finding(plan, "storage-for-basic")->severity, text::Severity::error);
}

TEST(SecondaryStorage, IndicesGetNoReplicas) {
  EXPECT_EQ(at(translate(R"({"zeebe":{"clusterSize":"3"}})"), "orchestration.index.replicas"), "0");
}

TEST(Retention, LongerOneHoldsForBoth) {
  const auto plan = translate(
      R"({"operate":{"retention":{"enabled":true,"minimumAge":"10d"}},
          "tasklist":{"retention":{"enabled":true,"minimumAge":"300h"}}})");
  EXPECT_EQ(at(plan, "orchestration.history.retention"), R"({"enabled":true,"minimumAge":"300h"})");
  EXPECT_TRUE(names(plan, "retention-merged", "operate.retention.minimumAge"));
}

TEST(Retention, OfOneAppIsToldForTheOther) {
  const auto plan = translate(R"({"tasklist":{"retention":{"enabled":true,"minimumAge":"1d"}}})");
  EXPECT_EQ(at(plan, "orchestration.history.retention.minimumAge"), R"("1d")");
  EXPECT_TRUE(told(plan, "retention-extended"));
  EXPECT_FALSE(told(translate(R"({"operate":{"enabled":false},
                                  "tasklist":{"retention":{"enabled":true}}})"),
                    "retention-extended"));
}

TEST(Retention, ThatWasOffStaysOff) {
  const auto plan = translate(R"({"operate":{"retention":{"enabled":false,"minimumAge":"1d"}}})");
  EXPECT_EQ(at(plan, "orchestration.history"), "nothing");
}

TEST(Retention, OfRecordsMoves) {
  const auto plan = translate(R"({"zeebe":{"retention":{"enabled":true,"minimumAge":"3d"}}})");
  EXPECT_EQ(at(plan, "orchestration.retention"), R"({"enabled":true,"minimumAge":"3d"})");
}

TEST(OpenSearch, PrefixThatBrokersDidNotUseIsTold) {
  EXPECT_TRUE(told(translate(R"({"global":{"opensearch":{"enabled":true,"prefix":"p"},
                                 "elasticsearch":{"enabled":false}}})"),
                   "opensearch-prefix"));
  EXPECT_FALSE(told(translate(R"({"global":{"opensearch":{"enabled":true,"prefix":"p"},
      "elasticsearch":{"enabled":false}},"zeebe":{"env":[
      {"name":"ZEEBE_BROKER_EXPORTERS_OPENSEARCH_ARGS_INDEX_PREFIX","value":"p"}]}})"),
                    "opensearch-prefix"));
}

TEST(Elasticsearch, OldVersionsAndChartsWithoutTruststorePasswordAreTold) {
  EXPECT_TRUE(told(translate(R"({"elasticsearch":{"image":{"tag":"8.12.1-debian"}}})"),
                   "elasticsearch-too-old"));
  EXPECT_FALSE(
      told(translate(R"({"elasticsearch":{"image":{"tag":"8.17.4"}}})"), "elasticsearch-too-old"));
  rules::Request request;
  request.to = {13, 2, 2, {}};
  const char* jks =
      R"({"global":{"elasticsearch":{"tls":{"jks":{"secret":{"existingSecret":"s"}}}}}})";
  EXPECT_TRUE(told(translate(jks, request), "truststore-password"));
  EXPECT_FALSE(told(translate(jks), "truststore-password"));
}

}  // namespace
