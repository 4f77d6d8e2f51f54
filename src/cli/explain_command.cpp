#include "cli/explain_command.hpp"

#include "base/failure.hpp"
#include "cli/explanation.hpp"
#include "cli/help.hpp"
#include "cli/streams.hpp"

#include <algorithm>

namespace cli {

int run_explain(const Words& words) {
  if (std::find(words.begin(), words.end(), "--help") != words.end()) {
    write_stdout(explain_help());
    return 0;
  }
  const rules::Catalogue& catalogue = rules::catalogue_8_7_to_8_8();
  if (words.empty()) {
    write_stdout(list_rules(catalogue));
    return 0;
  }
  std::string text;
  for (const std::string& word : words) {
    if (word.starts_with('-')) {
      throw base::Failure("explain has no flag " + word, "See helm c8upgrade explain --help.");
    }
    const auto found = explain(catalogue, word);
    if (!found) {
      const std::string_view near = nearest(catalogue, word);
      throw base::Failure("no rule, key or environment variable '" + word + "'",
                          near.empty() ? "helm c8upgrade explain lists the rules."
                                       : "Did you mean " + std::string(near) + "?");
    }
    text += (text.empty() ? "" : "\n") + *found;
  }
  write_stdout(text);
  return 0;
}

std::string explain_help() {
  return HelpPage()
      .paragraph(
          "Says where a key of 8.7 or an environment variable goes, why, and how that is known; "
          "or\n"
          "what a rule does whose id stands behind a finding. Alone it lists all rules.")
      .example("a key", "helm c8upgrade explain zeebe.clusterSize")
      .example("an environment variable", "helm c8upgrade explain ZEEBE_BROKER_DATA_SNAPSHOTPERIOD")
      .example("a rule, to know what --accept accepts", "helm c8upgrade explain env-ldap")
      .usage({"helm c8upgrade explain [KEY | RULE | VARIABLE]..."})
      .exit_codes("")
      .text();
}

}  // namespace cli
