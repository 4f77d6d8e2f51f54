#include "decisions/images.hpp"

#include "base/version.hpp"
#include "rules/translation.hpp"

#include <array>

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

// A tag such as 8.7.5, 8.6, v8.5.1 or 8.7-SNAPSHOT is Camunda's own of an older minor.
enum class Age { none, old, current, unknown };

// Older than 8.`minor`; an alpha of it is not.
bool is_before(const base::Version& version, int minor) {
  return version.major < 8 || (version.major == 8 && version.minor < minor);
}

Age age_of(const std::string& tag) {
  if (tag.empty()) {
    return Age::none;
  }
  const auto version = base::Version::parse(tag);
  if (!version) {
    return Age::unknown;
  }
  return is_before(*version, 8) ? Age::old : Age::current;
}

std::string parent_of(const std::string& repository) {
  const std::size_t slash = repository.rfind('/');
  return slash == std::string::npos ? "" : repository.substr(0, slash);
}

void give_up_version(Translation& t, const Path& leaf, std::string_view rule) {
  const bool own = age_of(t.text(leaf)) == Age::unknown;
  if (t.on(leaf)) {
    t.tell(own ? "pinned-image-left-out" : "old-image-tag", {{leaf.text()}, {}, leaf, {}});
  }
  if (const auto version = base::Version::parse(t.text(leaf)); version && is_before(*version, 7)) {
    t.tell("version-skipped", {{leaf.text()}, {}, leaf, {}});
  }
  t.drop(leaf, rule);
}

// An empty tag leaves the choice to global.image; when nothing is chosen there any more, 13.x
// refuses to render.
bool has_own_version(const Translation& t) {
  const Value* tag = t.result("global.image.tag");
  return tag != nullptr && tag->truthy();
}

// A component that both charts have: an old version goes, anything else stays as it was.
void decide_component(Translation& t, const Path& image, std::string_view rule) {
  const Path tag = image.key("tag");
  if (t.user(tag) != nullptr) {
    const Age age = age_of(t.text(tag));
    if (age == Age::old || (age == Age::none && !has_own_version(t))) {
      give_up_version(t, tag, rule);
    } else {
      if (age == Age::unknown) {
        t.tell("pinned-image", {{tag.text()}, {}, tag, {}});
      }
      t.move(tag, tag, rule);
    }
  }
  if (t.user(image.key("digest")) != nullptr) {
    give_up_version(t, image.key("digest"), rule);
  }
}

void decide_brokers_image(Translation& t) {
  const Path old = "zeebe.image";
  const Path now = "orchestration.image";
  t.move(old.key("registry"), now.key("registry"), "broker-image");
  const Path repository = old.key("repository");
  if (const Value* mine = t.user(repository); mine != nullptr && mine->truthy()) {
    const std::string name = mine->plain();
    const std::string last = name.substr(name.rfind('/') + 1);
    if (!t.changed(repository)) {
      t.drop(repository, "broker-image");
    } else if (last == "zeebe" || last == "camunda") {
      const std::string parent = parent_of(name);
      Value renamed = Value::text(parent.empty() ? "camunda" : parent + "/camunda");
      renamed.origin = mine->origin;
      t.put(now.key("repository"), renamed);
      t.tell("mirror-image", {{repository.text(), renamed.as_text()}, {}, repository, {}});
      t.claim(repository, FateKind::converted, {now.key("repository")}, "broker-image");
    } else {
      t.tell("custom-image", {{repository.text(), name}, {}, repository, {}});
      t.claim(repository, FateKind::asked, {}, "broker-image");
    }
  }
  const Path tag = old.key("tag");
  if (t.user(tag) != nullptr && age_of(t.text(tag)) == Age::current) {
    t.move(tag, now.key("tag"), "broker-image");
  } else if (t.user(tag) != nullptr) {
    give_up_version(t, tag, "broker-image");
  }
  if (t.user(old.key("digest")) != nullptr) {
    give_up_version(t, old.key("digest"), "broker-image");
  }
  if (t.on(old.key("registry")) && !t.told("mirror-image")) {
    t.tell("mirror-image", {{old.key("registry").text()}, {}, old.key("registry"), {}});
  }
  for (const Path& leaf : t.unclaimed(old)) {
    if (leaf.size() < 3 || leaf.steps()[2].key != "pullSecrets") {
      t.drop(leaf, "broker-image");
    }
  }
}

void decide_webapp_image(Translation& t, const char* component) {
  const Path image = Path(component).key("image");
  const Path brokers = "zeebe.image";
  const bool gateway = std::string_view(component) == "zeebeGateway";
  const bool deployed = t.on(gateway ? Path("zeebe.enabled") : Path(component).key("enabled"));
  for (const Path& leaf : t.unclaimed(image)) {
    const std::string key = leaf.size() > 2 ? leaf.steps()[2].key : "";
    if (key == "pullSecrets") {
      continue;
    }
    if (deployed && t.on(leaf) && age_of(t.text(leaf)) == Age::unknown && key == "tag") {
      t.tell("pinned-image-left-out", {{leaf.text()}, {}, leaf, {}});
    }
    const bool place = key == "registry" || key == "repository";
    const bool differs = key == "repository"
                             ? parent_of(t.text(leaf)) != parent_of(t.text(brokers.key(key)))
                             : t.text(leaf) != t.text(brokers.key(key));
    if (deployed && place && differs && t.changed(leaf)) {
      t.tell("image-registry", {{leaf.text()}, {}, leaf, {}});
    }
    t.drop(leaf, "webapp-image");
  }
}

void decide_elasticsearch(Translation& t) {
  const Path tag = "elasticsearch.image.tag";
  if (t.user(tag) == nullptr) {
    return;
  }
  const auto version = base::Version::parse(t.text(tag));
  const bool too_old = version && is_before(*version, 16);
  if (!too_old) {
    t.move(tag, tag, "elasticsearch-image");
    return;
  }
  if (t.on("elasticsearch.enabled")) {
    t.tell("elasticsearch-old", {{tag.text()}, {}, tag, {}});
  }
  t.drop(tag, "elasticsearch-image");
}

}  // namespace

void decide_images(rules::Translation& t) {
  decide_brokers_image(t);
  for (const char* component : {"zeebeGateway", "operate", "tasklist"}) {
    decide_webapp_image(t, component);
  }
  for (const char* image :
       {"global.image", "connectors.image", "identity.image", "optimize.image", "console.image"}) {
    decide_component(t, image, "component-image");
  }
  decide_component(t, "webModeler.image", "web-modeler-image");
  for (const char* part : {"restapi", "webapp", "websockets"}) {
    decide_component(t, Path("webModeler").key(part).key("image"), "web-modeler-part-image");
  }
  decide_elasticsearch(t);
}

}  // namespace decisions
