// --mode compat: what the compatibility layer of chart 13.x carries truly goes back to where the
// user had it, and the layer is switched on. Everything else stays translated.
#pragma once

namespace rules {
class Translation;
}

namespace decisions {

// Runs last, on the finished translation, and only in Mode::compat. A setting goes back when the
// layer would put the same value into the same place (chart 13.x z_compatibility_helpers.tpl, the
// same file in 13.2.0 to 13.12.7), so that both modes render the same deployment. Where the layer
// itself would change the deployment it stays off, and that is told.
void decide_compat(rules::Translation&);

}  // namespace decisions
