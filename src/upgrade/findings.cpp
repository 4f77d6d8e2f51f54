#include "upgrade/findings.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace upgrade {

bool holds_errors(const text::Sink& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const text::Diagnostic& one) {
    return one.severity == text::Severity::error;
  });
}

void append(text::Sink& findings, text::Sink more) {
  std::move(more.begin(), more.end(), std::back_inserter(findings));
}

}  // namespace upgrade
