// Bytes → values → plan for a whole values file, against the bare yaml-cpp parse of the same bytes.
// The file is named by C8UPGRADE_BENCH_VALUES (tests/benchmarks/run gives the chart's own).
#include "decisions/registry.hpp"
#include "rules/engine.hpp"
#include "values/yaml_reader.hpp"

#include <benchmark/benchmark.h>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/parser.h>

namespace {

const std::string& bytes() {
  static const std::string k_bytes = [] {
    const char* file = std::getenv("C8UPGRADE_BENCH_VALUES");
    std::ifstream in(file == nullptr ? "" : file, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    if (text.empty()) {
      std::fputs("C8UPGRADE_BENCH_VALUES names no values file; use tests/benchmarks/run\n", stderr);
      std::exit(1);
    }
    return text;
  }();
  return k_bytes;
}

// Sees every event and keeps nothing.
class Ignore : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

void bare_parse(benchmark::State& state) {
  for (auto _ : state) {
    std::istringstream in(bytes());
    YAML::Parser parser(in);
    Ignore ignore;
    while (parser.HandleNextDocument(ignore)) {
    }
  }
}

void read_and_plan(benchmark::State& state) {
  for (auto _ : state) {
    const text::Source source("values.yaml", bytes());
    rules::Request request;
    request.source_names = {"values.yaml"};
    auto user = values::read_yaml(source, {0, nullptr});
    benchmark::DoNotOptimize(rules::translate(rules::catalogue_8_7_to_8_8(), decisions::all(),
                                              request, std::move(user)));
  }
}

void plan_alone(benchmark::State& state) {
  const text::Source source("values.yaml", bytes());
  const auto user = values::read_yaml(source, {0, nullptr});
  rules::Request request;
  request.source_names = {"values.yaml"};
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        rules::translate(rules::catalogue_8_7_to_8_8(), decisions::all(), request, user));
  }
}

BENCHMARK(bare_parse)->Unit(benchmark::kMillisecond);
BENCHMARK(read_and_plan)->Unit(benchmark::kMillisecond);
BENCHMARK(plan_alone)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
