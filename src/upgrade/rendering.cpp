#include "upgrade/rendering.hpp"

#include "base/strings.hpp"
#include "base/version.hpp"
#include "upgrade/brokers.hpp"
#include "upgrade/findings.hpp"
#include "upgrade/release.hpp"
#include "values/lookup.hpp"

#include <algorithm>
#include <map>
#include <optional>
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

bool had(const Objects& before, std::string_view component) {
  return std::any_of(before.begin(), before.end(), [&](const Object& object) {
    return is_old_component(object) && object.label(component::k_label) == component;
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

// What 8.8's own image of Camunda says of its version.
std::optional<base::Version> camunda_version(std::string_view image) {
  const ImageName name = image_name(image);
  return name.repository.ends_with("/camunda") ? base::Version::parse(name.tag) : std::nullopt;
}

// The chart's own images are as new as the chart, of which `target-old` speaks.
bool is_recommended_chart(const Object& brokers) {
  const auto version = chart_version_of(brokers);
  return !version || !(*version < k_recommended_target);
}

void check_images(const Objects& after, text::Sink& findings) {
  const base::Version first_good{8, 8, 32, {}};
  const Object* brokers = brokers_of(after);
  if (brokers == nullptr || !is_recommended_chart(*brokers)) {
    return;
  }
  std::map<std::string, std::vector<std::string>> by_image;
  for (const Object& object : after) {
    if (&object != brokers && object.label(component::k_label) != component::k_importer &&
        object.label(component::k_label) != component::k_migration) {
      continue;
    }
    const Value* pods = pod_spec(object);
    if (pods == nullptr) {
      continue;
    }
    for (const Value& container : values::items_at(*pods, "containers")) {
      const std::string image = values::plain_at(container, "image");
      const auto version = camunda_version(image);
      if (version && version->major == 8 && version->minor == 8 && *version < first_good) {
        by_image[image].push_back(object.title());
      }
    }
  }
  for (const auto& [image, titles] : by_image) {
    findings.push_back(
        finding("image-old", {image}, {{"objects", base::enumerate(titles)}, {"image", image}}));
  }
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
  check_images(question.after, findings);
  // The importer reads what Operate and Tasklist have kept.
  const bool tasklist = had(question.before, component::k_old_tasklist);
  const bool operate = had(question.before, component::k_old_operate);
  const Object* migration = migration_job_of(question.after, MigrationKind::data);
  if (facts && !question.migration_off && (operate || tasklist) && migration == nullptr) {
    findings.push_back(
        finding("migration-missing", {question.release}, {{"release", question.release}}));
  }
  if (tasklist && migration != nullptr) {
    findings.push_back(
        finding("tasks-during-migration", {migration->name()}, {{"job", migration->name()}}));
  }
  return findings;
}

}  // namespace upgrade
