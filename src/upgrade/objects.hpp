// The Kubernetes objects that the checks look at: of a rendered manifest (bytes, read only when
// somebody asks) or of the cluster.
#pragma once

#include "values/value.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace upgrade {

class Object {
 public:
  // One document of a manifest. What names it is read from the bytes; the rest on first use, since
  // reading YAML is slow.
  explicit Object(std::string document);
  // A live object.
  explicit Object(values::Value value);

  const std::string& api_version() const { return m_api_version; }
  const std::string& kind() const { return m_kind; }
  const std::string& name() const { return m_name; }
  const std::string& in_namespace() const { return m_namespace; }  // "": the release's
  const std::string& text() const { return m_text; }  // as rendered; empty for a live object
  // "StatefulSet camunda-zeebe"
  std::string title() const { return m_kind + " " + m_name; }

  const values::Value& value() const;
  const values::Value* find(const values::Path& path) const { return values::find(value(), path); }
  // Plain text at a path, or "".
  std::string plain(const values::Path& path) const;
  std::string label(std::string_view name) const;
  std::string annotation(std::string_view name) const;

 private:
  std::string m_api_version;
  std::string m_kind;
  std::string m_name;
  std::string m_namespace;
  std::string m_text;
  mutable std::shared_ptr<const values::Value> m_value;  // null: not read yet
};

using Objects = std::vector<Object>;

// Splits a rendered manifest. Documents without a kind (comments only) are left out.
Objects objects_of(std::string_view manifest);
Objects objects_of(std::vector<values::Value> live);

const Object* find(const Objects&, std::string_view kind, std::string_view name);
bool same(const Object&, const Object&);  // kind and name
// The namespace that the object names, or "" when that is the release's own.
std::string foreign_namespace(const Object&, const std::string& release_namespace);

// The pod template's spec of a workload (spec.template.spec, or a CronJob's); nullptr for others.
const values::Value* pod_spec(const Object&);

// Names of the deployed charts (both of them), as labels on the objects say.
namespace component {
inline constexpr std::string_view k_label = "app.kubernetes.io/component";
inline constexpr std::string_view k_broker = "zeebe-broker";
inline constexpr std::string_view k_importer = "orchestration-importer";
inline constexpr std::string_view k_migration = "orchestration-migration";
// Deployments of 8.7 that became part of the brokers.
inline constexpr std::string_view k_old_gateway = "zeebe-gateway";
inline constexpr std::string_view k_old_operate = "operate";
inline constexpr std::string_view k_old_tasklist = "tasklist";
}  // namespace component

// The brokers' StatefulSet, or nullptr.
const Object* brokers_of(const Objects&);

enum class MigrationKind { data, identity };
// The migration Job of this kind, or nullptr. Both carry the same labels: the name decides.
const Object* migration_job_of(const Objects&, MigrationKind);

}  // namespace upgrade
