#include "decisions/storage_parts.hpp"
#include "rules/translation.hpp"

#include <charconv>
#include <fmt/format.h>
#include <optional>

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

Path history() {
  return "orchestration.history.retention";
}

struct Retention {
  Path at;
  bool deployed = false;
  bool enabled = false;
  std::string age;
};

Retention retention_of(const Translation& t, const char* app) {
  Retention out;
  out.at = Path(app).key("retention");
  out.deployed = t.on(Path(app).key("enabled"));
  out.enabled = out.deployed && t.on(out.at.key("enabled"));
  out.age = t.text(out.at.key("minimumAge"));
  return out;
}

// Elasticsearch's units; nothing when the text is no such time.
std::optional<double> milliseconds(const std::string& age) {
  double number = 0;
  const char* end = age.data() + age.size();
  const auto read = std::from_chars(age.data(), end, number);
  if (read.ec != std::errc()) {
    return {};
  }
  const std::string unit(read.ptr, end);
  if (unit == "d") {
    return number * 86'400'000;
  }
  if (unit == "h") {
    return number * 3'600'000;
  }
  if (unit == "m") {
    return number * 60'000;
  }
  if (unit == "s") {
    return number * 1000;
  }
  return unit == "ms" ? std::optional(number) : std::nullopt;
}

// The one that keeps data longer; Operate's when the texts cannot be compared.
const Retention& longer(const Retention& operate, const Retention& tasklist) {
  const auto a = milliseconds(operate.age);
  const auto b = milliseconds(tasklist.age);
  return a && b && *b > *a ? tasklist : operate;
}

Value of_user(const Translation& t, const Path& at, Value value) {
  if (const Value* mine = t.user(at)) {
    value.origin = mine->origin;
  }
  return value;
}

void claim(Translation& t, const Retention& retention, const Retention& winner) {
  for (const char* key : {"enabled", "minimumAge"}) {
    const Path leaf = retention.at.key(key);
    if (retention.enabled && (&retention == &winner || retention.age == winner.age)) {
      t.claim(leaf, FateKind::merged, {history().key(key)}, "history-retention");
    }
  }
  t.drop(retention.at, "history-retention");
}

}  // namespace

void decide_retention(Translation& t) {
  const Retention operate = retention_of(t, "operate");
  const Retention tasklist = retention_of(t, "tasklist");
  const bool both = operate.enabled && tasklist.enabled;
  const Retention& winner =
      both ? longer(operate, tasklist) : (operate.enabled ? operate : tasklist);
  if (winner.enabled) {
    t.put(history().key("enabled"), of_user(t, winner.at.key("enabled"), Value::boolean(true)));
    const Path age = winner.at.key("minimumAge");
    if (t.user(age) != nullptr) {  // both charts have the same default
      t.put(history().key("minimumAge"), of_user(t, age, Value::text(winner.age)));
    }
    const Retention& other = &winner == &operate ? tasklist : operate;
    if (both && operate.age != tasklist.age) {
      t.tell("retention-merged",
             {{operate.at.key("minimumAge").text(), tasklist.at.key("minimumAge").text()},
              fmt::format("Operate kept its data for {} and Tasklist for {}; {} holds for both",
                          operate.age, tasklist.age, winner.age),
              other.at,
              {}});
    } else if (!both && other.deployed) {
      t.tell("retention-extended", {{winner.at.text(), other.at.text()},
                                    fmt::format("only {} deleted old data, after {}; that holds "
                                                "for Operate and Tasklist in 8.8",
                                                winner.at.first(1).text(), winner.age),
                                    winner.at,
                                    {}});
    }
  }
  claim(t, operate, winner);
  claim(t, tasklist, winner);
}

}  // namespace decisions
