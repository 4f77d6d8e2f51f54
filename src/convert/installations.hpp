// Which values belong to one installation of Camunda: plain files in their order, a HelmRelease
// with the objects that it takes values from, an Application, a release of a helmfile.
#pragma once

#include "convert/work.hpp"

#include <cstddef>
#include <vector>

namespace convert {

// A slot by its file and number.
struct SlotName {
  std::size_t file = 0;
  std::size_t slot = 0;
};

struct Installation {
  std::vector<SlotName> slots;          // in Helm's order
  const ValuesFrom* release = nullptr;  // a HelmRelease without values of its own
};

// In the order of the files; they outlive the answer. An object that several HelmReleases name goes
// with the first. What a HelmRelease names and no file holds is added to its file's findings.
std::vector<Installation> installations_of(std::vector<Work>& files);

}  // namespace convert
