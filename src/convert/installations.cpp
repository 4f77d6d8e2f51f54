#include "convert/installations.hpp"

#include "base/strings.hpp"
#include "rules/finding.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace convert {
namespace {

class Finder {
 public:
  explicit Finder(std::vector<Work>& files) : m_files(files) {}

  std::vector<Installation> find() {
    claim_objects();
    std::vector<Installation> found(1);
    for (std::size_t file = 0; file < m_files.size(); ++file) {
      const Contents& contents = m_files[file].contents;
      for (std::size_t slot = 0; slot <= m_files[file].slots.size(); ++slot) {
        for (const ValuesFrom& release : contents.values_from) {
          if (!release.place && release.next_place == slot) {
            add_claimed(found.back(), release);
            found.back().release = &release;
            found.emplace_back();
          }
        }
        if (slot < m_files[file].slots.size()) {
          add_slot({file, slot}, found);
        }
      }
    }
    std::erase_if(found, [](const Installation& one) { return one.slots.empty(); });
    return found;
  }

 private:
  void add_slot(const SlotName& name, std::vector<Installation>& found) const {
    const Contents& contents = m_files[name.file].contents;
    if (contents.places.empty()) {
      found.back().slots.push_back(name);
      return;
    }
    const Place& place = contents.places[name.slot];
    if (m_claimed.contains(place.object)) {
      return;  // it comes with its HelmRelease
    }
    for (const ValuesFrom& release : contents.values_from) {
      if (release.place == name.slot) {
        add_claimed(found.back(), release);
      }
    }
    found.back().slots.push_back(name);
    if (place.is_last) {
      found.emplace_back();
    }
  }

  void add_claimed(Installation& installation, const ValuesFrom& release) const {
    for (const std::string& object : release.objects) {
      const auto claimed = m_claimed.find(object);
      if (claimed != m_claimed.end() && claimed->second.first == &release) {
        installation.slots.push_back(claimed->second.second);
      }
    }
  }

  // Which HelmRelease takes its values from which object in these files. The first one has it.
  void claim_objects() {
    std::map<std::string, SlotName> objects;
    for (std::size_t file = 0; file < m_files.size(); ++file) {
      const auto& places = m_files[file].contents.places;
      for (std::size_t slot = 0; slot < places.size(); ++slot) {
        if (!places[slot].object.empty()) {
          objects.emplace(places[slot].object, SlotName{file, slot});
        }
      }
    }
    for (Work& file : m_files) {
      for (const ValuesFrom& release : file.contents.values_from) {
        std::vector<std::string> missing;
        for (const std::string& object : release.objects) {
          const auto found = objects.find(object);
          const bool mine =
              found != objects.end() &&
              m_claimed.emplace(object, std::pair{&release, found->second}).first->second.first ==
                  &release;
          if (!mine) {
            missing.push_back(object);
          }
        }
        tell_missing(file, release, missing);
      }
    }
  }

  static void tell_missing(Work& file, const ValuesFrom& release,
                           const std::vector<std::string>& missing) {
    if (missing.empty()) {
      return;
    }
    text::Diagnostic told = rules::finding(
        "more-sources", missing,
        {{"what", "HelmRelease " + release.name}, {"names", base::enumerate(missing)}});
    told.location = release.location;
    file.contents.findings.push_back(std::move(told));
  }

  std::vector<Work>& m_files;
  std::map<std::string, std::pair<const ValuesFrom*, SlotName>> m_claimed;  // by object
};

}  // namespace

std::vector<Installation> installations_of(std::vector<Work>& files) {
  return Finder(files).find();
}

}  // namespace convert
