#include "upgrade/rendering.hpp"

#include "base/strings.hpp"
#include "upgrade/brokers.hpp"
#include "upgrade/findings.hpp"

#include <algorithm>
#include <string_view>

namespace upgrade {
namespace {

using values::Value;

constexpr std::string_view k_platform = "camunda-platform";

bool is_old_component(const Object& object) {
  if (object.kind() != "Deployment" || object.label("app.kubernetes.io/part-of") != k_platform) {
    return false;
  }
  const std::string component = object.label(component::k_label);
  return component == component::k_old_gateway || component == component::k_old_operate ||
         component == component::k_old_tasklist;
}

bool had_web_applications(const Objects& before) {
  return std::any_of(before.begin(), before.end(), [](const Object& object) {
    return is_old_component(object) && object.label(component::k_label) != component::k_old_gateway;
  });
}

bool has_container(const Object& workload, std::string_view wanted) {
  const Value* pods = pod_spec(workload);
  const Value* containers = pods == nullptr ? nullptr : pods->find("containers");
  if (containers == nullptr) {
    return false;
  }
  return std::any_of(containers->items().begin(), containers->items().end(),
                     [&](const Value& container) {
                       const Value* name = container.find("name");
                       return name != nullptr && name->plain() == wanted;
                     });
}

bool is_workload(const Object& object) {
  return object.kind() == "Deployment" || object.kind() == "StatefulSet";
}

// What 8.7 ran and the new manifest has no counterpart for. The brokers have checks of their own.
std::vector<std::string> gone(const Objects& before, const Objects& after) {
  std::vector<std::string> titles;
  for (const Object& object : before) {
    if (is_workload(object) && find(after, object.kind(), object.name()) == nullptr &&
        !is_old_component(object) && object.label(component::k_label) != component::k_broker) {
      titles.push_back(object.title());
    }
  }
  return titles;
}

}  // namespace

std::vector<const Object*> workloads_of_old(const Objects& objects) {
  std::vector<const Object*> found;
  for (const Object& object : objects) {
    if (is_old_component(object)) {
      found.push_back(&object);
    }
  }
  return found;
}

Shape shape_of(const Objects& objects) {
  if (const Object* brokers = brokers_of(objects)) {
    return has_container(*brokers, "zeebe") ? Shape::old_version : Shape::new_version;
  }
  if (!workloads_of_old(objects).empty()) {
    return Shape::old_version;
  }
  const bool some = std::any_of(objects.begin(), objects.end(), [](const Object& object) {
    // Reading YAML is slow: most objects are told apart by their bytes.
    return (object.text().empty() || base::contains(object.text(), k_platform)) &&
           object.label("app.kubernetes.io/part-of") == k_platform;
  });
  return some ? Shape::new_version : Shape::no_camunda;
}

text::Sink check_rendering(const RenderingQuestion& question) {
  text::Sink findings;
  std::vector<std::string> names;
  std::vector<std::string> titles;
  for (const Object* object : workloads_of_old(question.after)) {
    names.push_back(object->name());
    titles.push_back(object->title());
  }
  if (!names.empty()) {
    findings.push_back(finding("old-beside-new", names, {{"objects", base::enumerate(titles)}}));
  }
  const auto facts = broker_facts(question.after);
  if (facts && facts->profiles && !base::contains("," + *facts->profiles + ",", ",broker,")) {
    findings.push_back(finding("brokers-without-profile", {facts->stateful_set},
                               {{"name", facts->stateful_set}, {"profiles", *facts->profiles}}));
  }
  if (question.running != Running::old_version) {
    return findings;
  }
  if (const auto lost = gone(question.before, question.after); !lost.empty()) {
    findings.push_back(finding("component-gone", lost, {{"objects", base::enumerate(lost)}}));
  }
  // The importer reads what Operate and Tasklist have kept.
  if (facts && !question.migration_off && had_web_applications(question.before) &&
      migration_job_of(question.after, MigrationKind::data) == nullptr) {
    findings.push_back(
        finding("migration-missing", {question.release}, {{"release", question.release}}));
  }
  return findings;
}

}  // namespace upgrade
