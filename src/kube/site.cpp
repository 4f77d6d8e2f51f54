#include "kube/site.hpp"

#include "base/failure.hpp"
#include "kube/kubeconfig.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <utility>

namespace kube {
namespace {

std::string percent_encoded(const std::string& text) {
  std::string out;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool plain = std::isalnum(byte) != 0 || letter == '-' || letter == '_' || letter == '.';
    out += plain ? std::string(1, letter) : fmt::format("%{:02X}", byte);
  }
  return out;
}

values::Value kubeconfig_for(const std::string& server, const std::string& ca_file) {
  using values::Value;
  Value cluster = Value::map();
  cluster["server"] = Value::text(server);
  if (!ca_file.empty()) {
    cluster["certificate-authority"] = Value::text(ca_file);
  }
  return kubeconfig_of("site", std::move(cluster), Value::map(), Value::map());
}

}  // namespace

// kubectl sends a user's password to TLS servers only; Go's HTTP client sends that of a URL to any.
Address address_of(const std::string& url, const Login& login) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!url.starts_with(scheme)) {
      continue;
    }
    const std::string rest = url.substr(scheme.size());
    const std::size_t slash = std::min(rest.find_first_of("/?#"), rest.size());
    const std::string host = rest.substr(0, slash);
    if (host.empty()) {
      break;
    }
    std::string path = rest.substr(slash, rest.find_first_of("?#") - slash);
    while (path.ends_with('/')) {
      path.pop_back();
    }
    const bool named = host.find('@') != std::string::npos || login.user.empty();
    const std::string user =
        named ? std::string()
              : fmt::format("{}:{}@", percent_encoded(login.user), percent_encoded(login.password));
    return {std::string(scheme) + user + host, std::move(path)};
  }
  throw base::Failure(fmt::format("{} is no http or https URL", url),
                      "For example: http://localhost:9200");
}

Site::Site(const std::string& url, const Login& login)
    : m_client(
          Client::with_kubeconfig(kubeconfig_for(address_of(url, login).server, login.ca_file))),
      m_prefix(address_of(url, login).prefix) {}

Client::Answer Site::get(const std::string& path) const {
  return m_client.run({"get", "--raw", m_prefix + path});
}

}  // namespace kube
