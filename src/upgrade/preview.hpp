// `helm c8upgrade plan`: everything the main job does but the hand-over, and what would come of it.
#pragma once

#include "helm/command_line.hpp"
#include "upgrade/console.hpp"
#include "upgrade/difference.hpp"
#include "upgrade/outlook.hpp"
#include "upgrade/prepare.hpp"

#include <vector>

namespace upgrade {

struct Preview {
  Prepared prepared;
  std::vector<ObjectChange> changes;  // point into `prepared`: a Preview is moved, never copied
  std::vector<Highlight> highlights;

  Preview() = default;
  Preview(Preview&&) = default;
  Preview& operator=(Preview&&) = default;
  Preview(const Preview&) = delete;
  Preview& operator=(const Preview&) = delete;
  ~Preview() = default;

  // An error among the findings, or a manifest that Helm could not render.
  bool stopped() const;
  // Helm or we ourselves would write something.
  bool something_to_do() const;
};

// Changes nothing. Throws base::Failure as prepare() does; errors among the findings are in the
// result.
Preview preview(const helm::CommandLine&, Console&);

}  // namespace upgrade
