// The little of Go's templates that values use: names of the release and references to values.
#pragma once

#include <optional>
#include <string>

namespace rules {
class Translation;
}

namespace decisions {

// The text with every "{{ .Release.Name }}", "{{ .Release.Namespace }}" and "{{ .Values.a.b }}" put
// in as 8.7 did. Nothing when the text holds anything else between braces.
std::optional<std::string> render_simple(const rules::Translation&, const std::string& text);

}  // namespace decisions
