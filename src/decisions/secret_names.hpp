// The names under which chart 12.x made its own Secrets: needed because values of 8.8 must refer to
// them by name, where 8.7 found them by convention.
#pragma once

#include "values/path.hpp"

#include <string>
#include <string_view>

namespace rules {
class Translation;
}

namespace decisions {

// <release>-<component>-identity-secret: the password of a component's client.
std::string client_secret_name(const rules::Translation&, std::string_view component);
// <release>-camunda-platform, or what nameOverride and fullnameOverride make of it.
std::string platform_name(const rules::Translation&);
// <release>-<component>, or what the overrides at `values` make of it.
std::string component_name(const rules::Translation&, std::string_view component,
                           const values::Path& values);
// The Secret with Web Modeler's database and mail passwords.
std::string web_modeler_secret_name(const rules::Translation&);
// The PostgreSQL of Web Modeler and of Management Identity; their generated Secrets have this name.
std::string web_modeler_database_name(const rules::Translation&);
std::string identity_database_name(const rules::Translation&);

// Evaluates the template expressions that name a fixed value: the release's name and namespace and
// plain references to values. What it does not know stays as it is.
std::string evaluated(const rules::Translation&, std::string_view text);

}  // namespace decisions
