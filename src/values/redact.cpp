#include "values/redact.hpp"

#include "base/strings.hpp"

#include <algorithm>

namespace values {
namespace {

bool names_reference(std::string_view key) {
  const std::string name = base::lower(key);
  return name == "key" || name.starts_with("existing") || name.ends_with("name") ||
         name.ends_with("keyref") || name.ends_with("ref");
}

// `license.key` names a secret, `secret.key` is the key within one.
bool is_secret_key(std::string_view key, std::string_view parent) {
  return key == "key" && parent != "secret" && base::names_secret(std::string(parent) + "-key");
}

void hide_all(Value& value) {
  if (value.is_text() && !value.as_text().empty()) {
    const Origin origin = value.origin;
    value = Value::text(std::string(base::k_hidden));
    value.origin = origin;
  }
  for (Value& item : value.items()) {
    hide_all(item);
  }
  for (auto& [key, child] : value.entries()) {
    hide_all(child);
  }
}

bool is_text(const Value* value, std::string_view text) {
  return value != nullptr && value->is_text() && value->as_text() == text;
}

void hide(const Path& at, Value& value);

void hide_in_map(const Path& at, Value& map) {
  const Value* name = map.find("name");
  const bool secret_variable =
      name != nullptr && name->is_text() && base::names_secret(name->as_text());
  const bool manifest = is_text(map.find("kind"), "Secret");
  for (auto& [key, child] : map.entries()) {
    const bool data = manifest && (key == "data" || key == "stringData");
    if (data || (secret_variable && key == "value")) {
      hide_all(child);
    } else {
      hide(at.key(key), child);
    }
  }
}

void hide_in_list(const Path& at, Value& list) {
  bool after_flag = false;
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    Value& item = list.items()[i];
    const bool flag =
        item.is_text() && item.as_text().starts_with('-') && base::names_secret(item.as_text());
    if (after_flag && item.is_text()) {
      hide_all(item);
    } else {
      hide(at.at(i), item);
    }
    after_flag = flag;
  }
}

void hide(const Path& at, Value& value) {
  if (value.is_leaf() && names_secret(at)) {
    hide_all(value);
  } else if (value.is_map()) {
    hide_in_map(at, value);
  } else if (value.is_list()) {
    hide_in_list(at, value);
  } else if (value.is_text()) {
    const Origin origin = value.origin;
    value = Value::text(base::hide_secrets(value.as_text()));
    value.origin = origin;
  }
}

}  // namespace

bool names_secret(const Path& path) {
  std::vector<std::string_view> keys;
  for (const Step& step : path.steps()) {
    if (!step.is_index()) {
      keys.push_back(step.key);
    }
  }
  if (keys.empty()) {
    return false;
  }
  const std::string_view parent = keys.size() > 1 ? keys[keys.size() - 2] : std::string_view();
  if (base::names_secret(keys.back()) || is_secret_key(keys.back(), parent)) {
    return true;
  }
  if (names_reference(keys.back())) {
    return false;
  }
  // A map `secret` holds references and switches besides the secret itself.
  return std::any_of(keys.begin(), keys.end() - 1, [](std::string_view key) {
    return key != "secret" && base::names_secret(key);
  });
}

Value redacted(const Path& at, Value value) {
  hide(at, value);
  return value;
}

}  // namespace values
