// What the units of the decision "lists" share: the parts of one pod, put together from four.
#pragma once

#include "values/value.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rules {
class Translation;
}

namespace decisions {

// The list that the user gave a component, or nullptr: not given, empty, or without effect since
// the component was not deployed (then it is claimed). What is no list of maps is told and claimed.
const values::Value* read_list(rules::Translation&, std::string_view component,
                               std::string_view key, std::string_view rule);
// What the new values hold there, as a list.
values::Value list_now(const rules::Translation&, const values::Path&);
void write_list(rules::Translation&, const values::Path&, values::Value list);
std::string name_of(const values::Value& item);
// The item of this name, or nullptr.
const values::Value* item_named(const values::Value& list, std::string_view name);
// "gateway-certs" for certs of zeebeGateway: a name of its own in the pod of all.
std::string name_with_component(std::string_view component, const std::string& name);

// Volumes of a component that got another name, old to new.
using Renamed = std::map<std::string, std::string>;

// Volumes and mounts of the four into orchestration.extraVolumes and extraVolumeMounts; by
// component what was renamed.
std::map<std::string, Renamed, std::less<>> merge_volumes(rules::Translation&);
void merge_containers(rules::Translation&,
                      const std::map<std::string, Renamed, std::less<>>& renamed);
// What the importer and the migration Jobs need of the volumes.
void copy_to_jobs(rules::Translation&);

// True for a file by whose settings Spring configures the application.
bool holds_settings(const std::string& file, const std::string& content);

// A property inside a file that 8.8 does not take as 8.7 did.
struct ChangedProperty {
  std::string name;
  std::string shown;  // with its place in 8.8, if it has one
};
std::vector<ChangedProperty> changed_properties(const rules::Translation&,
                                                std::string_view component, const std::string& file,
                                                const std::string& content);

void merge_metadata(rules::Translation&);
void merge_files(rules::Translation&);
void write_console_override(rules::Translation&);
void merge_pull_secrets(rules::Translation&);

// A text that chart 13.x evaluates as a template and 12.x did not.
std::string escaped_template(const std::string& text);

}  // namespace decisions
