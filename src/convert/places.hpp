// Where values stand in the files of GitOps tools: HelmRelease (Flux), Application and
// ApplicationSet (Argo CD), helmfile, and ConfigMaps and Secrets that hold a values file.
#pragma once

#include "text/diagnostic.hpp"
#include "values/path.hpp"
#include "values/value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convert {

struct Place {
  std::size_t document = 0;
  values::Path path;
  bool is_text = false;        // a string that holds YAML
  bool is_base64 = false;      // … encoded
  bool is_parameters = false;  // a list of Argo CD's parameters
  // An installation ends here: what comes later in the words is another one.
  bool is_last = false;
  std::optional<std::string> release;
  std::optional<std::string> release_namespace;
  std::string application;  // of Argo CD
  std::string object;       // "ConfigMap/NAME/KEY", "Secret/NAME/KEY"
};

// A HelmRelease that takes values from objects, which may stand in any file.
struct ValuesFrom {
  std::vector<std::string> objects;  // as Place::object, in Helm's order
  std::optional<std::size_t> place;  // of its own values, which come last
  std::size_t next_place = 0;        // the first place behind it in the file
  std::string name;                  // of the manifest
  std::optional<std::string> release;
  std::optional<std::string> release_namespace;
  text::Location location;
};

// The version of the chart, beside the values.
struct VersionPlace {
  std::size_t document = 0;
  values::Path path;
};

struct Contents {
  std::vector<Place> places;
  std::vector<VersionPlace> versions;
  std::vector<ValuesFrom> values_from;
  text::Sink findings;
};

// True when one of the documents is a manifest, a helmfile or a Chart.yaml: no values by itself.
bool is_container(const std::vector<values::Value>& documents);

// The places in these documents that hold values for the Camunda chart. `file` is the name for
// locations.
Contents look_into(const std::vector<values::Value>& documents, const std::string& file);

// The key under which a chart with these dependencies has the values for Camunda; "" when it has no
// such dependency. `chart` is what a Chart.yaml holds.
std::string alias_in(const values::Value& chart);

// True when the chart knows most of what stands in these values: told from values of other charts
// and from other configuration.
bool looks_like_camunda(const values::Value& values);

}  // namespace convert
