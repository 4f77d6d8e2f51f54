#include "upgrade/secrets.hpp"

#include "base/strings.hpp"
#include "upgrade/findings.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace upgrade {
namespace {

using values::Value;

constexpr std::string_view k_policy = "helm.sh/resource-policy";

// Everything that one missing Secret or key stops, told once.
struct Lack {
  std::string rule;
  std::string kind;
  std::string name;
  std::string key;  // empty when the whole object is missing
  std::vector<std::string> needed_by;
  std::string there;  // the keys that are there
};

class Check {
 public:
  explicit Check(const SecretsQuestion& question)
      : m_question(question), m_operators(made_by_operators(question.after)) {}

  SecretsAnswer run() {
    for (const Reference& reference : references_of(m_question.after)) {
      look_at(reference);
    }
    for (const Lack& lack : m_lacks) {
      m_answer.findings.push_back(finding(lack.rule, {lack.name.empty() ? lack.key : lack.name},
                                          {{"kind", lack.kind},
                                           {"name", lack.name},
                                           {"key", lack.key},
                                           {"keys", lack.there},
                                           {"needed_by", base::enumerate(lack.needed_by)}}));
    }
    return std::move(m_answer);
  }

 private:
  void look_at(const Reference& need) {
    if (need.name.empty()) {
      lacks("secret-unnamed", need, "");
      return;
    }
    if (const Object* rendered = find(m_question.after, need.kind, need.name)) {
      if (!need.key.empty()) {
        require_key(need, keys_of(*rendered));
      }
      return;
    }
    const bool secret = need.kind == "Secret";
    const auto made = m_question.to_make.find(need.name);
    if (secret && made != m_question.to_make.end()) {
      look_at_made(need, made->second);
      return;
    }
    if (secret && m_operators.contains(need.name)) {
      return;
    }
    const Object* old = find(m_question.before, need.kind, need.name);
    if (m_question.live == nullptr) {
      // What is known is the release's own: Helm will delete it.
      if (old != nullptr && old->annotation(k_policy) != "keep") {
        doomed(need);
      }
      return;
    }
    const Holder* there = find(*m_question.live, need.kind, need.name);
    if (there == nullptr) {
      missing(need);
      return;
    }
    require_key(need, there->keys);
    if (old != nullptr && !there->kept) {
      doomed(need);
    }
  }

  void look_at_made(const Reference& need, const std::set<std::string>& keys) {
    const Holder* there =
        m_question.live == nullptr ? nullptr : find(*m_question.live, need.kind, need.name);
    if (there == nullptr) {
      m_answer.make.insert(need.name);
    }
    require_key(need, there == nullptr ? keys : there->keys);
  }

  void missing(const Reference& need) {
    if (need.kind == "Secret" &&
        find(*m_question.live, need.kind, copy_name(need.name)) != nullptr) {
      m_answer.use_copy.insert(need.name);
      return;
    }
    lacks(need.kind == "Secret" ? "secret-missing" : "config-map-missing", whole(need), "");
  }

  // Told once for an object, whatever keys of it are wanted.
  static Reference whole(Reference need) {
    need.key.clear();
    return need;
  }

  void doomed(const Reference& need) {
    if (need.kind != "Secret") {
      lacks("config-map-missing", whole(need), "");
      return;
    }
    if (m_question.mode == helm::SecretsMode::leave) {
      lacks("secret-left", whole(need), "");
      return;
    }
    const bool known = std::any_of(m_answer.rescues.begin(), m_answer.rescues.end(),
                                   [&](const Rescue& one) { return one.name == need.name; });
    if (!known) {
      m_answer.rescues.push_back({need.name, need.needed_by, need.key});
    }
  }

  void require_key(const Reference& need, const std::set<std::string>& keys) {
    if (!need.key.empty() && !keys.contains(need.key)) {
      lacks(need.kind == "Secret" ? "secret-key-missing" : "config-map-key-missing", need,
            fmt::format("{}", fmt::join(keys, ", ")));
    }
  }

  void lacks(const char* rule, const Reference& need, const std::string& there) {
    const auto same = [&](const Lack& lack) {
      return lack.rule == rule && lack.kind == need.kind && lack.name == need.name &&
             lack.key == need.key;
    };
    auto lack = std::find_if(m_lacks.begin(), m_lacks.end(), same);
    if (lack == m_lacks.end()) {
      m_lacks.push_back({rule, need.kind, need.name, need.key, {}, there});
      lack = m_lacks.end() - 1;
    }
    if (std::find(lack->needed_by.begin(), lack->needed_by.end(), need.needed_by) ==
        lack->needed_by.end()) {
      lack->needed_by.push_back(need.needed_by);
    }
  }

  const SecretsQuestion& m_question;
  std::set<std::string> m_operators;
  SecretsAnswer m_answer;
  std::vector<Lack> m_lacks;
};

std::string base64(std::string_view bytes) {
  static constexpr std::string_view k_letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = group << 8U | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      text += i + k > bytes.size() ? '=' : k_letters[group >> (18 - 6 * k) & 63U];
    }
  }
  return text;
}

// Data as the API server stores it: base64, stringData over data.
std::map<std::string, std::string> stored(const Object& secret) {
  std::map<std::string, std::string> data;
  if (const Value* encoded = secret.find("data")) {
    for (const auto& [key, value] : encoded->entries()) {
      data[key] = value.plain();
    }
  }
  if (const Value* plain = secret.find("stringData")) {
    for (const auto& [key, value] : plain->entries()) {
      data[key] = base64(value.plain());
    }
  }
  return data;
}

}  // namespace

const Holder* find(const Holders& holders, const std::string& kind, const std::string& name) {
  for (const Holder& holder : holders) {
    if (holder.kind == kind && holder.name == name) {
      return &holder;
    }
  }
  return nullptr;
}

SecretsAnswer check_secrets(const SecretsQuestion& question) {
  return Check(question).run();
}

std::string copy_name(const std::string& secret) {
  return secret + "-c8upgrade";
}

std::size_t rename_secret(Value& tree, const std::string& from, const std::string& to) {
  if (tree.is_text()) {
    if (tree.as_text() != from) {
      return 0;
    }
    const values::Origin origin = tree.origin;
    tree = Value::text(to);
    tree.origin = origin;
    return 1;
  }
  std::size_t count = 0;
  for (auto& [key, inner] : tree.entries()) {
    count += rename_secret(inner, from, to);
  }
  for (Value& item : tree.items()) {
    count += rename_secret(item, from, to);
  }
  return count;
}

text::Sink check_changed_secrets(const Objects& live, const Objects& after) {
  text::Sink findings;
  std::set<std::string> stateful;
  for (const Reference& reference : references_of(after)) {
    if (reference.needed_by.starts_with("StatefulSet ")) {
      stateful.insert(reference.name);
    }
  }
  for (const Object& secret : after) {
    const Object* there = secret.kind() == "Secret" ? find(live, "Secret", secret.name()) : nullptr;
    if (there == nullptr || !stateful.contains(secret.name())) {
      continue;
    }
    const auto now = stored(*there);
    std::vector<std::string> changed;
    for (const auto& [key, value] : stored(secret)) {
      const auto found = now.find(key);
      if (found != now.end() && found->second != value) {
        changed.push_back(key);
      }
    }
    if (!changed.empty()) {
      findings.push_back(finding("secret-value-changes", {secret.name()},
                                 {{"name", secret.name()}, {"keys", base::enumerate(changed)}}));
    }
  }
  return findings;
}

}  // namespace upgrade
