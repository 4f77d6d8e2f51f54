#include "convert/written.hpp"

#include "base/base64.hpp"
#include "base/failure.hpp"
#include "convert/parameters.hpp"
#include "rules/finding.hpp"
#include "values/yaml_reader.hpp"
#include "values/yaml_writer.hpp"

#include <map>
#include <utility>

namespace convert {
namespace {

using values::Value;

class Writer {
 public:
  Writer(const Work& file, const std::optional<std::string>& set_version, const base::Version& to,
         text::Sink& notes)
      : m_file(file), m_set_version(set_version), m_to(to), m_notes(notes) {}

  std::string write() {
    if (m_file.fragment == nullptr) {
      return m_file.texts.front();
    }
    std::map<std::size_t, std::pair<std::size_t, std::string>> changes;
    for (std::size_t i = 0; i < m_file.slots.size(); ++i) {
      const Slot& slot = m_file.slots[i];
      changes[slot.begin] = {slot.end, filled(*m_file.source, slot, m_file.texts[i])};
    }
    std::vector<Value> documents = m_file.documents;
    for (const VersionPlace& place : m_file.contents.versions) {
      set_version(place, documents, changes);
    }
    const std::string& bytes = m_file.source->bytes();
    std::string text;
    std::size_t at = 0;
    for (const auto& [begin, change] : changes) {
      text.append(bytes, at, begin - at).append(change.second);
      at = change.first;
    }
    text.append(bytes, at, std::string::npos);
    require_as_planned(std::move(documents), text);
    return text;
  }

 private:
  void set_version(const VersionPlace& place, std::vector<Value>& documents,
                   std::map<std::size_t, std::pair<std::size_t, std::string>>& changes) {
    Value& there = *values::find(documents[place.document], place.path);
    const std::string version = there.as_text();
    if (!m_set_version) {
      tell_version(there, version);
      return;
    }
    const yaml::Tree& tree = m_file.fragment->tree;
    const yaml::Node& node = tree.nodes[node_at(tree, tree.roots.at(place.document), place.path)];
    std::string text = *m_set_version;
    if (node.style == yaml::Style::double_quoted || node.style == yaml::Style::single_quoted) {
      const char quote = m_file.source->bytes()[node.content];
      text = quote + text + quote;
    } else {
      text = values::yaml_scalar(Value::text(text));
    }
    changes[node.content] = {node.span.end, std::move(text)};
    there = Value::text(*m_set_version);
  }

  void tell_version(const Value& there, const std::string& version) {
    const auto named = base::Version::parse(version);
    if (named && named->major >= m_to.major) {
      return;
    }
    text::Diagnostic told = rules::finding(
        "chart-version", {version},
        {{"file", m_file.source->name()}, {"version", version}, {"to", m_to.text()}});
    told.location = {m_file.source->name(), there.origin.line, there.origin.column};
    m_notes.push_back(std::move(told));
  }

  // What was written is read again: the places hold what the plan says, everything else what it
  // held before.
  void require_as_planned(std::vector<Value> documents, const std::string& text) const {
    std::vector<Value> found = values::read_stream(text::Source(m_file.source->name(), text));
    bool same = found.size() == documents.size();
    for (std::size_t i = 0; same && i < m_file.slots.size(); ++i) {
      const Place& place = m_file.contents.places[i];
      Value* before = values::find(documents[place.document], place.path);
      Value* after = values::find(found[place.document], place.path);
      if (after == nullptr) {
        same = false;
        break;
      }
      const Value held = place.is_parameters ? read_parameters(*after).values
                         : place.is_text     ? read_text(*after, place)
                                             : *after;
      same = held == m_file.wanted[i] || (held.is_leaf() && m_file.wanted[i].is_leaf());
      *before = Value();
      *after = Value();
    }
    if (!same || !(found == documents)) {
      throw base::InternalError(m_file.source->name() +
                                " reads differently after it was rewritten");
    }
  }

  static Value read_text(const Value& held, const Place& place) {
    const std::string text =
        place.is_base64 ? base::decode_base64(held.as_text()).value_or("") : held.as_text();
    return values::read_yaml(text::Source("values", text));
  }

  const Work& m_file;
  const std::optional<std::string>& m_set_version;
  const base::Version& m_to;
  text::Sink& m_notes;
};

}  // namespace

std::string written(const Work& file, const std::optional<std::string>& set_version,
                    const base::Version& to, text::Sink& notes) {
  return Writer(file, set_version, to, notes).write();
}

}  // namespace convert
