#include "convert/convert.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "convert/installations.hpp"
#include "convert/layers.hpp"
#include "convert/parameters.hpp"
#include "convert/places.hpp"
#include "convert/rewrite.hpp"
#include "convert/slot.hpp"
#include "convert/work.hpp"
#include "convert/written.hpp"
#include "decisions/migration_state.hpp"
#include "decisions/registry.hpp"
#include "rules/finding.hpp"
#include "rules/umbrella.hpp"
#include "values/yaml_reader.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace convert {
namespace {

using values::Path;
using values::Value;

text::Diagnostic orphaned(const Path& path, const std::string& file) {
  text::Diagnostic told = rules::finding("comment-kept", {path.text()}, {{"path", path.text()}});
  told.location.file = file;
  return told;
}

rules::Plan translate(Value values, const rules::Request& request) {
  rules::Plan plan = rules::translate_under(rules::catalogue_8_7_to_8_8(), decisions::all(),
                                            request, request.under, std::move(values));
  if (plan.already_new && !request.data_migration) {
    decisions::remove_migration(plan, request);
  }
  return plan;
}

// The plans for the first file, the first two, …
std::vector<rules::Plan> plans_for(const std::vector<Value>& layers,
                                   const rules::Request& request) {
  std::vector<rules::Plan> plans;
  std::vector<Value> first;
  for (const Value& layer : layers) {
    first.push_back(layer);
    plans.push_back(translate(merged(first), request));
  }
  return plans;
}

// The values for the chart: all, or the block of an umbrella chart.
const Value& inner(const Value& values, const rules::Request& request) {
  const Value* block = request.under.empty() ? nullptr : values.find(request.under);
  return block == nullptr ? values : *block;
}

// The first file that is about Camunda gets what is added.
std::size_t home_of(const std::vector<Value>& layers, const rules::Request& request) {
  const auto found = std::find_if(layers.begin(), layers.end(), [&](const Value& layer) {
    return !layer.is_leaf() && concerns_camunda(inner(layer, request));
  });
  return found == layers.end() ? 0 : static_cast<std::size_t>(found - layers.begin());
}

class Converter {
 public:
  Converter(const std::vector<text::Source>& files, rules::Request request, Options options)
      : m_request(std::move(request)), m_options(std::move(options)) {
    m_request.source_names.clear();
    for (const text::Source& file : files) {
      m_request.source_names.push_back(file.name());
      m_files.push_back(open(file, static_cast<int>(m_files.size())));
    }
  }

  Conversion convert() {
    for (const Installation& installation : installations_of(m_files)) {
      convert(installation);
    }
    for (const Work& file : m_files) {
      tell_about(file);
      m_result.texts.push_back(written(file, m_options.set_version, m_request.to, m_result.notes));
      add_readings(file);
    }
    m_result.one_values_file = m_files.size() == 1 && m_files.front().contents.places.empty() &&
                               m_result.concerns_camunda && !m_result.plan.already_new;
    return std::move(m_result);
  }

 private:
  Work open(const text::Source& source, int number) {
    require_plain_values(source);
    Work file;
    file.source = &source;
    text::Sink notes;
    file.tree = parsed(source);
    file.documents = values::read_stream(source, *file.tree, {number, &notes});
    if (!is_container(file.documents)) {
      file.slots.push_back(
          whole_file(source, values::read_yaml(source, *file.tree, {number, &m_result.notes})));
      judge_documents(file.documents);
      file.documents.clear();
    } else {
      std::move(notes.begin(), notes.end(), std::back_inserter(m_result.notes));
      file.contents = look_into(file.documents, source.name());
      file.fragment = std::make_unique<yaml::Fragment>(source.bytes(),
                                                       std::move(*std::exchange(file.tree, {})));
      for (const Place& place : file.contents.places) {
        file.slots.push_back(
            cut(source, file.fragment->tree, file.documents[place.document], place, number));
      }
    }
    for (const Slot& slot : file.slots) {
      file.texts.push_back(slot.text);
      file.wanted.push_back(slot.values);
    }
    m_result.concerns_camunda = m_result.concerns_camunda || !file.contents.versions.empty();
    return file;
  }

  static yaml::Tree parsed(const text::Source& source) {
    try {
      return values::parse_yaml(source);
    } catch (const base::Failure& failure) {
      if (source.bytes().find("{{") == std::string::npos) {
        throw;
      }
      throw base::Failure(
          failure.what(),
          "If it is a template: convert the values that it makes, and carry the "
          "difference over by hand (--diff). A template within a value needs quotes.");
    }
  }

  // What a later document holds, Helm 4 reads and Helm 3 does not: neither can be written.
  void judge_documents(const std::vector<Value>& documents) {
    const auto more = std::count_if(documents.begin(), documents.end(),
                                    [](const Value& one) { return !one.is_leaf(); });
    for (text::Diagnostic& note : m_result.notes) {
      if (note.rule == "several-documents" && more > 1) {
        note.severity = text::Severity::error;
      }
    }
  }

  void add_readings(const Work& file) {
    for (std::size_t i = 0; i < file.slots.size(); ++i) {
      const bool is_container = !file.contents.places.empty();
      if (is_container && file.contents.places[i].is_parameters) {
        continue;
      }
      const std::string name =
          is_container ? file.source->name() + ", " + file.contents.places[i].path.text()
                       : file.source->name();
      m_result.readings.push_back({text::Source(name, file.texts[i]), file.wanted[i]});
    }
  }

  // How an upgrade runs, and where else its values are, matters only while there is one to come.
  void tell_about(const Work& file) {
    const bool upgrades = file.is_translated || file.slots.empty();
    for (const text::Diagnostic& finding : file.contents.findings) {
      if (upgrades) {
        m_result.notes.push_back(finding);
      }
    }
  }

  // What the words leave open about the release, its manifest says.
  rules::Request request_for(const Installation& installation) const {
    rules::Request request = m_request;
    if (const ValuesFrom* release = installation.release; release != nullptr) {
      name_release(request, release->release, release->release_namespace);
    }
    for (const SlotName& name : installation.slots) {
      const auto& places = m_files[name.file].contents.places;
      if (places.empty()) {
        continue;
      }
      const Place& place = places[name.slot];
      name_release(request, place.release, place.release_namespace);
    }
    return request;
  }

  void name_release(rules::Request& request, const std::optional<std::string>& release,
                    const std::optional<std::string>& release_namespace) const {
    if (release && !m_options.names_release) {
      request.release = *release;
      request.release_assumed = false;
    }
    if (release_namespace && !m_options.names_namespace) {
      request.release_namespace = *release_namespace;
    }
  }

  void convert(const Installation& installation) {
    const rules::Request request = request_for(installation);
    std::vector<Value> layers;
    for (const SlotName& name : installation.slots) {
      layers.push_back(m_files[name.file].slots[name.slot].values);
      set_layer(layers.back(), static_cast<int>(layers.size()) - 1);
    }
    if (!concerns_camunda(inner(merged(layers), request))) {
      return;
    }
    m_result.concerns_camunda = true;
    std::vector<rules::Plan> plans = plans_for(layers, locating(request, installation));
    const std::vector<Value> wanted = distribute(plans, home_of(layers, request));
    std::vector<rules::Fate> fates = all_fates(plans);
    for (std::size_t i = 0; i < installation.slots.size(); ++i) {
      Work& file = m_files[installation.slots[i].file];
      const std::size_t slot = installation.slots[i].slot;
      file.is_translated = file.is_translated || !plans.back().already_new;
      if (is_parameters(installation.slots[i])) {
        rewrite_parameters(installation.slots[i], wanted[i], fates, static_cast<int>(i));
        continue;
      }
      const text::Source text(file.source->name(), file.slots[slot].text);
      const Annotations marks = annotations(plans.back().findings, file.source->name());
      Rewriting rewriting = rewrite(text, layers[i], wanted[i], fates, static_cast<int>(i), marks,
                                    std::exchange(file.tree, std::nullopt));
      for (const Path& path : rewriting.orphans) {
        m_result.notes.push_back(orphaned(path, file.source->name()));
      }
      file.texts[slot] = std::move(rewriting.text);
      file.wanted[slot] = wanted[i];
    }
    tell_prunes(installation, plans.back());
    for (rules::Fate& fate : fates) {
      fate.origin.source = file_of(fate.origin.source, installation);
    }
    plans.back().fates = std::move(fates);
    add(std::move(plans.back()));
  }

  bool is_parameters(const SlotName& name) const {
    const auto& places = m_files[name.file].contents.places;
    return !places.empty() && places[name.slot].is_parameters;
  }

  void rewrite_parameters(const SlotName& name, const Value& wanted,
                          const std::vector<rules::Fate>& fates, int layer) {
    Work& file = m_files[name.file];
    const Place& place = file.contents.places[name.slot];
    Value list = *values::find(file.documents[place.document], place.path);
    set_layer(list, layer);
    WrittenParameters written = write_parameters(list, wanted, fates, layer);
    if (!written.refused.empty()) {
      refuse_parameters(file, name, written.refused, list.origin);
      return;
    }
    const auto entry = [&](const Value& value) {
      return Value::map({{place.path.back().key, value}});
    };
    const text::Source text(file.source->name(), file.slots[name.slot].text);
    file.texts[name.slot] = rewrite(text, entry(list), entry(written.list), {}, layer).text;
    file.wanted[name.slot] = wanted;
  }

  void refuse_parameters(const Work& file, const SlotName& name, const std::vector<Path>& paths,
                         const values::Origin& origin) {
    std::vector<std::string> names;
    for (const Path& path : paths) {
      names.push_back(path.text());
    }
    const std::string& application = file.contents.places[name.slot].application;
    text::Diagnostic told = rules::finding(
        "argo-cd-parameters", names, {{"name", application}, {"names", base::enumerate(names)}});
    told.location = {file.source->name(), origin.line, origin.column};
    m_result.notes.push_back(std::move(told));
  }

  // What wants a person, by the line that it is about.
  Annotations annotations(const text::Sink& findings, const std::string& file) const {
    Annotations marks;
    for (const text::Diagnostic& finding : findings) {
      if (!m_options.annotate || finding.severity == text::Severity::note ||
          finding.location.file != file || finding.location.line == 0) {
        continue;
      }
      marks.emplace(finding.location.line,
                    fmt::format("# c8upgrade: {} [{}]", finding.message, finding.rule));
    }
    return marks;
  }

  static void set_layer(Value& value, int layer) {
    value.origin.source = value.origin.source < 0 ? value.origin.source : layer;
    for (Value& item : value.items()) {
      set_layer(item, layer);
    }
    for (auto& [key, child] : value.entries()) {
      set_layer(child, layer);
    }
  }

  // Origins count the installation's slots while it is translated.
  rules::Request locating(rules::Request request, const Installation& installation) const {
    request.source_names.clear();
    for (const SlotName& name : installation.slots) {
      request.source_names.push_back(m_files[name.file].source->name());
    }
    return request;
  }

  static int file_of(int layer, const Installation& installation) {
    return layer < 0
               ? layer
               : static_cast<int>(installation.slots.at(static_cast<std::size_t>(layer)).file);
  }

  void tell_prunes(const Installation& installation, const rules::Plan& plan) {
    for (const SlotName& name : installation.slots) {
      const auto& places = m_files[name.file].contents.places;
      if (places.empty() || places[name.slot].application.empty() || plan.secrets_to_keep.empty()) {
        continue;
      }
      std::vector<std::string> secrets;
      for (const rules::SecretNeed& need : plan.secrets_to_keep) {
        if (std::find(secrets.begin(), secrets.end(), need.name) == secrets.end()) {
          secrets.push_back(need.name);
        }
      }
      m_result.notes.push_back(rules::finding("argo-cd-prunes", secrets,
                                              {{"name", places[name.slot].application},
                                               {"names", base::enumerate(secrets)},
                                               {"words", base::join(secrets, " ")}}));
    }
  }

  void add(rules::Plan plan) {
    rules::Plan& all = m_result.plan;
    const bool first = !m_has_plan;
    m_has_plan = true;
    if (first) {
      all = std::move(plan);
      return;
    }
    const auto append = [](auto& to, auto& from) {
      std::move(from.begin(), from.end(), std::back_inserter(to));
    };
    append(all.fates, plan.fates);
    append(all.pins, plan.pins);
    append(all.findings, plan.findings);
    append(all.secrets_to_keep, plan.secrets_to_keep);
    all.data_migration = all.data_migration || plan.data_migration;
    all.identity_migration = all.identity_migration || plan.identity_migration;
    all.already_new = all.already_new && plan.already_new;
  }

  rules::Request m_request;
  Options m_options;
  std::vector<Work> m_files;
  Conversion m_result;
  bool m_has_plan = false;
};

}  // namespace

bool concerns_camunda(const Value& values) {
  const rules::Catalogue& catalogue = rules::catalogue_8_7_to_8_8();
  return values.is_leaf() ||
         std::any_of(values.entries().begin(), values.entries().end(), [&](const auto& entry) {
           const Path block = Path().key(entry.first);
           return catalogue.old_knows(block) || catalogue.new_knows(block);
         });
}

void require_plain_values(const text::Source& file) {
  const std::string& bytes = file.bytes();
  if (bytes.find("ENC[AES256_GCM,") != std::string::npos) {
    throw base::Failure(
        fmt::format("{} is encrypted with SOPS", file.name()),
        fmt::format("Let SOPS open it: EDITOR='c8upgrade convert --in-place' sops {}",
                    file.name()));
  }
  if (file.name().ends_with(".gotmpl")) {
    throw base::Failure(fmt::format("{} is a template that makes values", file.name()),
                        "Convert the values that it makes (helmfile write-values), and carry the "
                        "difference over by hand (--diff).");
  }
}

Conversion convert(const std::vector<text::Source>& files, const rules::Request& request,
                   const Options& options) {
  return Converter(files, request, options).convert();
}

}  // namespace convert
