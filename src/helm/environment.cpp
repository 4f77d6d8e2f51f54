#include "helm/environment.hpp"

#include "base/strings.hpp"
#include "helm/call.hpp"

#include <cstdlib>

namespace helm {

std::string release_namespace() {
  const char* given = std::getenv("HELM_NAMESPACE");
  if (given != nullptr && *given != '\0') {
    return given;
  }
  const auto outcome = process::capture(helm_command({"env", "HELM_NAMESPACE"}));
  require_ran(outcome);
  const std::string said(base::trim(outcome.out));
  return said.empty() ? "default" : said;
}

void adopt_connection(const std::vector<std::pair<std::string, std::string>>& connection) {
  for (const auto& [name, value] : connection) {
    ::setenv(name.c_str(), value.c_str(), 1);
  }
}

}  // namespace helm
