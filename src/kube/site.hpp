// Any HTTP server, asked by kubectl: it knows TLS, proxies and timeouts, and is there anyway.
#pragma once

#include "kube/client.hpp"

#include <string>

namespace kube {

struct Login {
  std::string user;  // empty: nobody logs in
  std::string password;
  std::string ca_file;  // empty: what the system trusts
};

class Site {
 public:
  // Throws base::Failure for what is no http or https URL, and when there is no kubectl.
  explicit Site(const std::string& url, const Login& login = {});

  // GET of a path below the URL, with its query.
  Client::Answer get(const std::string& path) const;

 private:
  Client m_client;
  std::string m_prefix;
};

// An address in its parts: what kubectl takes for a server ("https://user:password@host:9200"), and
// the path that it would drop.
struct Address {
  std::string server;
  std::string prefix;  // without a slash at its end
};
Address address_of(const std::string& url, const Login& login);

}  // namespace kube
