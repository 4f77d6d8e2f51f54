#include "upgrade/objects.hpp"

#include "base/strings.hpp"
#include "values/lookup.hpp"
#include "values/yaml_reader.hpp"

#include <utility>

namespace upgrade {
namespace {

using values::Path;
using values::plain_at;
using values::Value;

// The scalar after "key:" of a block line, without quotes and comment.
std::string_view scalar_after(std::string_view line, std::string_view key) {
  std::string_view rest = base::trim(line.substr(key.size()));
  if (const std::size_t comment = rest.find(" #"); comment != std::string_view::npos) {
    rest = base::trim(rest.substr(0, comment));
  }
  if (rest.size() >= 2 && (rest.front() == '"' || rest.front() == '\'') &&
      rest.back() == rest.front()) {
    rest = rest.substr(1, rest.size() - 2);
  }
  return rest;
}

struct Head {
  std::string api_version;
  std::string kind;
  std::string name;
  std::string in_namespace;
};

// Charts write block style, two or more spaces deep: the first key of `metadata` sets the depth.
Head sniff(std::string_view document) {
  Head head;
  bool in_metadata = false;
  std::size_t depth = 0;
  for (const std::string_view line : base::split_lines(document)) {
    const std::size_t spaces = line.find_first_not_of(' ');
    if (spaces == std::string_view::npos || line[spaces] == '#') {
      continue;
    }
    const std::string_view word = line.substr(spaces);
    if (spaces == 0) {
      in_metadata = word.starts_with("metadata:");
      depth = 0;
      if (word.starts_with("kind:")) {
        head.kind = scalar_after(word, "kind:");
      } else if (word.starts_with("apiVersion:")) {
        head.api_version = scalar_after(word, "apiVersion:");
      }
    } else if (in_metadata) {
      depth = depth == 0 ? spaces : depth;
      if (spaces == depth && word.starts_with("name:")) {
        head.name = scalar_after(word, "name:");
      } else if (spaces == depth && word.starts_with("namespace:")) {
        head.in_namespace = scalar_after(word, "namespace:");
      }
    }
  }
  return head;
}

Head head_of(const Value& value) {
  return {plain_at(value, "apiVersion"), plain_at(value, "kind"), plain_at(value, "metadata.name"),
          plain_at(value, "metadata.namespace")};
}

bool plain_word(std::string_view text) {
  return !text.empty() && text.find_first_of("{}[]&*|>!%@`\"'") == std::string_view::npos;
}

bool is_separator(std::string_view line) {
  return line.starts_with("---") && (line.size() == 3 || line[3] == ' ' || line[3] == '\t');
}

}  // namespace

Object::Object(std::string document) : m_text(std::move(document)) {
  Head head = sniff(m_text);
  if (!plain_word(head.kind) || !plain_word(head.name)) {
    head = head_of(value());  // flow style, or something else that lines do not tell
  }
  m_api_version = std::move(head.api_version);
  m_kind = std::move(head.kind);
  m_name = std::move(head.name);
  m_namespace = std::move(head.in_namespace);
}

Object::Object(Value value) : m_value(std::make_shared<const Value>(std::move(value))) {
  Head head = head_of(*m_value);
  m_api_version = std::move(head.api_version);
  m_kind = std::move(head.kind);
  m_name = std::move(head.name);
  m_namespace = std::move(head.in_namespace);
}

const Value& Object::value() const {
  if (m_value == nullptr) {
    std::vector<Value> documents = values::read_documents(m_text);
    m_value =
        std::make_shared<const Value>(documents.empty() ? Value() : std::move(documents.front()));
  }
  return *m_value;
}

std::string Object::plain(const Path& path) const {
  return plain_at(value(), path);
}

std::string Object::label(std::string_view name) const {
  return plain(Path("metadata.labels").key(name));
}

std::string Object::annotation(std::string_view name) const {
  return plain(Path("metadata.annotations").key(name));
}

Objects objects_of(std::string_view manifest) {
  Objects objects;
  const auto add = [&](std::string_view document) {
    if (base::trim(document).empty()) {
      return;
    }
    Object object{std::string(document)};
    if (!object.kind().empty()) {
      objects.push_back(std::move(object));
    }
  };
  std::size_t begin = 0;
  std::size_t at = 0;
  while (at < manifest.size()) {
    const std::size_t end = manifest.find('\n', at);
    const std::size_t next = end == std::string_view::npos ? manifest.size() : end + 1;
    std::string_view line = manifest.substr(at, next - at);
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) {
      line.remove_suffix(1);
    }
    if (is_separator(line)) {
      add(manifest.substr(begin, at - begin));
      begin = next;
    }
    at = next;
  }
  add(manifest.substr(begin));
  return objects;
}

Objects objects_of(std::vector<Value> live) {
  Objects objects;
  for (Value& value : live) {
    objects.emplace_back(std::move(value));
  }
  return objects;
}

std::string foreign_namespace(const Object& object, const std::string& release_namespace) {
  return object.in_namespace() == release_namespace ? std::string() : object.in_namespace();
}

bool same(const Object& a, const Object& b) {
  return a.kind() == b.kind() && a.name() == b.name();
}

const Object* find(const Objects& objects, std::string_view kind, std::string_view name) {
  for (const Object& object : objects) {
    if (object.kind() == kind && object.name() == name) {
      return &object;
    }
  }
  return nullptr;
}

const Value* pod_spec(const Object& object) {
  static const Path k_template("spec.template.spec");
  static const Path k_cron("spec.jobTemplate.spec.template.spec");
  const std::string& kind = object.kind();
  if (kind == "StatefulSet" || kind == "Deployment" || kind == "Job" || kind == "DaemonSet") {
    return object.find(k_template);
  }
  if (kind == "CronJob") {
    return object.find(k_cron);
  }
  return kind == "Pod" ? object.find("spec") : nullptr;
}

const Object* brokers_of(const Objects& objects) {
  for (const Object& object : objects) {
    if (object.kind() == "StatefulSet" && object.label(component::k_label) == component::k_broker) {
      return &object;
    }
  }
  return nullptr;
}

const Object* migration_job_of(const Objects& objects, MigrationKind kind) {
  const std::string_view end =
      kind == MigrationKind::data ? "-migration-data" : "-migration-identity";
  for (const Object& object : objects) {
    if (object.kind() == "Job" && object.name().ends_with(end) &&
        object.label(component::k_label) == component::k_migration) {
      return &object;
    }
  }
  return nullptr;
}

}  // namespace upgrade
