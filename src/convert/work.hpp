// Files on their way, while they are converted. Of this room only.
#pragma once

#include "convert/places.hpp"
#include "convert/slot.hpp"
#include "text/source.hpp"
#include "values/value.hpp"
#include "yaml/layout.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace convert {

// One file on its way.
struct Work {
  const text::Source* source = nullptr;
  std::optional<yaml::Tree> tree;            // of a file that is no container
  std::unique_ptr<yaml::Fragment> fragment;  // of a container
  std::vector<values::Value> documents;      // of a container, as they were
  Contents contents;
  std::vector<Slot> slots;
  std::vector<std::string> texts;     // by slot, as they become
  std::vector<values::Value> wanted;  // by slot
  bool is_translated = false;         // some of its values were of 8.7
};

}  // namespace convert
