// Builds a map entry by entry without searching it for every key.
#pragma once

#include "values/value.hpp"

#include <string>
#include <unordered_map>
#include <utility>

namespace values {

class MapBuilder {
 public:
  // Adds an entry, or replaces the value of the same key: then returns true and gives the origin of
  // the value that was there.
  bool set(const std::string& key, Value value, Origin* replaced = nullptr) {
    std::vector<Value::Entry>& entries = m_map.entries();
    const std::size_t at = find(key);
    if (at == entries.size()) {
      entries.emplace_back(key, std::move(value));
      if (!m_index.empty()) {
        m_index.emplace(key, at);
      }
      return false;
    }
    if (replaced != nullptr) {
      *replaced = entries[at].second.origin;
    }
    entries[at].second = std::move(value);
    return true;
  }

  const Value& map() const { return m_map; }
  Value take() { return std::move(m_map); }

 private:
  // Up to this many entries a search is faster than an index.
  static constexpr std::size_t k_searched = 16;

  std::size_t find(const std::string& key) {
    const std::vector<Value::Entry>& entries = m_map.entries();
    if (entries.size() < k_searched) {
      std::size_t at = 0;
      while (at < entries.size() && entries[at].first != key) {
        ++at;
      }
      return at;
    }
    if (m_index.empty()) {
      for (std::size_t i = 0; i < entries.size(); ++i) {
        m_index.emplace(entries[i].first, i);
      }
    }
    const auto found = m_index.find(key);
    return found == m_index.end() ? entries.size() : found->second;
  }

  Value m_map = Value::map();
  std::unordered_map<std::string, std::size_t> m_index;
};

}  // namespace values
