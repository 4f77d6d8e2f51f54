#include "decisions/storage.hpp"

#include "base/version.hpp"
#include "decisions/storage_parts.hpp"
#include "rules/translation.hpp"

#include <optional>

namespace decisions {
namespace {

using rules::Translation;

void tell_old_elasticsearch(Translation& t) {
  const values::Path tag = "elasticsearch.image.tag";
  if (t.user(tag) == nullptr || !t.on("elasticsearch.enabled")) {
    return;
  }
  std::string text = t.text(tag);
  text = text.substr(0, text.find('-'));
  const auto version = base::Version::parse(text);
  if (version && *version < base::Version{8, 16, 0, {}}) {
    t.tell("elasticsearch-too-old", {{tag.text()}, {}, tag, {}});
  }
}

// 8.7's chart told only Optimize; the brokers' exporter wrote to its own default.
void tell_opensearch_prefix(Translation& t) {
  const values::Path prefix = "global.opensearch.prefix";
  const std::string text = t.text(prefix);
  if (!t.on("global.opensearch.enabled") || !t.on("zeebe.enabled") || text.empty() ||
      text == "zeebe-record") {
    return;
  }
  const values::Value env = t.effective("zeebe.env");
  for (const auto& variable : env.items()) {
    const auto* name = variable.find("name");
    if (name != nullptr && name->plain() == "ZEEBE_BROKER_EXPORTERS_OPENSEARCH_ARGS_INDEX_PREFIX") {
      return;
    }
  }
  t.tell("opensearch-prefix", {{prefix.text()}, {}, prefix, {}});
}

// Charts before 13.3.0 know no password of the truststore.
void tell_truststore(Translation& t) {
  for (const values::Path jks : {"global.elasticsearch.tls.jks", "global.opensearch.tls.jks"}) {
    if (t.user(jks) != nullptr && t.request().to < base::Version{13, 3, 0, {}}) {
      t.tell("truststore-password", {{jks.text()}, {}, jks, {}});
    }
  }
}

}  // namespace

void decide_storage(Translation& t) {
  decide_elasticsearch_url(t);
  decide_exporters(t);
  decide_secondary_storage(t);
  decide_retention(t);
  tell_old_elasticsearch(t);
  tell_opensearch_prefix(t);
  tell_truststore(t);
}

}  // namespace decisions
