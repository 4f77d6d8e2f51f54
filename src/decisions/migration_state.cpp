#include "decisions/migration_state.hpp"

#include "decisions/migration_leavings.hpp"

namespace decisions {
namespace {

using rules::Switch;
using values::Path;
using values::Value;

const Path k_data = "orchestration.migration.data.enabled";
const Path k_identity = "orchestration.migration.identity.enabled";
const Path k_secret = "orchestration.migration.identity.secret";
constexpr const char* k_own_secret = "c8upgrade-identity-migration";

bool on(const Value& values, const Path& path) {
  const Value* found = values::find(values, path);
  return found != nullptr && found->truthy();
}

bool says_off(const Value& values, const Path& path) {
  const Value* found = values::find(values, path);
  return found != nullptr && !found->truthy();
}

// Off is written only over an "on": the chart's default is off.
void set(Value& values, const Path& path, bool wanted) {
  if (on(values, path) != wanted) {
    values::reach(values, path) = Value::boolean(wanted);
  }
}

}  // namespace

std::vector<Path> migration_keys(const std::string& under) {
  const Path block = under.empty() ? Path() : Path().key(under);
  return {block.join(k_data), block.join(k_identity)};
}

void settle_migration(rules::Plan& plan, const MigrationState& state) {
  Value& values = state.under.empty() ? plan.result : plan.result[state.under];
  // Values of 8.8 that say "on" after its end bring what only the migration needed.
  if (!state.data && plan.already_new && on(values, k_data)) {
    take_leavings(plan, state.under.empty() ? Path() : Path().key(state.under));
  }
  // A translation has decided whether there is anything to migrate: what it left off stays off.
  const bool may_switch_on = plan.already_new || state.data_by_flag;
  if (!state.data) {
    set(values, k_data, false);
  } else if (state.data_by_flag || (may_switch_on && !says_off(values, k_data))) {
    set(values, k_data, true);
  }
  const bool has_secret =
      on(values, k_secret.key("existingSecret")) || on(values, k_secret.key("inlineSecret"));
  if (state.identity == Switch::off) {
    set(values, k_identity, false);
  } else if (state.identity == Switch::on && has_secret &&
             (state.identity_by_flag || !says_off(values, k_identity))) {
    set(values, k_identity, true);
  }
  plan.data_migration = on(values, k_data);
  plan.identity_migration = on(values, k_identity);
  const Value* named = values::find(values, k_secret.key("existingSecret"));
  plan.makes_migration_secret =
      plan.identity_migration && named != nullptr && named->plain() == k_own_secret;
}

void remove_migration(rules::Plan& plan, const rules::Request& request) {
  const Path under = request.under.empty() ? Path() : Path().key(request.under);
  std::vector<Path> blocks = {under.join("orchestration.migration.data")};
  if (request.identity_migration != Switch::on) {
    blocks.push_back(under.join("orchestration.migration.identity"));
    plan.identity_migration = false;
    plan.makes_migration_secret = false;
  }
  plan.data_migration = false;
  const Value* data = values::find(plan.result, under.join(k_data));
  if (data != nullptr && data->truthy()) {
    take_leavings(plan, under);
    blocks.push_back(under.join("orchestration.importer"));
  }
  for (const Path& block : blocks) {
    values::erase(plan.result, block);
    for (rules::Fate& fate : plan.fates) {
      if (fate.path.starts_with(block)) {
        fate.kind = rules::FateKind::dropped;
        fate.to.clear();
        fate.rule = "migration-over";
      }
    }
  }
}

}  // namespace decisions
