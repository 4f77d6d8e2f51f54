// Lossless editing of one YAML document: what nobody touched stays as it is, byte for byte, with
// comments, order, quoting and line ends. See yaml/layout.hpp for which comment moves with what.
//
// The root must be a block mapping. Entries of compact items ("- name: x") and of flow collections
// are not addressed one by one.
#pragma once

#include "yaml/layout.hpp"

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace yaml {

// A key of a mapping, or the index of a sequence's item.
struct Step {
  Step(std::string_view name) : key(name) {}    // NOLINT: places read best as literals
  Step(const char* name) : key(name) {}         // NOLINT
  Step(const std::string& name) : key(name) {}  // NOLINT
  static Step item(std::size_t position) {
    Step step("");
    step.index = position;
    return step;
  }

  std::string key;
  std::size_t index = k_npos;
};
using Place = std::vector<Step>;

// An edit that cannot be made; the document is unchanged.
struct EditError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Document {
 public:
  enum class OnConflict { keep_target, keep_source, fail };

  // Throws ParseError, or EditError when it is not one document with a block mapping.
  explicit Document(std::string text);
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  std::string text();
  bool has(const Place& place) const;

  // Keys are given as Helm reads them and are quoted where they need it.
  void rename(const Place& place, std::string_view new_key);
  // `scalar` is given as it stands in a file.
  void set(const Place& place, std::string_view scalar);
  // A mapping that loses its last entry goes too, here and in move(); a sequence becomes [].
  void remove(const Place& place);
  // `to` names the new entry; mappings on the way are made.
  void move(const Place& from, const Place& to);
  // Entries and items are written for column 0 and are added behind the last one.
  void insert(const Place& map, std::string_view entries);
  void append(const Place& sequence, std::string_view items);
  // Moves the entries of a map into another one, map by map.
  void merge(const Place& from, const Place& into, OnConflict policy);

 private:
  struct Found {
    Body* body = nullptr;
    std::size_t index = 0;
    Item* item() const { return body == nullptr ? nullptr : body->items[index].get(); }
  };

  Found locate(const Place& place) const;
  Item& require(const Place& place) const;
  Body& body_at(const Place& place, bool is_sequence);
  std::unique_ptr<Item> detach(const Place& place);
  void splice(const Place& where, std::string_view lines, bool is_sequence);
  void prune(const Place& place);

  std::vector<std::unique_ptr<Fragment>> m_fragments;  // [0] is the file
  std::unique_ptr<Body> m_root;
  std::string_view m_line_break = "\n";
};

}  // namespace yaml
