#include "upgrade/accept.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "rules/catalogue.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>

namespace upgrade {

void require_known_rules(const std::vector<std::string>& accepted) {
  const rules::Catalogue& catalogue = rules::catalogue_8_7_to_8_8();
  for (const std::string& id : accepted) {
    if (catalogue.find(id) != nullptr) {
      continue;
    }
    std::vector<std::string_view> ids;
    for (const rules::Rule& rule : catalogue.rules) {
      ids.push_back(rule.id);
    }
    const std::string_view near = base::nearest_word(id, ids);
    throw base::Failure(fmt::format("--accept {}: there is no such rule", id),
                        near.empty() ? std::string("The id stands in brackets behind a finding.")
                                     : fmt::format("Did you mean --accept {}?", near));
  }
}

void accept(text::Sink& findings, const std::vector<std::string>& accepted) {
  for (text::Diagnostic& one : findings) {
    if (one.severity == text::Severity::error &&
        std::find(accepted.begin(), accepted.end(), one.rule) != accepted.end()) {
      one.severity = text::Severity::warning;
      one.message += " (accepted)";
    }
  }
}

void stop_at_errors(const text::Sink& findings) {
  std::size_t count = 0;
  std::string accepting;
  for (const text::Diagnostic& one : findings) {
    if (one.severity != text::Severity::error) {
      continue;
    }
    ++count;
    const std::string word = " --accept " + one.rule;
    if (!base::contains(accepting + " ", word + " ")) {
      accepting += word;
    }
  }
  if (count == 0) {
    return;
  }
  throw base::Failure(fmt::format("stopped by {} {}; nothing has been changed", count,
                                  count == 1 ? "error" : "errors"),
                      fmt::format("Do what {} and run it again, or take the risk with{}",
                                  count == 1 ? "it says" : "they say", accepting),
                      3);
}

}  // namespace upgrade
