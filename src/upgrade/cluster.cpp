#include "upgrade/cluster.hpp"

#include "base/strings.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace upgrade {
namespace {

using kube::Client;

// Prints a line for each object: kind, name, policy and keys, separated by tabs. kubectl prints one
// object by itself and several as a List.
constexpr const char* k_holder_template =
    R"({{define "one"}}{{.kind}}{{"\t"}}{{.metadata.name}}{{"\t"}})"
    R"({{with .metadata.annotations}}{{with index . "helm.sh/resource-policy"}}{{.}}{{end}}{{end}})"
    R"({{"\t"}}{{range $key, $value := .data}}{{$key}},{{end}})"
    R"({{range $key, $value := .binaryData}}{{$key}},{{end}}{{"\n"}}{{end}})"
    R"({{if .items}}{{range .items}}{{template "one" .}}{{end}}{{else}}{{template "one" .}}{{end}})";

bool valid_name(std::string_view name) {
  return !name.empty() && name.front() != '-' &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string_view::npos;
}

Holder holder_of(std::string_view line) {
  Holder holder;
  const std::vector<std::string_view> parts = base::split(line, '\t');
  if (parts.size() < 4) {
    return holder;
  }
  holder.kind = parts[0];
  holder.name = parts[1];
  holder.kept = parts[2] == "keep";
  for (const std::string_view key : base::split(parts[3], ',')) {
    if (!key.empty()) {
      holder.keys.emplace(key);
    }
  }
  return holder;
}

void take(Sight& sight, const Client::Answer& answer) {
  if (!answer.ok()) {
    sight.known = false;
    sight.trouble = answer.trouble().message;
  }
  // kubectl prints what it got even when one kind was forbidden.
  for (Object& object : objects_of(kube::items_of(answer.out))) {
    sight.objects.push_back(std::move(object));
  }
}

}  // namespace

Sight look_at_camunda(const Client& client) {
  Sight sight;
  sight.known = true;
  take(sight,
       client.run({"get", "statefulsets,jobs,persistentvolumeclaims", "-o", "json", "--selector",
                   std::string(component::k_label) + " in (" + std::string(component::k_broker) +
                       "," + std::string(component::k_migration) + ")"}));
  return sight;
}

Sight look_at_counterparts(const Client& client, const Objects& manifest) {
  std::map<std::string, Client::Call> by_namespace;
  for (const Object& object : manifest) {
    const std::string place = foreign_namespace(object, client.release_namespace());
    Client::Call& call = by_namespace[place];
    call.in_namespace = place;
    call.words = {"get", "-o", "json", "--ignore-not-found", "-f", "-"};
    call.input += "---\n" + object.text() + "\n";
  }
  std::vector<Client::Call> calls;
  for (auto& [name, call] : by_namespace) {
    calls.push_back(std::move(call));
  }
  Sight sight;
  sight.known = true;
  for (const Client::Answer& answer : client.run_all(calls)) {
    take(sight, answer);
  }
  return sight;
}

HoldersSight look_at_holders(const Client& client, const std::vector<Reference>& references) {
  HoldersSight sight;
  sight.known = true;
  std::set<std::pair<std::string, std::string>> wanted;  // kind and name
  for (const Reference& reference : references) {
    if (valid_name(reference.name)) {
      wanted.emplace(reference.kind, reference.name);
    }
  }
  if (wanted.empty()) {
    return sight;
  }
  // Of names in its words kubectl asks for five a second.
  std::string names;
  for (const auto& [kind, name] : wanted) {
    names += fmt::format("---\napiVersion: v1\nkind: {}\nmetadata: {{name: \"{}\"}}\n", kind, name);
  }
  const Client::Answer answer = client.run({"get", "-f", "-", "--ignore-not-found", "-o",
                                            std::string("go-template=") + k_holder_template},
                                           names);
  if (!answer.ok()) {
    sight.known = false;
    sight.trouble = answer.trouble().message;
  }
  for (const std::string_view line : base::split_lines(answer.out)) {
    if (Holder holder = holder_of(line); !holder.name.empty()) {
      sight.holders.push_back(std::move(holder));
    }
  }
  return sight;
}

bool namespace_exists(const Client& client, const std::string& name) {
  const Client::Answer answer = client.run({"get", "namespace", name, "-o", "name"});
  return answer.ok() || !base::contains(answer.err, "(NotFound)");
}

}  // namespace upgrade
