#include "upgrade/difference.hpp"

#include "base/secrets.hpp"
#include "text/diff.hpp"
#include "values/redact.hpp"
#include "values/yaml_writer.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

namespace upgrade {
namespace {

using values::Path;
using values::Value;

using Identity = std::tuple<std::string, std::string, std::string>;  // kind, namespace, name

Identity identity_of(const Object& object, const std::string& release_namespace) {
  const std::string& place = object.in_namespace();
  return {object.kind(), place.empty() ? release_namespace : place, object.name()};
}

void drop_version_labels(Value& value) {
  for (const std::string_view label : {"helm.sh/chart", "app.kubernetes.io/version"}) {
    value.erase(label);
  }
}

// Charts put their own version into the labels of everything they make.
Value without_version_labels(Value value) {
  static const std::array<Path, 3> k_labels = {"metadata.labels", "spec.template.metadata.labels",
                                               "spec.jobTemplate.spec.template.metadata.labels"};
  for (const Path& path : k_labels) {
    if (Value* labels = values::find(value, path)) {
      drop_version_labels(*labels);
    }
  }
  if (Value* claims = values::find(value, Path("spec.volumeClaimTemplates"))) {
    for (Value& claim : claims->items()) {
      if (Value* labels = values::find(claim, Path("metadata.labels"))) {
        drop_version_labels(*labels);
      }
    }
  }
  return value;
}

const Value* pod_template(const Object& object) {
  return pod_spec(object) == nullptr ? nullptr : object.find("spec.template");
}

bool same_or_absent(const Value* a, const Value* b) {
  return a == nullptr || b == nullptr ? a == b : *a == *b;
}

ObjectChange compared(const Object& before, const Object& after) {
  ObjectChange change{ChangeKind::same, &before, &after, false};
  if (before.text() == after.text() || before.value() == after.value()) {
    return change;
  }
  change.kind = without_version_labels(before.value()) == without_version_labels(after.value())
                    ? ChangeKind::relabelled
                    : ChangeKind::changed;
  change.restarts = !same_or_absent(pod_template(before), pod_template(after));
  return change;
}

// A list's item that has the same name, as Kubernetes merges lists of containers and variables.
const Value* counterpart(const Value& list, const Value& item, std::size_t index) {
  const Value* name = item.find("name");
  if (name == nullptr) {
    return index < list.items().size() ? &list.items()[index] : nullptr;
  }
  for (const Value& other : list.items()) {
    const Value* other_name = other.find("name");
    if (other_name != nullptr && *other_name == *name) {
      return &other;
    }
  }
  return nullptr;
}

// A hidden value that differs from the hidden one before it would show as no change at all.
// `shown` is `after` without its secrets.
void tell_hidden_changes(const Value& before, const Value& after, Value& shown) {
  if (after.is_text()) {
    if (before != after && shown != after && values::redacted({}, before) == shown) {
      shown = Value::text(shown.as_text() + " (another value)");
    } else if (before.is_text() && before != after && shown.as_text() == base::k_hidden) {
      shown = Value::text(std::string(base::k_hidden) + " (another value)");
    }
    return;
  }
  for (auto& [key, inner] : shown.entries()) {
    const Value* old_inner = before.find(key);
    const Value* new_inner = after.find(key);
    if (old_inner != nullptr && new_inner != nullptr) {
      tell_hidden_changes(*old_inner, *new_inner, inner);
    }
  }
  for (std::size_t i = 0; i < shown.items().size() && i < after.items().size(); ++i) {
    if (const Value* old_item = counterpart(before, after.items()[i], i)) {
      tell_hidden_changes(*old_item, after.items()[i], shown.items()[i]);
    }
  }
}

void sort_keys(Value& value) {
  std::sort(value.entries().begin(), value.entries().end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [key, inner] : value.entries()) {
    sort_keys(inner);
  }
  for (Value& item : value.items()) {
    sort_keys(item);
  }
}

}  // namespace

std::string_view name(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::made:
      return "made";
    case ChangeKind::changed:
      return "changed";
    case ChangeKind::relabelled:
      return "relabelled";
    case ChangeKind::deleted:
      return "deleted";
    case ChangeKind::kept:
      return "kept";
    case ChangeKind::replaced:
      return "replaced";
    case ChangeKind::same:
      break;
  }
  return "same";
}

std::vector<ObjectChange> differences(const Objects& before, const Objects& after,
                                      const Changes& changes,
                                      const std::string& release_namespace) {
  std::map<Identity, const Object*> old;
  for (const Object& object : before) {
    old[identity_of(object, release_namespace)] = &object;
  }
  std::vector<ObjectChange> found;
  std::set<const Object*> wanted;
  for (const Object& object : after) {
    const auto there = old.find(identity_of(object, release_namespace));
    if (there == old.end()) {
      found.push_back({ChangeKind::made, nullptr, &object, false});
      continue;
    }
    wanted.insert(there->second);
    found.push_back(compared(*there->second, object));
    const auto& removed = changes.remove_jobs;
    if (object.kind() == "Job" &&
        std::find(removed.begin(), removed.end(), object.name()) != removed.end()) {
      found.back().kind = ChangeKind::replaced;
    }
  }
  const auto is_kept = [&](const Object& object) {
    const auto rescued = [&](const Rescue& rescue) { return rescue.name == object.name(); };
    return object.annotation("helm.sh/resource-policy") == "keep" ||
           (object.kind() == "Secret" &&
            std::any_of(changes.keep.begin(), changes.keep.end(), rescued));
  };
  for (const Object& object : before) {
    if (!wanted.contains(&object)) {
      found.push_back(
          {is_kept(object) ? ChangeKind::kept : ChangeKind::deleted, &object, nullptr, false});
    }
  }
  return found;
}

std::string diff_of(const ObjectChange& change, bool colour) {
  Value before;
  Value after;
  std::string old_text;
  std::string new_text;
  if (change.before != nullptr) {
    before = without_version_labels(change.before->value());
    Value shown = values::redacted({}, before);
    sort_keys(shown);
    old_text = values::to_yaml(shown);
  }
  if (change.after != nullptr) {
    after = without_version_labels(change.after->value());
    Value shown = values::redacted({}, after);
    tell_hidden_changes(before, after, shown);
    sort_keys(shown);
    new_text = values::to_yaml(shown);
  }
  const std::string title = change.object().title();
  return text::unified_diff(old_text, new_text,
                            change.before == nullptr ? "(nothing)" : title + " (now)",
                            change.after == nullptr ? "(nothing)" : title + " (then)", colour);
}

}  // namespace upgrade
