#include "rules/finding.hpp"

#include "base/failure.hpp"
#include "rules/catalogue.hpp"

#include <algorithm>

namespace rules {
namespace {

std::string fill(std::string_view rule, std::string_view sentence, const Gaps& gaps) {
  std::string text;
  std::size_t at = 0;
  while (at < sentence.size()) {
    const std::size_t open = sentence.find('{', at);
    const std::size_t close = open == std::string_view::npos ? open : sentence.find('}', open);
    if (close == std::string_view::npos) {
      break;
    }
    text += sentence.substr(at, open - at);
    const std::string_view name = sentence.substr(open + 1, close - open - 1);
    const auto gap = std::find_if(gaps.begin(), gaps.end(),
                                  [&](const auto& entry) { return entry.first == name; });
    if (gap == gaps.end()) {
      throw base::InternalError("finding '" + std::string(rule) + "' leaves {" + std::string(name) +
                                "} open");
    }
    text += gap->second;
    at = close + 1;
  }
  return text += sentence.substr(at);
}

}  // namespace

text::Diagnostic finding(std::string_view id, std::vector<std::string> subjects, const Gaps& gaps) {
  const Rule* rule = catalogue_8_7_to_8_8().find(id);
  if (rule == nullptr) {
    throw base::InternalError("the catalogue has no rule '" + std::string(id) + "'");
  }
  text::Diagnostic told;
  told.rule = id;
  told.severity = rule->severity;
  told.subjects = std::move(subjects);
  told.message = fill(id, rule->message, gaps);
  told.next = fill(id, rule->next, gaps);
  told.source = rule->source;
  return told;
}

}  // namespace rules
