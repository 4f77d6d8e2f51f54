#include "upgrade/references.hpp"

#include <algorithm>
#include <string_view>

namespace upgrade {
namespace {

using values::Path;
using values::Value;

std::string text_of(const Value& map, std::string_view key) {
  const Value* found = map.find(key);
  return found == nullptr ? std::string() : found->plain();
}

bool optional(const Value& reference) {
  const Value* found = reference.find("optional");
  return found != nullptr && found->truthy();
}

class Collector {
 public:
  explicit Collector(std::vector<Reference>& found) : m_found(found) {}

  void workload(const Object& object) {
    const Value* pods = pod_spec(object);
    if (pods == nullptr) {
      return;
    }
    m_needed_by = object.title();
    for (const std::string_view list : {"initContainers", "containers"}) {
      if (const Value* containers = pods->find(list)) {
        for (const Value& one : containers->items()) {
          container(one);
        }
      }
    }
    if (const Value* volumes = pods->find("volumes")) {
      for (const Value& one : volumes->items()) {
        volume(one);
      }
    }
  }

 private:
  void container(const Value& container) {
    if (const Value* env = container.find("env")) {
      for (const Value& variable : env->items()) {
        const Value* from = variable.find("valueFrom");
        if (from != nullptr) {
          key_reference("Secret", from->find("secretKeyRef"));
          key_reference("ConfigMap", from->find("configMapKeyRef"));
        }
      }
    }
    if (const Value* sources = container.find("envFrom")) {
      for (const Value& source : sources->items()) {
        whole("Secret", source.find("secretRef"), "name");
        whole("ConfigMap", source.find("configMapRef"), "name");
      }
    }
  }

  void volume(const Value& volume) {
    mounted("Secret", volume.find("secret"), "secretName");
    mounted("ConfigMap", volume.find("configMap"), "name");
    const Value* sources = values::find(volume, "projected.sources");
    if (sources != nullptr) {
      for (const Value& source : sources->items()) {
        mounted("Secret", source.find("secret"), "name");
        mounted("ConfigMap", source.find("configMap"), "name");
      }
    }
  }

  void key_reference(const char* kind, const Value* reference) {
    if (reference != nullptr && reference->is_map() && !optional(*reference)) {
      add({kind, text_of(*reference, "name"), text_of(*reference, "key"), m_needed_by});
    }
  }

  void whole(const char* kind, const Value* reference, std::string_view name) {
    if (reference != nullptr && reference->is_map() && !optional(*reference)) {
      add({kind, text_of(*reference, name), "", m_needed_by});
    }
  }

  // A volume needs the object, and every key that `items` picks.
  void mounted(const char* kind, const Value* source, std::string_view name) {
    whole(kind, source, name);
    const Value* items = source == nullptr ? nullptr : source->find("items");
    if (items == nullptr || optional(*source)) {
      return;
    }
    for (const Value& item : items->items()) {
      add({kind, text_of(*source, name), text_of(item, "key"), m_needed_by});
    }
  }

  void add(Reference reference) {
    if (std::find(m_found.begin(), m_found.end(), reference) == m_found.end()) {
      m_found.push_back(std::move(reference));
    }
  }

  std::vector<Reference>& m_found;
  std::string m_needed_by;
};

}  // namespace

std::vector<Reference> references_of(const Objects& objects) {
  std::vector<Reference> found;
  Collector collector(found);
  for (const Object& object : objects) {
    collector.workload(object);
  }
  return found;
}

std::set<std::string> keys_of(const Object& object) {
  std::set<std::string> keys;
  for (const char* field : {"data", "stringData", "binaryData"}) {
    if (const Value* data = object.find(field)) {
      for (const auto& [key, value] : data->entries()) {
        keys.insert(key);
      }
    }
  }
  return keys;
}

std::set<std::string> made_by_operators(const Objects& objects) {
  std::set<std::string> names;
  for (const Object& object : objects) {
    if (object.kind() == "ExternalSecret") {
      const std::string target = object.plain("spec.target.name");
      names.insert(target.empty() ? object.name() : target);
    } else if (object.kind() == "SealedSecret") {
      names.insert(object.name());
    } else if (object.kind() == "Certificate") {
      names.insert(object.plain("spec.secretName"));
    }
  }
  return names;
}

}  // namespace upgrade
