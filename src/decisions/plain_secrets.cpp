#include "decisions/plain_secrets.hpp"

#include "base/strings.hpp"
#include "rules/catalogue.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace decisions {
namespace {

using rules::FateKind;
using rules::PlainSecret;
using rules::SecretNaming;
using values::Path;
using values::Value;

// The text of a password, or "" when there is none.
std::string text_at(const Value& values, const Path& path) {
  const Value* found = values::find(values, path);
  const bool is_text = found != nullptr && (found->is_text() || found->is_number());
  return is_text ? found->plain() : std::string();
}

// A key of a Secret: the path without what only says that a text follows.
std::string key_of(const PlainSecret& row) {
  for (const std::string_view end : {".secret.inlineSecret", ".existingSecret"}) {
    if (row.plain.ends_with(end)) {
      return std::string(row.plain.substr(0, row.plain.size() - end.size()));
    }
  }
  return std::string(row.plain);
}

class Extractor {
 public:
  Extractor(const Value& values, const Path& under, bool old_structure, const std::string& secret)
      : m_values(values), m_under(under), m_old(old_structure), m_secret(secret) {
    m_out.values = values;
  }

  Extraction take() {
    for (const PlainSecret& row : rules::catalogue_8_7_to_8_8().plain_secrets) {
      consider(row);
    }
    add_fates();
    return std::move(m_out);
  }

 private:
  void consider(const PlainSecret& row) {
    const Path plain = m_under.join(Path(row.plain));
    const std::string text = text_at(m_values, plain);
    if (text.empty() || (row.naming == SecretNaming::old_map && !m_old)) {
      return;
    }
    if (base::contains(text, "{{")) {
      leave(plain, "it is a template");
      return;
    }
    if (row.naming != SecretNaming::old_map && names_one(m_under.join(Path(row.secret)))) {
      leave(plain, fmt::format("a Secret is named beside it ({})", row.secret));
      return;
    }
    if (!row.together.empty() && text_at(m_values, m_under.join(Path(row.together))).empty()) {
      leave(plain, fmt::format("the chart makes {} and keeps both in one Secret", row.together));
      return;
    }
    take(row, plain, text);
  }

  bool names_one(const Path& secret) const {
    const Value* found = values::find(m_values, secret);
    return found != nullptr && found->truthy() && !(found->is_map() && found->entries().empty());
  }

  void leave(const Path& path, std::string reason) {
    m_out.left.push_back({path, std::move(reason)});
  }

  void take(const PlainSecret& row, const Path& plain, const std::string& text) {
    const std::string key = key_of(row);
    const Path secret = m_under.join(Path(row.secret));
    const Path name = row.naming == SecretNaming::name ? secret : secret.key("name");
    if (row.naming != SecretNaming::old_map) {
      values::erase(m_out.values, plain);
    }
    put(name, m_secret);
    put(m_under.join(Path(row.key)), key);
    m_out.data[key] = text;
    m_out.taken.push_back({plain, key});
    m_moved[plain] = name;
  }

  void put(const Path& path, const std::string& text) {
    values::reach(m_out.values, path) = Value::text(text);
  }

  void add_fates() {
    values::for_each_leaf(m_values, [&](const Path& path, const Value& value) {
      const auto moved = m_moved.find(path);
      const bool went = moved != m_moved.end();
      m_out.fates.push_back({path,
                             value.origin,
                             went ? FateKind::converted : FateKind::kept,
                             {went ? moved->second : path},
                             "plain-text-in-pods"});
    });
  }

  const Value& m_values;
  const Path& m_under;
  const bool m_old;
  const std::string& m_secret;
  std::map<Path, Path> m_moved;
  Extraction m_out;
};

}  // namespace

Extraction extract_secrets(const Value& values, const Path& under, bool old_structure,
                           const std::string& secret) {
  return Extractor(values, under, old_structure, secret).take();
}

}  // namespace decisions
