#include "convert/parameters.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "convert/layers.hpp"
#include "values/lookup.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <iterator>
#include <map>

namespace convert {
namespace {

using values::Path;
using values::plain_at;
using values::Value;

constexpr const char* k_force = "forceString";

// A name as Helm reads it, when it addresses keys of maps only.
std::optional<Path> path_of(const std::string& name) {
  if (name.find_first_of("=,{}") != std::string::npos) {
    return std::nullopt;
  }
  try {
    const Path path(name);
    const auto& steps = path.steps();
    const bool keys_only = std::none_of(steps.begin(), steps.end(), [](const values::Step& step) {
      return step.is_index() || step.key.empty();
    });
    return !steps.empty() && keys_only ? std::optional(path) : std::nullopt;
  } catch (const base::Failure&) {
    return std::nullopt;
  }
}

std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    i += text[i] == '\\' && i + 1 < text.size() ? 1 : 0;
    plain += text[i];
  }
  return plain;
}

// What --set makes of a word: only whole numbers are numbers.
Value typed(const std::string& word, bool forced) {
  if (forced) {
    return Value::text(unescaped(word));
  }
  const std::string small = base::lower(word);
  if (small == "true" || small == "false") {
    return Value::boolean(small == "true");
  }
  if (small == "null") {
    return {};
  }
  std::int64_t number = 0;
  const char* begin = word.data() + (word.starts_with('+') ? 1 : 0);
  const char* end = word.data() + word.size();
  const auto read = std::from_chars(begin, end, number);
  const bool is_number = !word.empty() && read.ec == std::errc() && read.ptr == end;
  return is_number && (word == "0" || word.front() != '0') ? Value::integer(number)
                                                           : Value::text(unescaped(word));
}

bool is_braced(const std::string& word) {
  return word.size() >= 2 && word.front() == '{' && word.back() == '}';
}

// A placeholder of an ApplicationSet is a text, whatever stands for it later.
bool is_template(const std::string& word) {
  return word.find("{{") != std::string::npos;
}

// Argo CD escapes commas, except in "{a,b}".
Value value_of(const std::string& word, bool forced) {
  if (is_template(word)) {
    return Value::text(word);
  }
  if (!is_braced(word)) {
    return typed(word, forced);
  }
  Value list = Value::list();
  std::string item;
  const std::string inside = word.substr(1, word.size() - 2);
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == ',') {
      list.items().push_back(typed(item, forced));
      item.clear();
      continue;
    }
    item += inside[i];
    if (inside[i] == '\\' && i + 1 < inside.size()) {
      item += inside[++i];
    }
  }
  list.items().push_back(typed(item, forced));
  return list;
}

Value value_of(const Value& item) {
  const Value* forced = item.find(k_force);
  Value value = value_of(plain_at(item, "value"), forced != nullptr && forced->truthy());
  const Value* place = item.find("value");
  values::set_origin(value, place != nullptr ? place->origin : item.origin);
  return value;
}

// The word for a value; nothing when --set cannot say it.
std::optional<std::string> word_of(const Value& value, bool in_list = false) {
  switch (value.kind()) {
    case values::Kind::null:
      return "null";
    case values::Kind::boolean:
    case values::Kind::integer:
      return value.plain();
    case values::Kind::number: {
      const std::string word = value.plain();
      return typed(word, false) == value ? std::optional(word) : std::nullopt;
    }
    case values::Kind::text: {
      const std::string& text = value.as_text();
      if (is_template(text) && !in_list) {
        return text;
      }
      if (text.find_first_of(in_list ? "{}" : "") != std::string::npos || text.starts_with('{') ||
          text.starts_with(',')) {
        return std::nullopt;
      }
      std::string word;
      for (const char c : text) {
        word += c == '\\' || (in_list && c == ',') ? "\\" : "";
        word += c;
      }
      return word;
    }
    case values::Kind::list:
    case values::Kind::map:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<std::string> list_word(const Value& list) {
  std::string words;
  if (list.is_leaf()) {
    return std::nullopt;  // "{}" is a list with an empty text
  }
  for (const Value& item : list.items()) {
    const std::optional<std::string> word = word_of(item, true);
    if (!word) {
      return std::nullopt;
    }
    words += (words.empty() ? "" : ",") + *word;
  }
  return "{" + words + "}";
}

// Makes the item hold the value. False when a parameter cannot.
bool hold(Value& item, const Value& value) {
  const std::optional<std::string> word = value.is_list() ? list_word(value) : word_of(value);
  if (!word) {
    return false;
  }
  for (const bool forced : {false, true}) {
    if (value_of(*word, forced) == value) {
      const values::Origin origin = item["value"].origin;
      item["value"] = Value::text(*word);
      item["value"].origin = origin;
      if (forced) {
        item[k_force] = Value::boolean(true);
      } else {
        item.erase(k_force);
      }
      return true;
    }
  }
  return false;
}

// Those that count, by the path that they set: of two with one name the last.
std::map<Path, std::size_t> counting(const std::vector<Value>& items) {
  std::map<Path, std::size_t> found;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (const std::optional<Path> path = path_of(plain_at(items[i], "name"))) {
      found.insert_or_assign(*path, i);
    }
  }
  return found;
}

class Writer {
 public:
  Writer(const Value& list, const std::vector<rules::Fate>& fates, int layer)
      : m_items(list.items()),
        m_kept(m_items.begin(), m_items.end()),
        m_by_path(counting(m_items)),
        m_fates(fates),
        m_layer(layer) {
    for (const auto& [path, item] : m_by_path) {
      m_kept[item].reset();
    }
  }

  WrittenParameters write(const Value& wanted) {
    for_each_unit(wanted, {}, [&](const Path& path, const Value& value) {
      if (!path.empty()) {
        write(path, value);
      }
    });
    WrittenParameters written{Value::list(), std::move(m_refused)};
    for (std::optional<Value>& item : m_kept) {
      if (item) {
        written.list.items().push_back(std::move(*item));
      }
    }
    std::move(m_new.begin(), m_new.end(), std::back_inserter(written.list.items()));
    return written;
  }

 private:
  void write(const Path& path, const Value& value) {
    const std::string name = path.text();
    if (!path_of(name)) {
      m_refused.push_back(path);
      return;
    }
    const std::optional<std::size_t> old = source_of(path, value);
    Value item = old ? m_items[*old] : Value::map({{"name", Value::text(name)}});
    if (old && path_of(plain_at(item, "name")) != path) {
      const values::Origin origin = item["name"].origin;
      item["name"] = Value::text(name);
      item["name"].origin = origin;
    }
    if ((!old || !(value_of(item) == value)) && !hold(item, value)) {
      m_refused.push_back(path);
      return;
    }
    if (old) {
      m_kept[*old] = std::move(item);
    } else {
      m_new.push_back(std::move(item));
    }
  }

  // The parameter that has become this value: the same name, the same place, or as the fates tell.
  std::optional<std::size_t> source_of(const Path& path, const Value& value) const {
    const auto same = m_by_path.find(path);
    if (same != m_by_path.end() && !m_kept[same->second]) {
      return same->second;
    }
    std::optional<std::size_t> told;
    for (const auto& [old, item] : m_by_path) {
      if (m_kept[item] || stays(old)) {
        continue;
      }
      if (value.origin.source >= 0 && value.origin == value_of(m_items[item]).origin) {
        return item;
      }
      told = !told && went_to(old, path) ? std::optional(item) : told;
    }
    return told;
  }

  bool stays(const Path& old) const { return went_to(old, old); }

  bool went_to(const Path& old, const Path& path) const {
    return std::any_of(m_fates.begin(), m_fates.end(), [&](const rules::Fate& fate) {
      return fate.origin.source == m_layer && fate.path.starts_with(old) &&
             std::any_of(fate.to.begin(), fate.to.end(),
                         [&](const Path& to) { return to.starts_with(path); });
    });
  }

  const std::vector<Value>& m_items;
  std::vector<std::optional<Value>> m_kept;  // by old item
  std::map<Path, std::size_t> m_by_path;     // those that count
  std::vector<Value> m_new;
  std::vector<Path> m_refused;
  const std::vector<rules::Fate>& m_fates;
  int m_layer;
};

}  // namespace

Parameters read_parameters(const Value& list) {
  Parameters read;
  read.values = Value::map();
  const std::map<Path, std::size_t> known = counting(list.items());
  std::vector<bool> counts(list.items().size(), false);
  for (const auto& [path, item] : known) {
    counts[item] = true;
  }
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    const Value& item = list.items()[i];
    const std::string name = plain_at(item, "name");
    if (counts[i]) {
      values::reach(read.values, *path_of(name)) = value_of(item);
    } else {
      read.refused.push_back(name);
    }
  }
  return read;
}

WrittenParameters write_parameters(const Value& list, const Value& wanted,
                                   const std::vector<rules::Fate>& fates, int layer) {
  return Writer(list, fates, layer).write(wanted);
}

}  // namespace convert
