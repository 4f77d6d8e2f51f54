// What the units of the decision "environment" share: a variable as the user wrote it, and the list
// of one container of 8.8 that is being put together.
#pragma once

#include "rules/catalogue.hpp"
#include "rules/plan.hpp"
#include "values/value.hpp"

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rules {
class Translation;
}

namespace decisions {

// In the order in which their lists are put together: what is first wins.
inline constexpr std::array<std::string_view, 4> k_former = {"zeebe", "zeebeGateway", "operate",
                                                             "tasklist"};

struct Variable {
  std::string component;
  values::Path at;  // the item in the list
  std::string name;
  values::Value item;  // a map with `name`
  const rules::EnvRule* rule = nullptr;

  // It has a value of its own, which needs no template: it can go into a key of the chart.
  bool plain() const;
  std::string text() const;  // the value, or "" when it comes from elsewhere
};

class Environment {
 public:
  // Begins with what is at `list` in the new values: it was there first.
  Environment(rules::Translation&, values::Path list);

  rules::Translation& translation() { return m_t; }
  const values::Path& list() const { return m_list; }

  // The variable stays under this name; claims it.
  void keep(const Variable&, const std::string& name, std::string_view rule);
  // An entry of ours beside it, without a claim; what is there already stays.
  void add(const std::string& name, const values::Value& item, const Variable& reason);
  // The same; false when something else is there under this name.
  bool offer(const std::string& name, const Variable& variable);
  // The variable's value is at these places of the new values now.
  void moved(const Variable&, const std::vector<values::Path>& to, std::string_view rule);
  // The variable goes away, and is told with all others of this rule.
  void drop_and_tell(const Variable&, std::string_view rule);
  void drop(const Variable&, std::string_view rule);
  // Names it in the finding of this rule, without a claim.
  void collect(const Variable&, std::string_view rule);

  bool has(std::string_view name) const;
  // Writes the list and tells what was collected.
  void finish();

 private:
  struct Entry {
    std::string name;
    values::Value item;
    std::string component;  // "" when it was in the list already
    std::string written;    // its name in 8.7
  };
  struct Collected {
    std::vector<std::string> names;
    std::vector<std::string> shown;
    values::Path at;
  };
  bool place(const std::string& name, const values::Value& item, const Variable& from);

  rules::Translation& m_t;
  values::Path m_list;
  std::vector<Entry> m_entries;
  std::size_t m_first = 0;  // how many were there before
  std::map<std::string, Collected, std::less<>> m_collected;
};

// The variables of a component, shaped for the schema of 13.x. What is no list of variables is told
// and claimed.
std::vector<Variable> read_variables(rules::Translation&, std::string_view component);

bool was_on(const rules::Translation&, std::string_view component);

// /usr/local/{zeebe,operate,tasklist} became /usr/local/camunda.
std::string camunda_paths(std::string text);

// One of the named deciders of env.tsv.
void decide_variable(Environment&, const Variable&);
// Those of the secondary storage; false when the name is not one of its.
bool decide_storage_variable(Environment&, const Variable&);
// Those of Connectors and Web Modeler.
bool decide_neighbour_variable(Environment&, const Variable&);
void complete_connectors_login(rules::Translation&, const std::vector<Variable>& connectors);
bool decide_exporter_variable(Environment&, const Variable&);
// Puts the value into a key of the chart, as the variable won over that key in 8.7.
void decide_move(Environment&, const Variable&, const values::Path& to, std::string_view rule);

// Camunda exporters beside exporters of records that were set by variables.
void decide_region_exporters(Environment&, const std::vector<Variable>& brokers);

void decide_env_from(rules::Translation&);
void decide_java_and_logging(rules::Translation&, Environment& cluster);
// True when the brokers' Java options hold all of these.
bool brokers_have_options(const rules::Translation&, const std::string& text);
void decide_optimize_java(rules::Translation&, Environment& migration);
void decide_play(rules::Translation&);

}  // namespace decisions
