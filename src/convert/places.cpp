#include "convert/places.hpp"

#include "base/base64.hpp"
#include "base/failure.hpp"
#include "base/strings.hpp"
#include "convert/parameters.hpp"
#include "rules/catalogue.hpp"
#include "rules/finding.hpp"
#include "values/lookup.hpp"
#include "values/yaml_reader.hpp"

#include <algorithm>

namespace convert {
namespace {

using values::Path;
using values::plain_at;
using values::Value;

constexpr std::string_view k_chart = "camunda-platform";

bool is_map_at(const Value& root, const Path& path) {
  const Value* found = values::find(root, path);
  return found != nullptr && found->is_map();
}

std::optional<Value> parsed(const std::string& text) {
  try {
    return values::read_yaml(text::Source("values", text));
  } catch (const base::Failure&) {
    return std::nullopt;
  }
}

// A chart by its name, "camunda/camunda-platform" or "oci://…/camunda-platform".
bool is_camunda_chart(const std::string& name) {
  return name == k_chart || name.ends_with("/" + std::string(k_chart));
}

// Where the chart has no telling name, the values decide.
bool may_be_camunda(const std::string& chart, const Value* values) {
  if (is_camunda_chart(chart)) {
    return true;
  }
  const bool other_chart =
      !chart.empty() && !chart.starts_with('.') && chart.find("camunda") == std::string::npos;
  return !other_chart && values != nullptr && looks_like_camunda(*values);
}

class Looker {
 public:
  explicit Looker(std::string file) : m_file(std::move(file)) {}

  void look(const Value& document, std::size_t number) {
    m_number = number;
    const std::string kind = plain_at(document, "kind");
    const std::string api = plain_at(document, "apiVersion");
    if (kind == "HelmRelease" && api.starts_with("helm.toolkit.fluxcd.io/")) {
      helm_release(document);
    } else if (kind == "Application" && api.starts_with("argoproj.io/")) {
      application(document, "spec");
    } else if (kind == "ApplicationSet" && api.starts_with("argoproj.io/")) {
      application(document, "spec.template.spec");
    } else if (kind == "ConfigMap" || kind == "Secret") {
      text_entries(document, kind == "Secret");
    } else if (is_map_at(document, "") && document.find("releases") != nullptr) {
      helmfile(document);
    } else if (kind.empty()) {
      chart(document);
    }
  }

  Contents take() { return std::move(m_contents); }

 private:
  text::Location location(const Value& at) const {
    return {m_file, at.origin.line, at.origin.column};
  }

  void tell(const char* rule, std::vector<std::string> subjects, const rules::Gaps& gaps,
            const Value& at) {
    text::Diagnostic told = rules::finding(rule, std::move(subjects), gaps);
    told.location = location(at);
    m_contents.findings.push_back(std::move(told));
  }

  // A map of values, or nothing there yet.
  void add_map(const Path& path, std::optional<std::string> release,
               std::optional<std::string> release_namespace) {
    Place place;
    place.document = m_number;
    place.path = path;
    place.release = std::move(release);
    place.release_namespace = std::move(release_namespace);
    m_contents.places.push_back(std::move(place));
  }

  void add_version(const Value& document, const Path& path) {
    if (const Value* found = values::find(document, path); found != nullptr && found->is_text()) {
      m_contents.versions.push_back({m_number, path});
    }
  }

  void end_installation(std::size_t first) {
    if (m_contents.places.size() > first) {
      m_contents.places.back().is_last = true;
    }
  }

  // --- Flux

  void helm_release(const Value& document) {
    const Value* values = values::find(document, "spec.values");
    const std::string chart = plain_at(document, "spec.chart.spec.chart");
    const std::string reference = plain_at(document, "spec.chartRef.name");
    if (!may_be_camunda(chart.empty() ? reference : chart, values)) {
      return;
    }
    const std::string name = plain_at(document, "metadata.name");
    const std::string target = plain_at(document, "spec.targetNamespace");
    std::string release = plain_at(document, "spec.releaseName");
    if (release.empty()) {
      release = target.empty() ? name : target + "-" + name;
    }
    const std::string in_namespace =
        target.empty() ? plain_at(document, "metadata.namespace") : target;
    const std::optional<std::string> known_namespace =
        in_namespace.empty() ? std::nullopt : std::optional(in_namespace);
    const Value* from = values::find(document, "spec.valuesFrom");
    const bool has_sources = from != nullptr && !from->is_leaf();
    if (values != nullptr) {
      add_map("spec.values", release, known_namespace);
      m_contents.places.back().is_last = true;
    } else if (!has_sources) {
      tell("no-values-yet", {name}, {{"what", "HelmRelease " + name}, {"key", "spec.values"}},
           document);
    }
    if (has_sources) {
      values_from(*from, name, values != nullptr);
      m_contents.values_from.back().release = release;
      m_contents.values_from.back().release_namespace = known_namespace;
    }
    add_version(document, "spec.chart.spec.version");
    remediation(document, name);
  }

  void values_from(const Value& list, const std::string& name, bool has_values) {
    ValuesFrom found;
    for (const Value& item : list.items()) {
      const std::string key = plain_at(item, "valuesKey");
      found.objects.push_back(object_id(plain_at(item, "kind"), plain_at(item, "name"),
                                        key.empty() ? "values.yaml" : key));
    }
    found.next_place = m_contents.places.size();
    if (has_values) {
      found.place = found.next_place - 1;
    }
    found.name = name;
    found.location = location(list);
    m_contents.values_from.push_back(std::move(found));
  }

  static std::string object_id(const std::string& kind, const std::string& name,
                               const std::string& key) {
    return kind + "/" + name + "/" + key;
  }

  // Flux rolls back (or uninstalls) when it may retry, or when it is told to.
  void remediation(const Value& document, const std::string& name) {
    const Value* found = values::find(document, "spec.upgrade.remediation");
    if (found == nullptr) {
      return;
    }
    const Value* retries = found->find("retries");
    const Value* last = found->find("remediateLastFailure");
    const bool retry = retries != nullptr && retries->truthy();
    const bool remediates = last != nullptr ? last->truthy() : retry;
    if (retry || remediates) {
      tell("flux-remediation", {name}, {{"name", name}}, *found);
    }
  }

  void value_files(const Value& list, const std::string& what) {
    std::vector<std::string> names;
    for (const Value& item : list.items()) {
      names.push_back(item.plain());
    }
    tell("more-sources", names, {{"what", what}, {"names", base::enumerate(names)}}, list);
  }

  // --- Argo CD

  void application(const Value& document, const Path& spec) {
    const std::string name = plain_at(document, "metadata.name");
    std::string in_namespace = plain_at(document, spec.join("destination.namespace"));
    const std::size_t first = m_contents.places.size();
    source(document, spec.key("source"), name, in_namespace);
    if (const Value* sources = values::find(document, spec.key("sources"));
        sources != nullptr && sources->is_list()) {
      for (std::size_t i = 0; i < sources->items().size(); ++i) {
        source(document, spec.key("sources").at(i), name, in_namespace);
      }
    }
    end_installation(first);
  }

  static std::optional<std::string> known(std::string text) {
    const bool is_template = text.find("{{") != std::string::npos;
    return text.empty() || is_template ? std::nullopt : std::optional(std::move(text));
  }

  void source(const Value& document, const Path& at, const std::string& name,
              const std::string& in_namespace) {
    const Value* source = values::find(document, at);
    if (source == nullptr || !source->is_map()) {
      return;
    }
    const Value* helm = source->find("helm");
    const Value* text = helm == nullptr ? nullptr : helm->find("values");
    const Value* object = helm == nullptr ? nullptr : helm->find("valuesObject");
    std::optional<Value> inner;
    if (text != nullptr && text->is_text()) {
      inner = parsed(text->as_text());
    }
    const std::string chart = plain_at(*source, "chart");
    if (!may_be_camunda(chart, object != nullptr ? object : inner ? &*inner : nullptr)) {
      return;
    }
    std::string release = plain_at(*source, "helm.releaseName");
    release = release.empty() ? name : release;
    // Argo CD takes valuesObject and ignores values when both are there.
    if (object != nullptr && object->is_map()) {
      add_map(at.join("helm.valuesObject"), known(release), known(in_namespace));
    } else if (text != nullptr && text->is_text()) {
      add_map(at.join("helm.values"), known(release), known(in_namespace));
      m_contents.places.back().is_text = true;
    } else if (!chart.empty()) {
      tell("no-values-yet", {name}, {{"what", "Application " + name}, {"key", "helm.valuesObject"}},
           *source);
    }
    if (helm != nullptr) {
      parameters(*helm, at.key("helm"), name);
    }
    if (!m_contents.places.empty()) {
      m_contents.places.back().application = name;
    }
    if (!chart.empty()) {
      add_version(document, at.key("targetRevision"));
    }
    if (const Value* files = helm == nullptr ? nullptr : helm->find("valueFiles");
        files != nullptr && !files->is_leaf()) {
      value_files(*files, "Application " + name);
    }
  }

  // What --set and --set-file would be: they win over the values before them.
  void parameters(const Value& helm, const Path& at, const std::string& name) {
    if (const Value* list = helm.find("parameters"); list != nullptr && list->is_list()) {
      const std::vector<std::string> refused = read_parameters(*list).refused;
      if (!refused.empty()) {
        tell("argo-cd-parameters", refused, {{"name", name}, {"names", base::enumerate(refused)}},
             *list);
      }
      if (!list->is_leaf()) {
        add_map(at.key("parameters"), std::nullopt, std::nullopt);
        m_contents.places.back().is_parameters = true;
      }
    }
    if (const Value* list = helm.find("fileParameters"); list != nullptr && !list->is_leaf()) {
      std::vector<std::string> names;
      for (const Value& item : list->items()) {
        names.push_back(plain_at(item, "name"));
      }
      tell("argo-cd-file-parameters", names, {{"name", name}, {"names", base::enumerate(names)}},
           *list);
    }
  }

  // --- a values file in a ConfigMap or a Secret

  void text_entries(const Value& document, bool is_secret) {
    for (const char* field : {"data", "stringData"}) {
      const Value* entries = document.find(field);
      if (entries == nullptr || !entries->is_map()) {
        continue;
      }
      const bool encoded = is_secret && std::string_view(field) == "data";
      for (const auto& [key, value] : entries->entries()) {
        std::optional<std::string> text = !value.is_text() ? std::nullopt
                                          : encoded        ? base::decode_base64(value.as_text())
                                                           : std::optional(value.as_text());
        const std::optional<Value> inner = text ? parsed(*text) : std::nullopt;
        if (inner && looks_like_camunda(*inner)) {
          Place place;
          place.document = m_number;
          place.path = Path().key(field).key(key);
          place.is_text = true;
          place.is_base64 = encoded;
          place.object =
              object_id(plain_at(document, "kind"), plain_at(document, "metadata.name"), key);
          m_contents.places.push_back(std::move(place));
        }
      }
    }
  }

  // --- helmfile

  void helmfile(const Value& document) {
    const Value* releases = document.find("releases");
    if (!releases->is_list()) {
      return;
    }
    for (std::size_t i = 0; i < releases->items().size(); ++i) {
      const Value& release = releases->items()[i];
      const Path at = Path("releases").at(i);
      const Value* values = release.find("values");
      if (!is_camunda_chart(plain_at(release, "chart"))) {
        continue;
      }
      const std::size_t first = m_contents.places.size();
      std::vector<std::string> files;
      for (std::size_t n = 0; values != nullptr && n < values->items().size(); ++n) {
        const Value& item = values->items()[n];
        if (item.is_map()) {
          add_map(at.key("values").at(n), known(plain_at(release, "name")),
                  known(plain_at(release, "namespace")));
        } else if (item.is_text()) {
          files.push_back(item.as_text());
        }
      }
      end_installation(first);
      if (!files.empty()) {
        tell("helmfile-files", files,
             {{"name", plain_at(release, "name")},
              {"names", base::enumerate(files)},
              {"words", base::join(files, " ")}},
             *values);
      }
      add_version(document, at.key("version"));
    }
  }

  // --- Chart.yaml of an umbrella chart

  void chart(const Value& document) {
    const Value* list = document.find("dependencies");
    for (std::size_t i = 0; list != nullptr && i < list->items().size(); ++i) {
      if (is_camunda_chart(plain_at(list->items()[i], "name"))) {
        add_version(document, Path("dependencies").at(i).key("version"));
      }
    }
  }

  std::string m_file;
  std::size_t m_number = 0;
  Contents m_contents;
};

}  // namespace

bool is_container(const std::vector<Value>& documents) {
  return std::any_of(documents.begin(), documents.end(), [](const Value& document) {
    const bool manifest = document.find("apiVersion") != nullptr &&
                          (document.find("kind") != nullptr || document.find("name") != nullptr);
    const Value* releases = document.find("releases");
    const bool helmfile = releases != nullptr && releases->is_list() &&
                          std::any_of(releases->items().begin(), releases->items().end(),
                                      [](const Value& item) { return item.find("chart"); });
    return manifest || helmfile;
  });
}

Contents look_into(const std::vector<Value>& documents, const std::string& file) {
  Looker looker(file);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    looker.look(documents[i], i);
  }
  return looker.take();
}

bool looks_like_camunda(const Value& values) {
  const rules::Catalogue& catalogue = rules::catalogue_8_7_to_8_8();
  std::size_t known = 0;
  std::size_t all = 0;
  values::for_each_leaf(values, [&](const Path& path, const Value&) {
    if (path.size() < 2) {
      ++all;
      return;
    }
    ++all;
    const rules::Rule* rule = catalogue.rule_for(path);
    known +=
        (rule != nullptr && rule->open) || catalogue.old_knows(path) || catalogue.new_knows(path)
            ? 1
            : 0;
  });
  return known > 0 && known * 2 >= all;
}

std::string alias_in(const Value& chart) {
  const Value* list = chart.find("dependencies");
  for (std::size_t i = 0; list != nullptr && i < list->items().size(); ++i) {
    const Value& dependency = list->items()[i];
    if (is_camunda_chart(plain_at(dependency, "name"))) {
      const std::string alias = plain_at(dependency, "alias");
      return alias.empty() ? std::string(k_chart) : alias;
    }
  }
  return {};
}

}  // namespace convert
