// The translator: renders the words of the running Helm once more, with translated values.
#pragma once

#include "kube/client.hpp"
#include "postrender/words.hpp"
#include "upgrade/console.hpp"
#include "upgrade/prepare.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace postrender {

struct Translated {
  upgrade::Prepared prepared;
  std::string stream;      // for Helm; empty when it could not be rendered (prepared says why)
  bool unchanged = false;  // the translation made no difference: what was received can pass
};

// Everything that the main job does before its last step. Throws Doubt when the words do not give
// `received`, or when what they say cannot be read; base::Failure as upgrade::prepare() does.
Translated translate(const HelmWords&, std::string_view received, const kube::Client&,
                     upgrade::Console&);

// The parts of it, for a `helm template` that knows no cluster.
void require_same(const HelmWords&, std::string_view received);
// With `value_words` in the place of those that the words name.
std::string render_with(const HelmWords&, const std::vector<std::string>& value_words);

}  // namespace postrender
