#include "cli/convert_inputs.hpp"

#include "base/failure.hpp"
#include "cli/file_walk.hpp"
#include "cli/output_file.hpp"
#include "convert/places.hpp"
#include "values/yaml_reader.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

namespace cli {
namespace {

namespace fs = std::filesystem;

ConvertInput read_one(const std::string& path, std::string relative) {
  const std::string name = path == "-" ? "standard input" : path;
  return {text::Source(name, read_input(path)), path, std::move(relative)};
}

// The block of Camunda in the values file of an umbrella chart: the Chart.yaml beside it knows.
std::string block_beside(const std::string& path) {
  if (path == "-") {
    return {};
  }
  const fs::path chart = fs::path(path).parent_path() / "Chart.yaml";
  std::error_code error;
  if (!fs::is_regular_file(chart, error)) {
    return {};
  }
  try {
    const text::Source source(chart.string(), read_input(chart.string()));
    return convert::alias_in(values::read_yaml(source));
  } catch (const base::Failure&) {
    return {};  // no Chart.yaml as Helm reads it
  }
}

// Whether a file that was found, not named, holds values for the Camunda chart.
bool is_for_camunda(const text::Source& source, const std::string& under) {
  try {
    const std::vector<values::Value> documents = values::read_stream(source);
    if (documents.empty()) {
      return false;
    }
    if (convert::is_container(documents)) {
      const convert::Contents contents = convert::look_into(documents, source.name());
      return !contents.places.empty() || !contents.versions.empty();
    }
    const values::Value* block = under.empty() ? nullptr : documents.front().find(under);
    return convert::looks_like_camunda(block == nullptr ? documents.front() : *block);
  } catch (const base::Failure&) {
    return false;  // a template, or no YAML
  }
}

// A file that stands for itself, if it is for Camunda at all.
void add_found(std::vector<ConvertBatch>& batches, const std::string& path, std::string relative,
               const ConvertWords& words) {
  std::error_code error;
  if (fs::file_size(path, error) > k_largest_input && !error) {
    return;  // nothing that Helm could store
  }
  ConvertBatch batch;
  batch.under = words.own.under.empty() ? block_beside(path) : words.own.under;
  batch.inputs.push_back(read_one(path, std::move(relative)));
  if (is_for_camunda(batch.inputs.front().source, batch.under)) {
    batches.push_back(std::move(batch));
  }
}

}  // namespace

std::vector<ConvertBatch> read_inputs(const ConvertWords& words) {
  std::vector<ConvertBatch> batches;
  ConvertBatch named;
  for (const std::string& path : words.files) {
    std::error_code error;
    if (path != "-" && fs::is_directory(path, error)) {
      for (const std::string& found : walk(path, words.exclude)) {
        add_found(batches, found, fs::path(found).lexically_relative(path).string(), words);
      }
      continue;
    }
    const std::string name = path == "-" ? "values.yaml" : fs::path(path).filename().string();
    if (words.each) {
      add_found(batches, path, name, words);
      continue;
    }
    named.inputs.push_back(read_one(path, name));
    if (named.under.empty()) {
      named.under = words.own.under.empty() ? block_beside(path) : words.own.under;
    }
  }
  if (!named.inputs.empty()) {
    batches.insert(batches.begin(), std::move(named));
  }
  return batches;
}

}  // namespace cli
