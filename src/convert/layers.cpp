#include "convert/layers.hpp"

#include "base/failure.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

namespace convert {
namespace {

using values::Path;
using values::Value;

void merge_over(Value& base, const Value& later) {
  if (!base.is_map() || !later.is_map()) {
    base = later;
    return;
  }
  for (const auto& [key, value] : later.entries()) {
    if (Value* there = base.find(key)) {
      merge_over(*there, value);
    } else {
      base[key] = value;
    }
  }
}

int latest_source(const Value& value) {
  int latest = value.origin.source;
  for (const Value& item : value.items()) {
    latest = std::max(latest, latest_source(item));
  }
  for (const auto& [key, child] : value.entries()) {
    latest = std::max(latest, latest_source(child));
  }
  return latest;
}

// The units that a source's words went to, by the fates of a plan.
class Destinations {
 public:
  explicit Destinations(const rules::Plan& plan) {
    for (const rules::Fate& fate : plan.fates) {
      for (const Path& to : fate.to) {
        int& latest = m_latest.emplace(unit_of(plan.result, to), -1).first->second;
        latest = std::max(latest, fate.origin.source);
      }
    }
  }

  // The last source that had a word in the unit, or -1.
  int latest(const Path& unit) const {
    const auto found = m_latest.find(unit);
    return found == m_latest.end() ? -1 : found->second;
  }

  // The unit that `path` is or stands in; a map is none.
  static Path unit_of(const Value& result, const Path& path) {
    for (std::size_t length = 0; length < path.size(); ++length) {
      const Value* above = values::find(result, path.first(length));
      if (above == nullptr || !above->is_map()) {
        return path.first(length);
      }
    }
    return path;
  }

 private:
  std::map<Path, int> m_latest;
};

// What an earlier file said about a unit that a later one decides.
void add_overruled(std::vector<Value>& layers, const std::vector<rules::Plan>& prefixes,
                   std::size_t layer) {
  const Value& result = prefixes.back().result;
  const rules::Plan& plan = prefixes[layer];
  for (const rules::Fate& fate : plan.fates) {
    if (fate.origin.source != static_cast<int>(layer)) {
      continue;
    }
    for (const Path& to : fate.to) {
      const Path unit = Destinations::unit_of(plan.result, to);
      const Value* mine = values::find(plan.result, unit);
      const Value* final_word = values::find(result, unit);
      const bool is_unit =
          final_word != nullptr && (!final_word->is_map() || final_word->is_leaf());
      if (mine != nullptr && is_unit && values::find(layers[layer], unit) == nullptr) {
        values::reach(layers[layer], unit) = *mine;
      }
    }
  }
}

// The last file has the last word about whatever the files did not agree on.
void repair(std::vector<Value>& layers, const Value& result) {
  const Value sum = merged(layers);
  for_each_unit(sum, {}, [&](const Path& path, const Value&) {
    if (values::find(result, path) == nullptr) {
      for (Value& layer : layers) {
        values::erase(layer, path);
      }
    }
  });
  for_each_unit(result, {}, [&](const Path& path, const Value& value) {
    const Value* there = values::find(sum, path);
    if (there == nullptr || !(*there == value)) {
      for (Value& layer : layers) {
        values::erase(layer, path);
      }
      values::reach(layers.back(), path) = value;
    }
  });
}

}  // namespace

void for_each_unit(const Value& value, const Path& path,
                   const std::function<void(const Path&, const Value&)>& visit) {
  if (!value.is_map() || value.is_leaf()) {
    visit(path, value);
    return;
  }
  for (const auto& [key, child] : value.entries()) {
    for_each_unit(child, path.key(key), visit);
  }
}

Value merged(const std::vector<Value>& layers) {
  Value result = Value::map();
  for (const Value& layer : layers) {
    if (layer.is_map()) {
      merge_over(result, layer);
    }
  }
  return result;
}

std::vector<Value> distribute(const std::vector<rules::Plan>& prefixes, std::size_t home) {
  const rules::Plan& plan = prefixes.back();
  if (prefixes.size() == 1 && plan.result.is_map()) {
    return {plan.result};
  }
  std::vector<Value> layers(prefixes.size(), Value::map());
  const Destinations destinations(plan);
  for_each_unit(plan.result, {}, [&](const Path& path, const Value& value) {
    if (path.empty()) {
      return;  // no values at all
    }
    const int latest = std::max(latest_source(value), destinations.latest(path));
    const std::size_t owner = latest < 0 ? home : static_cast<std::size_t>(latest);
    values::reach(layers.at(owner), path) = value;
  });
  for (std::size_t layer = 0; layer + 1 < prefixes.size(); ++layer) {
    add_overruled(layers, prefixes, layer);
  }
  if (merged(layers) == plan.result) {
    return layers;
  }
  repair(layers, plan.result);
  if (!(merged(layers) == plan.result) && !plan.result.is_leaf()) {
    throw base::InternalError("the files do not add up to the values that were translated");
  }
  return layers;
}

std::vector<rules::Fate> all_fates(const std::vector<rules::Plan>& prefixes) {
  std::vector<rules::Fate> fates = prefixes.back().fates;
  std::set<std::pair<Path, int>> known;
  if (prefixes.size() > 1) {
    for (const rules::Fate& fate : fates) {
      known.emplace(fate.path, fate.origin.source);
    }
  }
  for (std::size_t layer = 0; layer + 1 < prefixes.size(); ++layer) {
    for (const rules::Fate& fate : prefixes[layer].fates) {
      if (fate.origin.source == static_cast<int>(layer) &&
          known.emplace(fate.path, fate.origin.source).second) {
        fates.push_back(fate);
      }
    }
  }
  std::stable_sort(fates.begin(), fates.end(),
                   [](const rules::Fate& a, const rules::Fate& b) { return a.path < b.path; });
  return fates;
}

}  // namespace convert
