// A diagnostic as people read it:
//
//     warning: operate had an Ingress of its own, 8.8 has none for it [separated-ingress]
//       values.yaml:41:3
//       41 |   ingress: {enabled: true}
//          |   ^^^^^^^
//       What to do next.
#pragma once

#include "text/diagnostic.hpp"
#include "text/source.hpp"

#include <string>
#include <string_view>

namespace text {

struct Look {
  bool colour = false;
  int indent = 0;  // of the first line; what follows is two deeper
};

// Ends with a newline. `source` is the text that the location is in, or nullptr when it is not at
// hand: then the line is not shown. A value whose key names a secret is never shown.
std::string render(const Diagnostic& diagnostic, const Source* source = nullptr, Look look = {});

// The place and the line with its caret: what render() shows between message and next step.
std::string excerpt(const Location& location, const Source* source, Look look = {});

// A line of the source with every secret in it replaced by "(hidden)": the value of a key that
// names one, lines of a block below such a key, the value of an environment variable with such a
// name, the password in a URL. Errs on the side of hiding.
std::string redacted_line(const Source& source, int line);

// "error", "warning", "note"
std::string_view name(Severity severity);

}  // namespace text
