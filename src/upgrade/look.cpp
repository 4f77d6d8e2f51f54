#include "upgrade/look.hpp"

#include "base/failure.hpp"
#include "process/memfd.hpp"
#include "process/together.hpp"
#include "values/json.hpp"

#include <fmt/format.h>
#include <utility>

namespace upgrade {
namespace {

struct Given {
  std::vector<helm::Source> sources;
  values::Value values = values::Value::map();
  text::Sink notes;
};

Given read(std::vector<helm::Source> sources) {
  Given given;
  given.sources = std::move(sources);
  if (!given.sources.empty()) {
    given.values = helm::read_values(given.sources, &given.notes);
  }
  return given;
}

int newest_deployed(const std::string& release) {
  int number = 0;
  for (const helm::Revision& revision : helm::history(release)) {
    if (revision.status == "deployed" && revision.number > number) {
      number = revision.number;
    }
  }
  return number;
}

// The stored values as a source of their own, below all that is given.
helm::Source previous_source(const std::string& json, const std::string& release, int revision) {
  helm::Source source;
  source.name = fmt::format("values of {}, revision {}", release, revision);
  source.descriptor = process::make_memfd("values", json);
  source.word = {helm::ValueKind::file, process::descriptor_path(source.descriptor)};
  return source;
}

// Helm's reading of its own JSON needs no Helm: every number is a float64 there.
Given only_previous(helm::Source source, const std::string& json) {
  Given given;
  given.values = values::from_json(json);
  if (!given.values.is_map()) {
    given.values = values::Value::map();  // "null": none were given
  }
  values::set_origin(given.values, {0, 0, 0});
  given.sources.push_back(std::move(source));
  return given;
}

// Nothing when they cannot be read; whoever needs them asks again and learns why.
std::optional<std::string> values_of(const std::string& release) {
  try {
    return helm::get_values(release, 0);
  } catch (const base::Failure&) {
    return std::nullopt;
  }
}

bool is_gone(const helm::ReleaseState& release) {
  return release.status == "uninstalled";
}

}  // namespace

bool asks_for_previous_values(const helm::CommandLine& line) {
  return !line.reset_values &&
         (line.values.empty() || line.reuse_values || line.reset_then_reuse_values);
}

First look(const helm::CommandLine& line, const kube::Client& client) {
  const std::string& name = line.positionals.at(0);
  const std::string& chart = line.positionals.at(1);
  const bool previous = asks_for_previous_values(line);

  First first;
  Given values;
  std::optional<std::string> newest;  // a guess that is right unless the newest revision failed
  // The user's own mistakes are told first.
  process::together({[&] {
                       values.sources = helm::open_sources(line.values);
                       // Sources below the given ones change how Helm merges: then all are read
                       // together, later.
                       if (!previous) {
                         values = read(std::move(values.sources));
                       }
                     },
                     [&] { first.target = helm::show_chart(chart, line.chart_words); },
                     [&] { first.release = helm::get_release(name); },
                     [&] {
                       if (client.available()) {
                         first.camunda = look_at_camunda(client);
                       }
                     },
                     [&] {
                       if (previous) {
                         newest = values_of(name);
                       }
                     }});
  if (first.release && is_gone(*first.release)) {
    first.release.reset();
  }
  if (first.release) {
    const bool deployed = first.release->status == "deployed";
    first.last_deployed = deployed ? first.release->revision : newest_deployed(name);
    // Helm reuses also when files are given but all of them are empty.
    const bool empty = values.values.entries().empty() && !line.reset_values;
    if (previous || empty) {
      const int revision = first.last_deployed > 0 ? first.last_deployed : first.release->revision;
      const std::string json = deployed && newest ? *newest : helm::get_values(name, revision);
      helm::Source source = previous_source(json, name, revision);
      if (values.sources.empty()) {
        values = only_previous(std::move(source), json);
      } else {
        values.sources.insert(values.sources.begin(), std::move(source));
        values = read(std::move(values.sources));
      }
    }
  } else if (previous && !values.sources.empty()) {
    values = read(std::move(values.sources));
  }
  first.sources = std::move(values.sources);
  first.values = std::move(values.values);
  first.notes = std::move(values.notes);
  return first;
}

}  // namespace upgrade
