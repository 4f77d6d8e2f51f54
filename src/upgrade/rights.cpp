#include "upgrade/rights.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "upgrade/findings.hpp"
#include "values/json.hpp"
#include "values/lookup.hpp"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <map>
#include <set>
#include <vector>

namespace upgrade {
namespace {

using values::items_at;
using values::Value;

struct Deed {
  std::string verb;
  std::string group;
  std::string resource;
  std::string name;  // "" when it is about to be made: rules by name do not hold for that
};

std::string group_of(const Object& object) {
  const std::size_t slash = object.api_version().find('/');
  return slash == std::string::npos ? std::string() : object.api_version().substr(0, slash);
}

bool holds(const Value& rule, const char* list, std::string_view wanted) {
  const auto& items = items_at(rule, list);
  return std::any_of(items.begin(), items.end(), [&](const Value& item) {
    return item.plain() == "*" || item.plain() == wanted;
  });
}

bool allows(const Value& rule, const Deed& deed) {
  const auto& names = items_at(rule, "resourceNames");
  return holds(rule, "verbs", deed.verb) && holds(rule, "apiGroups", deed.group) &&
         holds(rule, "resources", deed.resource) &&
         (names.empty() || (!deed.name.empty() && holds(rule, "resourceNames", deed.name)));
}

class Deeds {
 public:
  explicit Deeds(const std::string& release_namespace) : m_namespace(release_namespace) {}

  void add(const std::string& verb, const Object& object) {
    if (object.in_namespace().empty() || object.in_namespace() == m_namespace) {
      m_all.push_back({verb, group_of(object), resource_of(object.kind()),
                       verb == "create" ? std::string() : object.name()});
    }
  }
  // Helm keeps each revision in a Secret, unless it was told otherwise.
  void add_records() {
    const char* driver = std::getenv("HELM_DRIVER");
    const std::string_view kind = driver == nullptr ? "" : driver;
    if (kind.empty() || kind == "secret" || kind == "secrets") {
      m_all.push_back({"create", "", "secrets", ""});
    }
  }
  const std::vector<Deed>& all() const { return m_all; }

 private:
  const std::string& m_namespace;
  std::vector<Deed> m_all;
};

Deeds deeds_between(const Objects& before, const Objects& after,
                    const std::string& release_namespace) {
  Deeds deeds(release_namespace);
  for (const Object& object : after) {
    const bool there = find(before, object.kind(), object.name()) != nullptr;
    deeds.add(there ? "patch" : "create", object);
  }
  for (const Object& object : before) {
    if (find(after, object.kind(), object.name()) == nullptr &&
        object.annotation("helm.sh/resource-policy") != "keep") {
      deeds.add("delete", object);
    }
  }
  deeds.add_records();
  return deeds;
}

}  // namespace

std::string resource_of(const std::string& kind) {
  const std::string one = base::lower(kind);
  if (one.ends_with("y") && !one.ends_with("ay") && !one.ends_with("ey")) {
    return one.substr(0, one.size() - 1) + "ies";
  }
  return one + (one.ends_with("s") ? "es" : "s");
}

kube::Client::Call call_for_rights(const std::string& release_namespace) {
  Value review = Value::map();
  review["apiVersion"] = Value::text("authorization.k8s.io/v1");
  review["kind"] = Value::text("SelfSubjectRulesReview");
  review["spec"]["namespace"] = Value::text(release_namespace);
  // kubectl's own check of what it sends wants to list the kinds of the whole cluster.
  return {{"create", "--validate=ignore", "-f", "-", "-o", "json"}, values::to_json(review), {}};
}

text::Sink check_rights(const Objects& before, const Objects& after,
                        const std::string& release_namespace, const kube::Client::Answer& answer) {
  Value review;
  try {
    review = answer.ok() ? values::from_json(answer.out) : Value();
  } catch (const base::Failure&) {
    return {};
  }
  const Value* incomplete = values::find(review, "status.incomplete");
  const auto& rules = items_at(review, "status.resourceRules");
  if (rules.empty() || (incomplete != nullptr && incomplete->truthy())) {
    return {};
  }
  std::map<std::string, std::set<std::string>> missing;  // verbs by resource
  const Deeds deeds = deeds_between(before, after, release_namespace);
  for (const Deed& deed : deeds.all()) {
    const bool allowed = std::any_of(rules.begin(), rules.end(),
                                     [&](const Value& rule) { return allows(rule, deed); });
    if (!allowed) {
      missing[deed.group.empty() ? deed.resource : deed.resource + "." + deed.group].insert(
          deed.verb);
    }
  }
  if (missing.empty()) {
    return {};
  }
  std::vector<std::string> subjects;
  std::vector<std::string> words;
  for (const auto& [resource, verbs] : missing) {
    subjects.push_back(resource);
    words.push_back(fmt::format("{} {}", fmt::join(verbs, "/"), resource));
  }
  const std::string list = base::enumerate(words);
  return {finding("rights-missing", std::move(subjects),
                  {{"rights", list}, {"namespace", release_namespace}})};
}

}  // namespace upgrade
