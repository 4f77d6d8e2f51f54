// The steps of the decision "storage".
#pragma once

namespace rules {
class Translation;
}

namespace decisions {

void decide_elasticsearch_url(rules::Translation&);
void decide_exporters(rules::Translation&);
void decide_secondary_storage(rules::Translation&);
void decide_retention(rules::Translation&);
// What can be judged only when every other decision has written its part: exporters beside the
// migration, prefixes beside those that came from the environment.
void check_storage(rules::Translation&);

}  // namespace decisions
