#include "upgrade/owners.hpp"

#include "upgrade/findings.hpp"

#include <optional>
#include <string_view>
#include <utility>

namespace upgrade {
namespace {

struct Owner {
  std::string_view rule;
  std::string name;  // "HelmRelease prod/camunda"
};

std::optional<Owner> owner_of(const Object& object, const std::string& release) {
  for (const auto& [prefix, kind] :
       {std::pair<std::string, std::string>{"helm.toolkit.fluxcd.io/", "HelmRelease"},
        {"kustomize.toolkit.fluxcd.io/", "Kustomization"}}) {
    const std::string name = object.label(prefix + "name");
    if (!name.empty()) {
      const std::string in_namespace = object.label(prefix + "namespace");
      return Owner{"owned-by-flux",
                   kind + " " + (in_namespace.empty() ? name : in_namespace + "/" + name)};
    }
  }
  // "app:group/Kind:namespace/name"
  const std::string tracking = object.annotation("argocd.argoproj.io/tracking-id");
  if (!tracking.empty()) {
    return Owner{"owned-by-argo-cd", "Application " + tracking.substr(0, tracking.find(':'))};
  }
  const std::string tracking_label = object.label("argocd.argoproj.io/instance");
  if (!tracking_label.empty()) {
    return Owner{"owned-by-argo-cd", "Application " + tracking_label};
  }
  // Argo CD's default is to write its application's name over this label; the pods keep the
  // chart's, since their template is not touched.
  const std::string instance = object.label("app.kubernetes.io/instance");
  const std::string of_pods =
      object.plain(values::Path("spec.template.metadata.labels").key("app.kubernetes.io/instance"));
  if (!instance.empty() && instance != release && of_pods == release) {
    return Owner{"owned-by-argo-cd", "Application " + instance};
  }
  return std::nullopt;
}

}  // namespace

text::Sink check_owners(const Objects& before, const Objects& live, const std::string& release) {
  for (const Objects* objects : {&live, &before}) {
    for (const Object& object : *objects) {
      // The manifest's documents are read for the brokers only: an owner marks all objects alike.
      if (objects == &before && object.kind() != "StatefulSet") {
        continue;
      }
      if (const auto owner = owner_of(object, release)) {
        return {finding(owner->rule, {owner->name, object.name()},
                        {{"owner", owner->name}, {"object", object.title()}})};
      }
    }
  }
  return {};
}

}  // namespace upgrade
