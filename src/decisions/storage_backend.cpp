#include "base/strings.hpp"
#include "decisions/addresses_parts.hpp"
#include "decisions/storage_parts.hpp"
#include "rules/translation.hpp"

#include <string>
#include <vector>

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

Path elasticsearch() {
  return "global.elasticsearch";
}

Path url_path() {
  return "global.elasticsearch.url";
}

struct Url {
  std::string protocol;
  std::string host;
  std::string port;
};

// As chart 12.x took it apart: user and path do not count.
Url parse(std::string text) {
  Url url;
  if (const auto at = text.find("://"); at != std::string::npos) {
    url.protocol = base::lower(text.substr(0, at));
    text = text.substr(at + 3);
  }
  text = text.substr(0, text.find_first_of("/?#"));
  if (const auto at = text.rfind('@'); at != std::string::npos) {
    text = text.substr(at + 1);
  }
  const auto colon = text.rfind(':');
  if (colon != std::string::npos && text.find('}', colon) == std::string::npos) {
    url.port = text.substr(colon + 1);
    text = text.substr(0, colon);
  }
  url.host = text;
  return url;
}

void put_part(Translation& t, const char* part, const std::string& text,
              const values::Origin& origin) {
  if (!text.empty()) {
    Value value = Value::text(text);
    value.origin = origin;
    t.put(url_path().key(part), value);
  }
}

// The parts that stand beside the url count where the url has none, and only then.
std::string beside(const Translation& t, const char* part) {
  return t.text(elasticsearch().key(part));
}

void convert(Translation& t, const Value& written) {
  Url url = written.is_text() ? parse(written.as_text()) : Url{};
  if (url.protocol.empty()) {
    url.protocol = beside(t, "protocol");
  }
  if (url.host.empty()) {
    url.host = beside(t, "host");
  }
  if (url.port.empty()) {
    // Chart 12.x made the host the port of a url without one, which no program understands.
    url.port = beside(t, "port");
    if (url.port.empty() && !url.host.empty()) {
      url.port = url.protocol == "https" ? "443" : "9200";
    }
  }
  put_part(t, "protocol", url.protocol, written.origin);
  put_part(t, "host", url.host, written.origin);
  put_part(t, "port", url.port, written.origin);
}

}  // namespace

void decide_elasticsearch_url(Translation& t) {
  const Value* url = t.user(url_path());
  const bool map = url == nullptr || (url->is_map() && url->truthy());
  if (map) {
    t.move(url_path(), url_path(), "elasticsearch-url");
  } else {
    convert(t, *url);
    t.claim(url_path(), FateKind::converted, {url_path()}, "elasticsearch-url");
  }
  for (const char* part : {"protocol", "host", "port"}) {
    const Path at = elasticsearch().key(part);
    const Value* value = t.user(at);
    const Value* used = t.result(url_path().key(part));
    if (!map && value != nullptr && used != nullptr && used->plain() == value->plain()) {
      t.claim(at, FateKind::moved, {url_path().key(part)}, "elasticsearch-url");
    } else {
      t.drop(at, "elasticsearch-url");  // the url had the word in 8.7 already
    }
  }
}

namespace {

void turn_off(Translation& t, const Path& at) {
  t.set(at, Value::boolean(false));
  t.claim(at, FateKind::converted, {at}, "no-secondary-storage");
}

}  // namespace

// Brokers without a storage were nothing special in 8.7.
void decide_secondary_storage(Translation& t) {
  if (!t.on("zeebe.enabled") || t.on("global.elasticsearch.enabled") ||
      t.on("global.opensearch.enabled") || t.result("global.noSecondaryStorage") != nullptr) {
    return;
  }
  const Path at = "global.elasticsearch.enabled";
  if (!t.on("global.identity.auth.enabled")) {
    t.tell("storage-for-basic", {{at.text(), "global.opensearch.enabled"}, {}, at, {}});
    return;
  }
  t.set("global.noSecondaryStorage", Value::boolean(true));
  std::vector<std::string> subjects = {at.text()};
  for (const char* reader : {"operate", "tasklist", "optimize"}) {
    if (t.on(Path(reader).key("enabled"))) {
      subjects.emplace_back(reader);  // it had nothing to read in 8.7 either
    }
  }
  t.tell("no-secondary-storage", {std::move(subjects), {}, at, {}});
  if (t.on("elasticsearch.enabled")) {
    t.tell("idle-elasticsearch", {{"elasticsearch.enabled", "elasticsearch-master"}, {}, at, {}});
    turn_off(t, "elasticsearch.enabled");
  }
}

}  // namespace decisions
