// What the units of the decision "addresses" share: where the parts of 8.7 were reached, and where
// the orchestration cluster of 8.8 is.
#pragma once

#include "values/path.hpp"
#include "values/value.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rules {
class Translation;
}

namespace decisions {

// Operate, Tasklist or the gateway: they had an address each and share one in 8.8.
struct FormerApp {
  std::string key;     // operate, tasklist, zeebeGateway
  std::string title;   // as a person calls it
  std::string suffix;  // what 8.8 appends to its context path: "/operate", "/tasklist", ""
  bool on = false;
  bool served = false;  // it had a context path, so the combined Ingress led to it
  std::string path;     // the context path, normalised
  std::string written;  // as it stands in the values
};

// Who else answers at a path of a host.
struct Neighbour {
  std::string title;
  std::string host;
  std::string path;  // normalised
};

// With a slash in front and none at the end; the root is "".
std::string normal_path(std::string_view path);
// The same for people and Ingresses: the root is "/".
std::string shown_path(std::string_view normalised);

std::vector<FormerApp> former_apps(const rules::Translation&);
std::vector<Neighbour> neighbours(const rules::Translation&);
// The hosts on which the orchestration cluster will be reached.
std::vector<std::string> orchestration_hosts(const rules::Translation&);

// True when the component was deployed; the gateway went with the brokers.
bool was_deployed(const rules::Translation&, std::string_view component);
// True when the component had an Ingress of its own.
bool had_own_ingress(const rules::Translation&, std::string_view component);
// Where that Ingress stands in the values.
values::Path own_ingress(std::string_view component);

// orchestration.contextPath as it stands in the new values, normalised.
std::string new_context_path(const rules::Translation&);
// The names of the Services, as far as they can be told from the values.
std::string orchestration_name(const rules::Translation&);
std::string gateway_service(const rules::Translation&);
std::string former_service(const rules::Translation&, std::string_view component);
// The value in the new values, else the new chart's default.
values::Value new_effective(const rules::Translation&, const values::Path&);

// Appends an object to global.extraManifests; returns where it stands.
values::Path add_manifest(rules::Translation&, values::Value object);
// Text that the chart would evaluate as a template, written so that it comes out as it is.
std::string without_evaluation(const std::string& text);
// The labels that chart 12.x gave to objects of a component.
values::Value labels_of(const rules::Translation&, std::string_view component);

// The steps of the decision.
void decide_extra_manifests(rules::Translation&);
void decide_context_path(rules::Translation&);
void decide_combined_ingress(rules::Translation&);
void decide_grpc_ingress(rules::Translation&);
void decide_own_ingresses(rules::Translation&);
void decide_services(rules::Translation&);
void tell_addresses(rules::Translation&);

}  // namespace decisions
