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
// Exporters beside the migration: judged when every other decision has written its part.
void check_storage(rules::Translation&);

}  // namespace decisions
