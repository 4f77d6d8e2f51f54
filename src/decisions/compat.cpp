#include "decisions/compat.hpp"

#include "base/strings.hpp"
#include "rules/translation.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace decisions {
namespace {

using rules::Fate;
using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

constexpr const char* k_rule = "compat-layer";
const Path k_switch = "global.compatibility.orchestration.enabled";
const Path k_java = "orchestration.javaOpts";

// The layer merges `zeebe` over `orchestration`. It fails on the free-form keys, and the names and
// the image would replace the pods' own.
constexpr std::array k_not_carried = {
    "configuration", "extraConfiguration", "env",   "envFrom",      "initContainers",   "sidecars",
    "extraVolumes",  "extraVolumeMounts",  "image", "nameOverride", "fullnameOverride",
};

// It takes these four for untouched defaults of 8.7 and replaces them by those of 8.8.
const std::array k_replaced = {
    std::pair<Path, const char*>{"zeebe.resources.requests.cpu", "800m"},
    std::pair<Path, const char*>{"zeebe.resources.requests.memory", "1200Mi"},
    std::pair<Path, const char*>{"zeebe.resources.limits.cpu", "960m"},
    std::pair<Path, const char*>{"zeebe.resources.limits.memory", "1920Mi"},
};

// Of the gateway it takes single keys; an ingress would be replaced whole.
const std::array k_gateway = {
    std::pair<Path, Path>{"zeebeGateway.contextPath", "orchestration.contextPath"},
    std::pair<Path, Path>{"zeebeGateway.service.loadBalancerIP",
                          "orchestration.service.loadBalancerIP"},
    std::pair<Path, Path>{"zeebeGateway.service.loadBalancerSourceRanges",
                          "orchestration.service.loadBalancerSourceRanges"},
    std::pair<Path, Path>{"zeebeGateway.service.restPort", "orchestration.service.httpPort"},
    std::pair<Path, Path>{"zeebeGateway.service.grpcPort", "orchestration.service.grpcPort"},
    std::pair<Path, Path>{"zeebeGateway.service.internalPort",
                          "orchestration.service.internalPort"},
};

// Where the layer writes what stands at `path`.
std::optional<Path> written_by_layer(const Translation& t, const Path& path) {
  const std::string& block = path.steps()[0].key;
  if (block == "zeebeGateway") {
    for (const auto& [from, to] : k_gateway) {
      if (path.starts_with(from)) {
        return to.join(path.after(from.size()));
      }
    }
    return {};
  }
  if (block != "zeebe" || path.size() < 2 ||
      std::find(k_not_carried.begin(), k_not_carried.end(), path.steps()[1].key) !=
          k_not_carried.end()) {
    return {};
  }
  if (path.steps()[1].key == "resources" &&
      std::any_of(k_replaced.begin(), k_replaced.end(), [&](const auto& one) {
        const Value* mine = t.user(one.first);
        return mine != nullptr && mine->plain() == one.second;
      })) {
    return {};
  }
  return Path("orchestration").join(path.after(1));
}

// A list is carried whole or not at all.
Path up_to_list(const Path& path) {
  for (std::size_t n = 0; n < path.size(); ++n) {
    if (path.steps()[n].is_index()) {
      return path.first(n);
    }
  }
  return path;
}

// A null removes a default in the values, which the layer cannot.
bool same(const Value& mine, const Value& translated) {
  if (mine.is_null()) {
    return false;
  }
  return mine == translated || (!mine.is_map() && !mine.is_list() && !translated.is_map() &&
                                !translated.is_list() && mine.plain() == translated.plain());
}

std::size_t count_leaves(const Value& value) {
  std::size_t count = 0;
  values::for_each_leaf(value, [&](const Path&, const Value&) { ++count; });
  return count;
}

// The settings that may go back, each with the fates of its leaves.
std::map<Path, std::vector<Fate*>> candidates(Translation& t) {
  std::map<Path, std::vector<Fate*>> out;
  for (Fate& fate : t.plan().fates) {
    if ((fate.kind != FateKind::moved && fate.kind != FateKind::converted) || fate.path.empty() ||
        fate.to.size() != 1) {
      continue;
    }
    const auto target = written_by_layer(t, fate.path);
    if (target && *target == fate.to.front()) {
      out[up_to_list(fate.path)].push_back(&fate);
    }
  }
  std::erase_if(out, [&](const auto& one) {
    const Value* mine = t.user(one.first);
    const Value* translated = t.result(*written_by_layer(t, one.first));
    return mine == nullptr || translated == nullptr || !same(*mine, *translated) ||
           count_leaves(*mine) != one.second.size();
  });
  return out;
}

void switch_on(Translation& t, const std::set<std::string>& blocks) {
  t.set(k_switch, Value::boolean(true));
  std::erase_if(t.plan().pins, [](const rules::Pin& pin) { return pin.path == k_switch; });
  for (const std::string& block : blocks) {
    const Path enabled = Path().key(block).key("enabled");
    t.set(enabled, Value::boolean(true));
    for (Fate& fate : t.plan().fates) {
      if (fate.path == enabled) {
        fate = {fate.path, fate.origin, FateKind::kept, {enabled}, k_rule};
      }
    }
  }
}

}  // namespace

void decide_compat(Translation& t) {
  if (t.request().mode != rules::Mode::compat || t.plan().already_new) {
    return;
  }
  const Value* brokers = t.result("orchestration.enabled");
  const auto settings = candidates(t);
  if (settings.empty() || (brokers != nullptr && !brokers->truthy())) {
    return;
  }
  if (const Value* java = t.result(k_java); java != nullptr) {
    if (base::contains(java->plain(), "zeebe")) {
      t.tell("compat-layer-unused", {{"zeebe.javaOpts"}, {}, "zeebe.javaOpts", {}});
      return;
    }
  }
  std::set<std::string> blocks;
  for (const auto& [path, fates] : settings) {
    const Value mine = *t.user(path);
    t.remove(*written_by_layer(t, path));
    t.set(path, mine);
    for (Fate* fate : fates) {
      fate->kind = FateKind::kept;
      fate->to = {fate->path};
      fate->rule = k_rule;
    }
    blocks.insert(path.steps()[0].key);
  }
  switch_on(t, blocks);
}

}  // namespace decisions
